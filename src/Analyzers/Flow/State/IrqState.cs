using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.Values;

namespace MmLock.Analyzers.Flow.State;

/// <summary>Who turned interrupts off.</summary>
internal enum IrqOpener
{
    /// <summary>Nobody: interrupts are on.</summary>
    None,
    /// <summary>A disable: any enable ends it, disables do not nest.</summary>
    Disable,
    /// <summary>A save: only the restore of the value saved ends it.</summary>
    Save,
    /// <summary>The caller, or the interrupt that this runs in.</summary>
    Entry,
}

/// <summary>Interrupts on this CPU: off or on, and by whom.</summary>
/// <param name="Flags">The value saved, for <see cref="IrqOpener.Save"/>.</param>
/// <param name="Site">The operation that turned them off.</param>
/// <param name="Guard">The guard that answers for the section.</param>
internal sealed record IrqState(IrqOpener Opener, Value? Flags = null, IOperation? Site = null, Value? Guard = null)
{
    public static IrqState On { get; } = new(IrqOpener.None);

    public bool IsOff => Opener != IrqOpener.None;

    /// <summary>What it had saved was restored out of turn: nobody is to restore it once more.</summary>
    public bool IsEnded { get; init; }

    public bool Same(IrqState other) =>
        Opener == other.Opener && IsEnded == other.IsEnded && ReferenceEquals(Flags, other.Flags) && ReferenceEquals(Guard, other.Guard);
}
