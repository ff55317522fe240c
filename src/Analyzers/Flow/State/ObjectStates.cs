using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Flow.State;

/// <summary>What this body may do with an object that is counted by references.</summary>
internal enum RefStanding
{
    /// <summary>Lent by the caller: usable, not releasable.</summary>
    Borrowed,
    /// <summary>This body owns <see cref="RefState.Owned"/> references.</summary>
    Owned,
    /// <summary>Found without a reference, or only tried.</summary>
    Unreferenced,
    /// <summary>The last one was given up.</summary>
    Released,
    /// <summary>Handed to somebody else who answers for it now.</summary>
    HandedOn,
}

/// <summary>The references to one object.</summary>
/// <param name="Site">Where the standing began.</param>
/// <param name="IsTried">Nothing was known of it until a try failed.</param>
internal sealed record RefState(
    RefStanding Standing, int Owned = 0, IOperation? Site = null, bool WasBorrowed = false, bool IsTried = false)
{
    public bool Same(RefState other) => Standing == other.Standing && Owned == other.Owned && WasBorrowed == other.WasBorrowed;
}

/// <summary>How far a value read through an RCU pointer may be trusted.</summary>
/// <param name="Protectors">The sections and locks under which it was read and that are still held; empty: it died.</param>
/// <param name="Peeked">May be compared, never followed.</param>
/// <param name="Place">The pointer that it was read from.</param>
/// <param name="Killed">What ended its last protector.</param>
/// <param name="FromReader">Read in a reader rather than under the update lock.</param>
/// <param name="UpdateLock">The update lock of the pointer.</param>
internal sealed record Borrow(
    ImmutableArray<Capability> Protectors, bool Peeked, Value? Place, Capability? Flavor, IOperation Site, IOperation? Killed = null,
    bool FromReader = true, Capability? UpdateLock = null)
{
    public bool IsDead => Killed is not null;
}

/// <summary>How far an object is on its way from where readers find it to being freed.</summary>
internal enum Publication
{
    /// <summary>Readers no longer find it, but some may still use it.</summary>
    Unpublished,
    /// <summary>A wait of its own flavour is over.</summary>
    GraceOver,
    /// <summary>A wait is over, but of another flavour.</summary>
    WrongGrace,
}

/// <summary>An unpublished object.</summary>
internal sealed record Unpublishing(Publication Stage, Capability? Flavor, IOperation Site)
{
    public bool Same(Unpublishing other) => Stage == other.Stage && Equals(Flavor, other.Flavor);
}

/// <summary>What became of a value that was read under a guard.</summary>
internal enum ReadStanding
{
    /// <summary>The guard is still held.</summary>
    Current,
    /// <summary>The guard was let go.</summary>
    Stale,
    /// <summary>Read without a guard on purpose, or across a <c>[Drops]</c>: may not be followed at all.</summary>
    Hint,
}

/// <summary>Where a value was read and under what.</summary>
/// <param name="Place">The guarded place.</param>
/// <param name="Guards">The guards held at the read.</param>
/// <param name="AnyOf">One of them is enough to keep it current.</param>
/// <param name="LetGo">What let the guard go.</param>
/// <param name="LockedThrough">A lock was taken through it after that, and not yet compared with a new read.</param>
internal sealed record GuardedRead(
    Value Place, ImmutableArray<Capability> Guards, bool AnyOf, ReadStanding Standing, IOperation Site, IOperation? LetGo = null,
    IOperation? LockedThrough = null)
{
    /// <summary>The guard that was let go.</summary>
    public Capability? LetGoGuard { get; init; }
}

/// <summary>A lock that a guard object answers for.</summary>
/// <param name="IsActive">The guard believes that it holds the lock; false after an early release, or when it was deferred.</param>
internal sealed record Governed(Capability Capability, LockMode Mode, bool IsActive);

/// <summary>A release of a plain .NET lock that came first on a path: held on entry, if the balance returns.</summary>
internal sealed record Deficit(Capability Capability, LockMode Mode, int Count, IOperation Site)
{
    public bool Same(Deficit other) => Mode == other.Mode && Count == other.Count;
}
