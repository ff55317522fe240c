using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Flow.Events;

/// <summary>
/// Something that happens in one world: raised once a world and operation, after the fixpoint. A rule turns it into a
/// finding or into a pass; the same operation failing in some worlds and passing in others is "on some paths".
/// </summary>
/// <param name="World">The state before the effect.</param>
/// <param name="Operation">What happens; its syntax is the place of a finding.</param>
internal abstract record FlowEvent(World World, IOperation Operation)
{
    /// <summary>The call that brings it about by its contract; null for direct accesses.</summary>
    public IMethodSymbol? Callee { get; init; }

    /// <summary>Callees between the call and what happens, for inferred demands.</summary>
    public ImmutableArray<IMethodSymbol> Chain { get; init; } = [];

    /// <summary>The attribute that is at stake, where it is written.</summary>
    public Location? Declaration { get; init; }

    /// <summary>What fails here is asked of the callers of this private member instead.</summary>
    public bool IsAskedOfCallers { get; init; }
}

/// <summary>A lock is about to be taken.</summary>
internal sealed record AcquireEvent(World World, IOperation Operation, Capability Capability, LockMode Mode)
    : FlowEvent(World, Operation)
{
    /// <summary>It fails rather than wait.</summary>
    public bool IsTry { get; init; }

    /// <summary>Only announced by <c>[MayAcquire]</c>: nothing is held afterwards.</summary>
    public bool IsAnnounced { get; init; }

    /// <summary>It is already held in a way that conflicts.</summary>
    public Held? Conflict { get; init; }

    /// <summary>Interrupts are switched off by the same call, before the lock is taken.</summary>
    public bool IrqOff { get; init; }

    /// <summary>Bottom halves are switched off by the same call, before the lock is taken.</summary>
    public bool BhOff { get; init; }

    /// <summary>The lock belongs to an object that nobody else can know yet.</summary>
    public bool IsFresh { get; init; }
}

/// <summary>How a release went.</summary>
internal enum ReleaseOutcome
{
    Fine,
    NotHeld,
    WrongMode,
}

/// <summary>What is given up or changed.</summary>
internal enum ReleaseKind
{
    Release,
    Upgrade,
    Downgrade,
}

/// <summary>A lock or section is let go, upgraded or downgraded.</summary>
internal sealed record ReleaseEvent(
    World World, IOperation Operation, Capability Capability, LockMode Mode, ReleaseOutcome Outcome, Held? Held)
    : FlowEvent(World, Operation)
{
    public ReleaseKind Kind { get; init; }
}

/// <summary>A requirement of a contract, written or inferred.</summary>
/// <param name="Needed">What must be held; one of them for <paramref name="AnyOf"/>.</param>
internal sealed record RequireEvent(
    World World, IOperation Operation, ImmutableArray<Capability> Needed, LockMode Mode, bool AnyOf, bool Satisfied)
    : FlowEvent(World, Operation)
{
    /// <summary>Those of <see cref="Needed"/> that are not held as needed.</summary>
    public ImmutableArray<Capability> Missing { get; init; } = [];

    /// <summary>Where an inferred need arises.</summary>
    public Location? Origin { get; init; }

    /// <summary>The need is for a reader or an update lock.</summary>
    public bool IsRcu { get; init; }
}

/// <summary>Something excluded by a contract; <paramref name="Held"/> is null when it is not held.</summary>
internal sealed record ExcludeEvent(World World, IOperation Operation, Capability Capability, Held? Held)
    : FlowEvent(World, Operation)
{
    /// <summary>The call below whose contract excludes it, where a private member only passes that on.</summary>
    public Location? Origin { get; init; }
}

/// <summary>A guarded member is read or written.</summary>
internal sealed record AccessEvent(World World, IOperation Operation, ISymbol Member, bool IsWrite, bool Satisfied)
    : FlowEvent(World, Operation)
{
    public FieldGuard? Guard { get; init; }

    public ImmutableArray<Capability> Needed { get; init; } = [];

    public ImmutableArray<Capability> Missing { get; init; } = [];
}

/// <summary>The body is left.</summary>
/// <param name="Place">The return statement or closing brace.</param>
internal sealed record ExitEvent(World World, IOperation Operation, Location Place) : FlowEvent(World, Operation)
{
    /// <summary>By an exception that nobody here catches.</summary>
    public bool IsExceptional { get; init; }

    /// <summary>Held beyond what the contract hands to the caller.</summary>
    public ImmutableArray<Held> Surplus { get; init; } = [];

    /// <summary>Sections left open beyond the contract.</summary>
    public bool IrqSurplus { get; init; }

    /// <summary>Promises not kept: the attribute as written and what is the case instead.</summary>
    public ImmutableArray<BrokenPromise> Broken { get; init; } = [];

    /// <summary>Plain releases that were never balanced.</summary>
    public ImmutableArray<Deficit> Unbalanced { get; init; } = [];

    /// <summary>The lambda that is left, where it runs inside this body.</summary>
    public IMethodSymbol? Inlined { get; init; }

    /// <summary>Owned objects that nobody answers for.</summary>
    public ImmutableArray<(Value Object, RefState State)> LostReferences { get; init; } = [];
}

/// <summary>A promise that an exit does not keep.</summary>
/// <param name="Promise">The attribute as written.</param>
/// <param name="Instead">What is the case.</param>
internal sealed record BrokenPromise(string Promise, string Instead, Capability? Capability, Location? Declaration);

/// <summary><c>await</c>, <c>yield</c>: another thread may go on from here.</summary>
internal sealed record SuspendEvent(World World, IOperation Operation, string Keyword) : FlowEvent(World, Operation);

/// <summary>Something may sleep here.</summary>
/// <param name="What">The call or acquisition, as a message begins with it.</param>
internal sealed record SleepEvent(World World, IOperation Operation, string What) : FlowEvent(World, Operation);

/// <summary>A callee with <c>[RunsIn]</c> is called.</summary>
internal sealed record ContextEvent(World World, IOperation Operation, RunContext Callees, RunContext? Callers)
    : FlowEvent(World, Operation);

/// <summary>Interrupts are enabled.</summary>
/// <param name="Opener">Who had turned them off; <see cref="IrqOpener.None"/> when they were on.</param>
internal sealed record IrqEnableEvent(World World, IOperation Operation, IrqOpener Opener) : FlowEvent(World, Operation);

/// <summary>A saved interrupt state is restored.</summary>
internal sealed record IrqRestoreEvent(World World, IOperation Operation, string Flags, bool Matches) : FlowEvent(World, Operation);

/// <summary>Interrupts or bottom halves came on; what is held goes on being held. The world is the one afterwards.</summary>
internal sealed record IrqOnEvent(World World, IOperation Operation, bool Bh) : FlowEvent(World, Operation);

/// <summary>The outcome of a try is never looked at.</summary>
internal sealed record IgnoredOutcomeEvent(World World, IOperation Operation, string What) : FlowEvent(World, Operation)
{
    /// <summary>The lock; null for a reference.</summary>
    public Capability? Lock { get; init; }
}

/// <summary>A ref to guarded data goes where its guard is not held.</summary>
internal sealed record EscapeEvent(World World, IOperation Operation, ISymbol Member, string WayOut, bool Escapes)
    : FlowEvent(World, Operation)
{
    public ImmutableArray<Capability> Guards { get; init; } = [];
}

/// <summary>How a stale value is used.</summary>
internal enum StaleUse
{
    Locked,
    WrittenBack,
    Followed,
}

/// <summary>A value read under a guard that was let go is used.</summary>
internal sealed record StaleEvent(World World, IOperation Operation, GuardedRead Read, StaleUse Use) : FlowEvent(World, Operation);

/// <summary>A loop ends its round with other holdings than it began with.</summary>
internal sealed record LoopEvent(World World, IOperation Operation, Location Keyword, Capability Capability, bool Grows)
    : FlowEvent(World, Operation)
{
    /// <summary>Where the lock was taken.</summary>
    public Location? Site { get; init; }
}

/// <summary>How an RCU pointer is touched.</summary>
internal enum RcuTouch
{
    PlainRead,
    PlainWrite,
    Dereference,
    Assign,
}

/// <summary>An RCU pointer is read or written.</summary>
internal sealed record RcuEvent(World World, IOperation Operation, ISymbol Member, RcuTouch Touch, RcuGuard Guard)
    : FlowEvent(World, Operation)
{
    /// <summary>Reader or update lock is there, as the role needs it.</summary>
    public bool Satisfied { get; init; } = true;

    /// <summary>The accessor or the reader that is entered is of another flavour.</summary>
    public string? Mismatch { get; init; }

    public Capability? Flavor { get; init; }

    public Capability? UpdateLock { get; init; }

    public RcuRole? Role { get; init; }
}

/// <summary>A value read from an RCU pointer is used.</summary>
/// <param name="How">What happens to it, as the message says it; null when all is well.</param>
internal sealed record BorrowEvent(World World, IOperation Operation, Borrow Borrow, string? How, bool PeekFollowed)
    : FlowEvent(World, Operation)
{
    /// <summary>Where it is reported, when that is not the operation.</summary>
    public Location? Place { get; init; }
}

/// <summary>Waits for the readers of a flavour.</summary>
internal sealed record GraceEvent(World World, IOperation Operation, Capability Flavor, bool InReader, string? Mismatch)
    : FlowEvent(World, Operation);

/// <summary>An object is freed at once.</summary>
internal sealed record FreeEvent(World World, IOperation Operation, string Object, Unpublishing? State) : FlowEvent(World, Operation);

/// <summary>What went wrong with a reference.</summary>
internal enum RefProblem
{
    None,
    UsedAfterRelease,
    NotHeld,
    Lost,
    Excluded,
}

/// <summary>An object counted by references is used, released, lost or excluded.</summary>
internal sealed record RefEvent(World World, IOperation Operation, string Object, RefProblem Problem) : FlowEvent(World, Operation)
{
    public RefState? State { get; init; }

    /// <summary>Where it is reported, when that is no operation.</summary>
    public Location? Place { get; init; }
}

/// <summary>A method becomes a delegate.</summary>
/// <param name="Problem">What does not fit; null when it does.</param>
internal sealed record ConversionEvent(World World, IOperation Operation, IMethodSymbol Method, ITypeSymbol Delegate, ContractMismatch? Problem)
    : FlowEvent(World, Operation);
