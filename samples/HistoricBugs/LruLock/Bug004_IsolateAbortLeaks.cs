using MmKernel;
using static MmKernel.Memcontrol;
using static MmKernel.PageFlags;
using static MmKernel.PageRef;
using static MmKernel.Lru;

namespace HistoricBugs;

/// <summary>
/// B04, variant 1b: compaction's abort path forgets the page in hand, or the lock.
/// </summary>
/// <remarks>
/// <para>What happened: Giving up in the middle of a block is right only if everything taken so far is given back: the
/// lruvec lock if one is held, and the page claimed last with its reference. One version left the claim and the reference,
/// another one the lock.</para>
/// <para>Source: the first thread, isolate_abort; final form in 9df41314390b (v5.11).</para>
/// <para>Repaired: <see cref="Compaction.IsolateMigratepagesBlock"/>, whose page variable is null whenever there is nothing
/// to undo.</para>
/// </remarks>
public static class Bug004_IsolateAbortLeaks
{
    /// <summary>The page claimed last stays claimed and referenced.</summary>
    public static int IsolateBlockForgetsThePage(CompactControl cc, int pfn, int end)
    {
        Page? page = null;
        for (; pfn < end; pfn++)
        {
            page = MemMap.PfnToPage(pfn);
            if (!GetPageUnlessZero(page))
                continue;
            if (!TestClearPageLru(page))
            {
                PutPage(page);
                continue;
            }
            var lruvec = LockPageLruvecIrqsave(page, out ulong flags);
            if (cc.Cancelled)
            {
                UnlockPageLruvecIrqrestore(lruvec, flags);
                goto isolateAbort;
            }
            LruLists.Unlink(page, lruvec);
            UnlockPageLruvecIrqrestore(lruvec, flags);
            cc.MigratePages.AddIsolated(page);
        }
    isolateAbort:
        return pfn; //~ MML2006 MML5003
    }

    /// <summary>The lruvec lock stays taken, with interrupts off.</summary>
    public static int IsolateBlockForgetsTheLock(CompactControl cc, Lruvec lruvec, int pfn, int end)
    {
        lruvec.LruLock.LockIrqSave(out ulong flags);
        for (; pfn < end; pfn++)
        {
            if (cc.Cancelled)
                goto isolateAbort;
            MemCgroupUpdateLruSize(lruvec, LruListKind.InactiveFile, 0);
        }
        lruvec.LruLock.UnlockIrqRestore(flags);
    isolateAbort:
        return pfn; //~ MML2006
    }
}
