namespace MmLock;

/// <summary>Turns interrupts on, whoever had turned them off: <c>local_irq_enable()</c>.</summary>
public sealed class EnablesIrqAttribute : OutcomeContractAttribute;
