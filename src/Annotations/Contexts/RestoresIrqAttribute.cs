namespace MmLock;

/// <summary>Puts interrupts back to what they were at the save: <c>local_irq_restore(flags)</c>.</summary>
/// <param name="flags">The parameter that brings the saved state.</param>
public sealed class RestoresIrqAttribute(string flags) : OutcomeContractAttribute
{
    /// <summary>The parameter that carries the saved state, or <c>"return"</c>.</summary>
    public string Flags { get; } = flags;
}
