namespace MmLock;

/// <summary>Turns preemption off, by count: <c>preempt_disable()</c>.</summary>
public sealed class DisablesPreemptionAttribute : OutcomeContractAttribute;
