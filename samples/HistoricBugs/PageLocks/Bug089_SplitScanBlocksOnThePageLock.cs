using MmKernel;
using static MmKernel.PageLock;

namespace HistoricBugs;

/// <summary>
/// B89: the scan of the split queue waits for page locks under the queue's lock.
/// </summary>
/// <remarks>
/// <para>What happened: The queue's lock is a spinlock taken from interrupts, and stands inside of the page lock. Waiting
/// for a page lock under it is wrong on both counts.</para>
/// <para>Source: constructed; the kernel pins the pages, drops the lock and tries.</para>
/// <para>Repaired: <see cref="Vmscan.IsolateLruPagePrepare"/> tries as well.</para>
/// </remarks>
public static class Bug089_SplitScanBlocksOnThePageLock
{
    /// <summary>Looks at one queued page.</summary>
    public static void Scan(DeferredSplitQueue queue, Page page)
    {
        queue.Lock.LockIrqSave(out ulong flags);
        LockPage(page); //~ MML1001 MML4001
        UnlockPage(page);
        queue.Lock.UnlockIrqRestore(flags);
    }
}
