using MmLock;

namespace MmKernel;

/// <summary>
/// struct pagevec: a small batch of pages on their way to or along the LRU, one reference each. It belongs to one CPU
/// and is touched under that CPU's local lock.
/// </summary>
public sealed class Pagevec
{
    /// <summary>PAGEVEC_SIZE.</summary>
    public const int Size = 15;

    private readonly Page?[] _pages = new Page?[Size];

    /// <summary>Pages in the batch.</summary>
    public int Count { get; private set; }

    /// <summary>One page of the batch: the batch's reference keeps it, the borrower may use it.</summary>
    public Page this[int index] => _pages[index]!;

    /// <summary>pagevec_add: the batch takes the reference. False when the batch is full now.</summary>
    [NeverSleeps]
    public bool Add([ReleasesRef] Page page)
    {
        _pages[Count++] = page;
        return Count < Size;
    }

    /// <summary>
    /// Adds a page that was never on a list: its isolation travels with it, and the drain ends it by linking the page.
    /// </summary>
    [Releases("page.Isolation"), NeverSleeps]
    public bool AddIsolated([ReleasesRef] Page page)
    {
        page.Isolation.HandOver();
        return Add(page);
    }

    /// <summary>The page at an index of an add batch, with the isolation that came with it.</summary>
    [Acquires("return.Isolation"), NeverSleeps]
    public Page TakeIsolation(int index)
    {
        Page page = _pages[index]!;
        page.Isolation.Adopt();
        return page;
    }

    /// <summary>Takes the reference on the last page back out of the batch, or null when the batch is empty.</summary>
    [NeverSleeps]
    [NoLockAnalysis("the batch is the owner: what leaves it is owned, not merely found")]
    [return: AcquiresRef]
    public Page? Pop()
    {
        if (Count == 0)
            return null;
        Page page = _pages[--Count]!;
        _pages[Count] = null;
        return page;
    }
}

/// <summary>Per-CPU batches that only tasks touch (lru_pvecs).</summary>
public static class LruPvecs
{
    /// <summary>lru_pvecs.lock.</summary>
    [LockClass(LockClasses.LruPvecsLock)]
    public static readonly LocalLock Lock = new(LockClasses.LruPvecsLock);

    /// <summary>Pages to be linked for the first time, by CPU.</summary>
    [PointeeGuardedBy("Lock")]
    internal static readonly Pagevec[] LruAdd = Lru.MakePagevecs();

    /// <summary>Pages to be moved to the active list, by CPU.</summary>
    [PointeeGuardedBy("Lock")]
    internal static readonly Pagevec[] ActivatePage = Lru.MakePagevecs();

    /// <summary>File pages to be moved to the inactive list, by CPU.</summary>
    [PointeeGuardedBy("Lock")]
    internal static readonly Pagevec[] LruDeactivateFile = Lru.MakePagevecs();
}

/// <summary>The per-CPU batch that interrupts fill (lru_rotate): pages whose write has ended.</summary>
public static class LruRotate
{
    /// <summary>lru_rotate.lock: taken with interrupts off, always.</summary>
    [LockClass(LockClasses.LruRotateLock, TakenIn = IrqContext.Hardirq)]
    public static readonly LocalLock Lock = new(LockClasses.LruRotateLock);

    /// <summary>Pages to be moved to the end of their list, by CPU.</summary>
    [PointeeGuardedBy("Lock")]
    internal static readonly Pagevec[] Pvec = Lru.MakePagevecs();
}
