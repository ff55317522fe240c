using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;

namespace MmLock.CodeFixes.Locks;

/// <summary>What a call does to the lock.</summary>
internal enum LockDeed
{
    Acquire,
    TryAcquire,
    Release,
}

/// <summary>A call that takes or lets go the lock in question, and does nothing else of which a contract speaks.</summary>
/// <param name="Text">The call as code writes it, without semicolon.</param>
/// <param name="Switch">What it does to interrupts, preemption or bottom halves.</param>
/// <param name="IsGuard">It makes a guard, which releases when it is disposed.</param>
/// <param name="IsSection">It enters or leaves a section, which has no modes.</param>
internal sealed record LockCall(
    IMethodSymbol Method, LockDeed Does, LockMode Mode, string Text, SwitchKind? Switch, bool IsGuard, bool IsSection)
{
    /// <summary>Releases in either mode.</summary>
    public bool AnyMode { get; init; }

    /// <summary>It lets go what the other one took.</summary>
    public bool Answers(LockCall acquire) =>
        (IsSection || AnyMode || Mode == acquire.Mode) && Switch == Opposite(acquire.Switch);

    private static SwitchKind? Opposite(SwitchKind? kind) => kind switch
    {
        SwitchKind.DisablesIrq => SwitchKind.EnablesIrq,
        SwitchKind.SavesIrq => SwitchKind.RestoresIrq,
        SwitchKind.DisablesPreemption => SwitchKind.EnablesPreemption,
        SwitchKind.DisablesBh => SwitchKind.EnablesBh,
        _ => null,
    };
}
