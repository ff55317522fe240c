namespace MmLock;

/// <summary>
/// What sort of thing can be held, and with that what follows from holding it: whether taking it may sleep, whether
/// sleeping under it is allowed, whether it has a shared mode, and whether its order matters.
/// </summary>
/// <remarks>
/// The kinds are those of the kernel's lockdep and sparse vocabulary. What the kernel enforces at run time per kind,
/// the analyzer proves per kind.
/// </remarks>
public enum LockKind
{
    /// <summary>
    /// A spinning lock that stays one on a real-time kernel (<c>raw_spinlock_t</c>). Sleeping under it is forbidden.
    /// </summary>
    RawSpin,

    /// <summary>
    /// A spinning lock (<c>spinlock_t</c>). Sleeping under it is forbidden; on a real-time kernel taking it may
    /// sleep.
    /// </summary>
    Spin,

    /// <summary>
    /// A spinning lock with a shared mode (<c>rwlock_t</c>). Readers never wait for readers, so shared may nest in
    /// shared.
    /// </summary>
    ReaderWriterSpin,

    /// <summary>A sleeping lock with one owner (<c>struct mutex</c>).</summary>
    Mutex,

    /// <summary>
    /// A sleeping lock with a shared mode (<c>struct rw_semaphore</c>, as <c>mmap_sem</c>). A reader waits behind a
    /// waiting writer, so shared must not nest in shared.
    /// </summary>
    ReaderWriterSemaphore,

    /// <summary>A sleeping bit lock, which another task may release: the page lock (<c>PG_locked</c>).</summary>
    Bit,

    /// <summary>
    /// The write side of a <c>seqlock_t</c>. Sleeping in it is forbidden; its read sections are optimistic.
    /// </summary>
    Sequence,

    /// <summary>
    /// A section that nests and in which sleeping is forbidden: an RCU reader, preemption off, interrupts off.
    /// </summary>
    Context,

    /// <summary>A section that nests and in which sleeping is allowed: an SRCU reader.</summary>
    SleepableContext,

    /// <summary>
    /// A right that nobody waits for: having isolated a page from the LRU, owning the only reference.
    /// </summary>
    Token,
}
