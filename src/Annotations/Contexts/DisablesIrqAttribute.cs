namespace MmLock;

/// <summary>Turns interrupts off on this processor: <c>local_irq_disable()</c>. It does not nest.</summary>
public sealed class DisablesIrqAttribute : OutcomeContractAttribute;
