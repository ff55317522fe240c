using MmKernel;
using static MmKernel.PageFlags;
using static MmKernel.PageRef;
using static MmKernel.Lru;

namespace HistoricBugs;

/// <summary>
/// B05, variant 1a: a failure path drops its reference under lru_lock.
/// </summary>
/// <remarks>
/// <para>What happened: The claim was lost, so the reference goes back, with the lruvec lock of the last page still held.
/// If it happens to be the last one, the page is freed, freeing takes it off its list, and that takes the very lock: the
/// CPU waits for itself.</para>
/// <para>Source: the first thread; the reason for isolate_fail_put in 9df41314390b (v5.11).</para>
/// <para>Repaired: <see cref="Compaction.IsolateMigratepagesBlock"/> unlocks before it puts.</para>
/// </remarks>
public static class Bug005_PutPageUnderLruLock
{
    /// <summary>Claims one more page under the lock of the ones before.</summary>
    public static void ClaimUnderTheLock(Lruvec lruvec, int pfn)
    {
        Page page = MemMap.PfnToPage(pfn);
        if (!GetPageUnlessZero(page))
            return;
        lruvec.LruLock.LockIrqSave(out ulong flags);
        if (TestClearPageLru(page))
            SetPageLru(page);
        PutPage(page); //~ MML2002
        lruvec.LruLock.UnlockIrqRestore(flags);
    }
}
