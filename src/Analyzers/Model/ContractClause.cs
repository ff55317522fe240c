using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MmLock.Analyzers.Model;

/// <summary>What one attribute of a contract asks or does.</summary>
internal enum ClauseKind
{
    /// <summary>All must be held, in <see cref="ContractClause.Mode"/> at least.</summary>
    MustHold,
    /// <summary>One of them must be held, in any mode.</summary>
    MustHoldAny,
    /// <summary>None may be held.</summary>
    MustNotHold,
    /// <summary>Taken here, held afterwards. With an outcome: only after that outcome (a try).</summary>
    Acquires,
    /// <summary>Held before, not afterwards. With an outcome: only after that outcome.</summary>
    Releases,
    /// <summary>May be taken and given back inside.</summary>
    MayAcquire,
    /// <summary>Held before and after, let go in between.</summary>
    Drops,
    Downgrades,
    Upgrades,
    /// <summary>From here on it is held. With an outcome: on that outcome (<c>Monitor.IsEntered</c>).</summary>
    AssertsHeld,
    AssertsNotHeld,
    /// <summary>The guard answers for it without taking it.</summary>
    Governs,
    /// <summary>The result is another name of this lock.</summary>
    ReturnsLock,
    /// <summary>Waits for the readers of this flavour; implies that it may sleep.</summary>
    WaitsForReaders,
    /// <summary>An object removed from where readers find it.</summary>
    Unpublishes,
    /// <summary>An object freed at once.</summary>
    Frees,
    /// <summary>An object freed after a grace period.</summary>
    FreesAfterGracePeriod,
}

/// <summary>One attribute of a contract, bound.</summary>
/// <param name="Mode">The mode asked for, taken or given up.</param>
/// <param name="AnyMode">Releases in either mode (<c>ReleasesAny</c>).</param>
/// <param name="Outcome">The outcome it depends on; null when it always applies.</param>
/// <param name="Waits">A try that waits before it may fail.</param>
/// <param name="Declaration">Where it is written; null in metadata.</param>
/// <param name="TimeoutOrdinal">The parameter with the time limit of a try: infinite, it is an acquire; -1 when there is none.</param>
/// <param name="FlagOrdinal">The <c>ref</c> parameter that an unconditional acquire sets to true
/// (<c>Monitor.Enter(x, ref lockTaken)</c>); -1 when there is none.</param>
internal sealed record ContractClause(
    ClauseKind Kind,
    ImmutableArray<LockExpression> Locks,
    LockMode Mode = LockMode.Exclusive,
    bool AnyMode = false,
    OutcomeTest? Outcome = null,
    bool Waits = false,
    Location? Declaration = null,
    int TimeoutOrdinal = -1,
    int FlagOrdinal = -1);

/// <summary>What a clause does to interrupts, preemption or bottom halves.</summary>
internal enum SwitchKind
{
    DisablesIrq,
    EnablesIrq,
    SavesIrq,
    RestoresIrq,
    DisablesPreemption,
    EnablesPreemption,
    DisablesBh,
    EnablesBh,
}

/// <summary>One switch of a contract.</summary>
/// <param name="FlagsOrdinal">The parameter with the saved flags; -1 for the return value; -2 for none.</param>
internal sealed record SwitchClause(SwitchKind Kind, int FlagsOrdinal = -2, OutcomeTest? Outcome = null, Location? Declaration = null);

/// <summary>What a contract says about references.</summary>
internal enum RefKind
{
    Acquires,
    TryAcquires,
    Releases,
    MustHold,
    MustNotHold,
    /// <summary>The result was found without a reference.</summary>
    Unreferenced,
}

/// <summary>One reference attribute.</summary>
/// <param name="Ordinal">The parameter; -1 for the receiver; -2 for the return value.</param>
internal sealed record RefClause(RefKind Kind, int Ordinal, OutcomeTest? Outcome = null, Location? Declaration = null)
{
    public const int Receiver = -1;
    public const int Result = -2;
}

/// <summary>What an RCU accessor does; mirrors <c>MmLock.RcuRole</c>.</summary>
internal enum RcuRole
{
    Dereference,
    DereferenceProtected,
    DereferenceCheck,
    Peek,
    Assign,
    Initialize,
}

/// <summary>The context that a method is entered in; mirrors <c>MmLock.ExecutionContext</c>.</summary>
internal enum RunContext
{
    Process,
    Softirq,
    Hardirq,
    Any,
}
