using MmKernel;
using MmLock;
using static MmKernel.Memcontrol;
using static MmKernel.PageFlags;
using static MmKernel.PageRef;

namespace HistoricBugs;

/// <summary>
/// B11: PG_lru is set after the isolation's reference was dropped.
/// </summary>
/// <remarks>
/// <para>What happened: On the way back to its list a page has PG_lru set before the reference goes. In the other order
/// another task may drop the last reference in between: it sees no PG_lru, does not unlink, and frees a page that is then
/// linked.</para>
/// <para>Source: the reason for the order in move_pages_to_lru (v5.11).</para>
/// <para>Repaired: <see cref="Vmscan.MovePagesToLru"/>.</para>
/// </remarks>
public static class Bug011_SetPageLruAfterTheReference
{
    /// <summary>Puts one isolated page back.</summary>
    [MustHold("lruvec.LruLock"), Releases("page.Isolation"), NeverSleeps]
    public static void PutBack(Lruvec lruvec, [ReleasesRef] Page page)
    {
        MemCgroupUpdateLruSize(lruvec, PageLruList(page), 1);
        PutPageNotLast(page);
        SetPageLru(page); //~ MML5001
    }
}
