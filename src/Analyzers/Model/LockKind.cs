namespace MmLock.Analyzers.Model;

/// <summary>What kind of capability a lock type is; the members mirror <c>MmLock.LockKind</c> by name.</summary>
internal enum LockKind
{
    /// <summary>Keeps spinning on a real-time kernel too.</summary>
    RawSpin,
    /// <summary>A spinlock.</summary>
    Spin,
    /// <summary>A spinning reader-writer lock: readers never wait for readers.</summary>
    ReaderWriterSpin,
    /// <summary>A sleeping lock with one holder.</summary>
    Mutex,
    /// <summary>A sleeping reader-writer lock: a reader waits behind a waiting writer.</summary>
    ReaderWriterSemaphore,
    /// <summary>A sleeping bit lock without an owner: the page lock.</summary>
    Bit,
    /// <summary>The write side of a sequence lock.</summary>
    Sequence,
    /// <summary>A section of this CPU or task: RCU reader, preemption off.</summary>
    Context,
    /// <summary>A reader section that may sleep: SRCU.</summary>
    SleepableContext,
    /// <summary>A right that nobody waits for: LRU isolation.</summary>
    Token,
}

/// <summary>What follows from a kind: the kind table of the contract, as questions.</summary>
internal static class LockKindTraits
{
    /// <summary>Taking it may put the taker to sleep.</summary>
    public static bool AcquireMaySleep(this LockKind kind) =>
        kind is LockKind.Mutex or LockKind.ReaderWriterSemaphore or LockKind.Bit;

    /// <summary>Its holder may not sleep. A sequence lock forbids it to the write side only.</summary>
    public static bool ForbidsSleep(this LockKind kind, LockMode mode) => kind switch
    {
        LockKind.RawSpin or LockKind.Spin or LockKind.ReaderWriterSpin or LockKind.Context => true,
        LockKind.Sequence => mode != LockMode.Shared,
        _ => false,
    };

    /// <summary>It takes part in the lock order.</summary>
    public static bool IsOrdered(this LockKind kind) =>
        kind is not (LockKind.Context or LockKind.SleepableContext or LockKind.Token);

    /// <summary>It is a section that nests by count instead of a lock that excludes.</summary>
    public static bool Nests(this LockKind kind) => kind is LockKind.Context or LockKind.SleepableContext;

    /// <summary>Holding it means that preemption is off.</summary>
    public static bool ImpliesPreemptionOff(this LockKind kind, LockMode mode) => kind switch
    {
        LockKind.RawSpin or LockKind.Spin or LockKind.ReaderWriterSpin => true,
        LockKind.Sequence => mode != LockMode.Shared,
        _ => false,
    };

    /// <summary>Who takes it has to wait for its holder; a right or a section is waited for by nobody.</summary>
    public static bool IsWaitedFor(this LockKind kind) => kind.IsOrdered();

    /// <summary>A second acquisition in the given modes is no deadlock: spinning readers, sections, sequence readers.</summary>
    public static bool AllowsNested(this LockKind kind, LockMode held, LockMode taken) =>
        kind.Nests()
        || (kind is LockKind.ReaderWriterSpin or LockKind.Sequence && held == LockMode.Shared && taken == LockMode.Shared);
}
