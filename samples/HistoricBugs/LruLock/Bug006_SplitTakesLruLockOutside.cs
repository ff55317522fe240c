using MmKernel;
using static MmKernel.Memcontrol;
using static MmKernel.PageFlags;

namespace HistoricBugs;

/// <summary>
/// B06, variant 1e: THP split takes lru_lock outside of i_pages.
/// </summary>
/// <remarks>
/// <para>What happened: Up to v5.10 a split took lru_lock first and i_pages inside. The series turned that round, so that
/// the page is frozen and its memcg cannot change by the time its lruvec is looked up; for a while both orders were
/// proposed for one kernel.</para>
/// <para>Source: the first thread, patch 07/16 and its planned revert; final order b6769834aac1 (v5.11).</para>
/// <para>Repaired: <see cref="HugeMemory.SplitHugePageToList"/> takes i_pages, freezes, then takes lru_lock.</para>
/// </remarks>
public static class Bug006_SplitTakesLruLockOutside
{
    /// <summary>The order of before.</summary>
    public static void SplitOldOrder(Page head, Lruvec lruvec, AddressSpace mapping)
    {
        lruvec.LruLock.LockIrqSave(out ulong flags);
        mapping.IPages.Lock(); //~ MML1001
        if (PageHead(head))
            MemCgroupUpdateLruSize(lruvec, PageLruList(head), 1 - HugeMemory.HpageNr);
        mapping.IPages.Unlock();
        lruvec.LruLock.UnlockIrqRestore(flags);
    }
}
