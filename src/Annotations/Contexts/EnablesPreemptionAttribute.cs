namespace MmLock;

/// <summary>Ends one level of preemption being off: <c>preempt_enable()</c>.</summary>
public sealed class EnablesPreemptionAttribute : OutcomeContractAttribute;
