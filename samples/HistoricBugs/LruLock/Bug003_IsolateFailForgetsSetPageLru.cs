using MmKernel;
using static MmKernel.Memcontrol;
using static MmKernel.PageFlags;
using static MmKernel.PageRef;
using static MmKernel.Lru;

namespace HistoricBugs;

/// <summary>
/// B03, variant 1a: compaction's failure path leaves PG_lru clear.
/// </summary>
/// <remarks>
/// <para>What happened: Compaction had won PG_lru and taken the lock when it saw that the page had become part of a huge
/// one. It let go of the lock and the reference and went on: the page stayed on its list without PG_lru, and nobody could
/// ever isolate or free it properly again.</para>
/// <para>Source: the first thread, isolate_fail; final form in 9df41314390b (v5.11).</para>
/// <para>Repaired: <see cref="Compaction.IsolateMigratepagesBlock"/> sets PG_lru again before it drops the
/// reference.</para>
/// </remarks>
public static class Bug003_IsolateFailForgetsSetPageLru
{
    /// <summary>Isolates one page of a scanned block.</summary>
    public static bool IsolateOne(int pfn, PageList migratePages)
    {
        Page page = MemMap.PfnToPage(pfn);
        if (!GetPageUnlessZero(page))
            return false;
        if (!TestClearPageLru(page))
        {
            PutPage(page);
            return false;
        }
        var lruvec = LockPageLruvecIrqsave(page, out ulong flags);
        if (PageHead(page))
        {
            UnlockPageLruvecIrqrestore(lruvec, flags);
            PutPage(page);
            return false; //~ MML2006
        }
        LruLists.Unlink(page, lruvec);
        UnlockPageLruvecIrqrestore(lruvec, flags);
        migratePages.AddIsolated(page);
        return true;
    }
}
