namespace MmLock;

/// <summary>Ends one level of bottom halves being off: <c>local_bh_enable()</c>.</summary>
public sealed class EnablesBhAttribute : OutcomeContractAttribute;
