namespace MmLock;

/// <summary>
/// Turns interrupts off and says what they were: <c>local_irq_save(flags)</c>. Save and restore pair by the value
/// saved.
/// </summary>
/// <param name="flags">The parameter that receives the state, or <c>"return"</c>.</param>
public sealed class SavesIrqAttribute(string flags) : OutcomeContractAttribute
{
    /// <summary>The parameter that carries the saved state, or <c>"return"</c>.</summary>
    public string Flags { get; } = flags;
}
