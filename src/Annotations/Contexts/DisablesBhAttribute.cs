namespace MmLock;

/// <summary>Turns bottom halves off, by count: <c>local_bh_disable()</c>.</summary>
public sealed class DisablesBhAttribute : OutcomeContractAttribute;
