using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Flow.Summaries;

/// <summary>One lock held at a recorded point.</summary>
/// <param name="Site">Where it was taken; null on entry.</param>
internal sealed record HeldLock(PortableLock Lock, LockMode Mode, Location? Site);

/// <summary>What is held at one recorded point of one world.</summary>
/// <param name="Held">Locks and sections, in the order taken.</param>
/// <param name="ReleasedEntry">Locks that the caller may hold and that this body has let go by now.</param>
/// <param name="Atomic">The lock or section that forbids sleeping here; null when it is allowed.</param>
/// <param name="AtomicSite">Where that began.</param>
internal sealed record HeldSnapshot(
    ImmutableArray<HeldLock> Held, ImmutableArray<PortableLock> ReleasedEntry, bool IrqOff, bool BhOff, PortableLock? Atomic,
    Location? AtomicSite);

/// <summary>What a boolean parameter of the body must be for something to happen.</summary>
internal readonly record struct ParameterTruth(int Ordinal, bool Value);

/// <summary>A lock taken by a body itself.</summary>
/// <param name="IsAnnounced">Announced by the contract of a callee (<c>[MayAcquire]</c>).</param>
/// <param name="Conflict">It was already held in a conflicting way, or reentrantly: no edge.</param>
internal sealed record AcquireRecord(
    PortableLock Lock, LockMode Mode, bool IsTry, bool IsAnnounced, bool AlreadyHeld, Location Location, HeldSnapshot Before,
    bool IrqOff, bool BhOff, IMethodSymbol? Via)
{
    /// <summary>The lock belongs to an object made here that nobody else can know yet.</summary>
    public bool IsFresh { get; init; }

    /// <summary>Only where the parameters are so.</summary>
    public ImmutableArray<ParameterTruth> When { get; init; } = [];
}

/// <summary>Interrupts, or bottom halves, came on while something is held.</summary>
/// <param name="After">What is held from here on, and the state of the interrupts now.</param>
internal sealed record IrqOnRecord(bool Bh, Location Location, HeldSnapshot After);

/// <summary>Something in a body may sleep.</summary>
internal sealed record SleepRecord(string What, Location Location, HeldSnapshot Before);

/// <summary>A call whose callee's body may matter: its contract does not say all.</summary>
/// <param name="Receiver">The receiver in the caller's terms; null for static calls.</param>
/// <param name="Arguments">The arguments in the caller's terms, by parameter ordinal; null where none is known.</param>
/// <param name="HidesAcquires">The callee's contract says what it takes: order and double acquire were judged at the call.</param>
/// <param name="HidesSleep">The callee's contract says whether it sleeps.</param>
internal sealed record CallRecord(
    IMethodSymbol Callee, PortablePath? Receiver, string ReceiverText, ImmutableArray<PortablePath?> Arguments,
    ImmutableArray<string> ArgumentTexts, Location Location, HeldSnapshot Before, bool HidesAcquires, bool HidesSleep)
{
    /// <summary>Only where the caller's own parameters are so.</summary>
    public ImmutableArray<ParameterTruth> When { get; init; } = [];

    /// <summary>Arguments that are known to be true or false.</summary>
    public ImmutableArray<ParameterTruth> Known { get; init; } = [];

    /// <summary>The receiver was made here, and nobody else can know it yet.</summary>
    public bool IsReceiverFresh { get; init; }

    /// <summary>What an iterator returns is enumerated in the same expression: its body runs there.</summary>
    public bool IsEnumerated { get; init; }

    /// <summary>Sections that the callee's contract ends: they are not in <see cref="Before"/> any more.</summary>
    public ImmutableArray<ContextKind> Ended { get; init; } = [];

    /// <summary>What captured variables hold, when the callee is a local function.</summary>
    public ImmutableArray<(ISymbol Variable, PortablePath Path)> Captures { get; init; } = [];
}

/// <summary>An access to a field that bears no guard.</summary>
/// <param name="Held">Locks held whose path begins at the field's own object, or statics: the guard that the field might have.</param>
internal sealed record FieldAccessRecord(ISymbol Field, bool IsWrite, Location Location, ImmutableArray<PortableGuard> Held)
{
    /// <summary>By reference, to <c>Interlocked</c> or <c>Volatile</c>.</summary>
    public bool IsInterlocked { get; init; }
}

/// <summary>A lock held at an access, seen from the object of the field.</summary>
/// <param name="Expression">As a guard attribute on the field would spell it.</param>
internal sealed record PortableGuard(string Expression, LockMode Mode);

/// <summary>What one body leaves behind: enough to join bodies without walking any of them again.</summary>
/// <param name="RunsIn">The context it is entered in.</param>
/// <param name="NeverSleeps">It promises not to sleep.</param>
internal sealed record BodyRecord(
    IMethodSymbol? Method, ISymbol Owner, INamedTypeSymbol? OutermostType, RunContext? RunsIn, bool NeverSleeps,
    ImmutableArray<AcquireRecord> Acquires, ImmutableArray<SleepRecord> Sleeps, ImmutableArray<CallRecord> Calls,
    ImmutableArray<FieldAccessRecord> Accesses)
{
    public ImmutableArray<IrqOnRecord> IrqOns { get; init; } = [];

    /// <summary>The body runs while what it returned is enumerated, not at the call.</summary>
    public bool IsIterator { get; init; }

    /// <summary>Plain semaphores that the body lets go somewhere: it uses them as locks, not as signals.</summary>
    public ImmutableArray<PortableLock> LetGo { get; init; } = [];

    /// <summary>Methods turned into delegates here that run some other time.</summary>
    public ImmutableArray<IMethodSymbol> EscapingMethods { get; init; } = [];
}
