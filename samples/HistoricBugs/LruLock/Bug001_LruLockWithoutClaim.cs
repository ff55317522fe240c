using MmKernel;
using MmLock;
using static MmKernel.Memcontrol;
using static MmKernel.PageFlags;

namespace HistoricBugs;

/// <summary>
/// B01, variant 1f: a batch takes the lru_lock of a page without claiming PG_lru.
/// </summary>
/// <remarks>
/// <para>What happened: The batch read the page's memcg, found its lruvec and took that lock, with nothing that kept the
/// memcg from changing. A charge mover isolated the page, moved it and put it back on the other memcg's list; the batch
/// then edited that list under the first one's lock. Seen as a mismatch of memcg and lruvec after six to eight hours of
/// load.</para>
/// <para>Source: the first thread (June 2020), in pagevec_move_tail and rotate_reclaimable_page; fixed by fc574c23558c
/// (v5.11).</para>
/// <para>Repaired: <see cref="Lru.PagevecLruMoveFn"/> claims each page first and skips those it does not win.</para>
/// </remarks>
public static class Bug001_LruLockWithoutClaim
{
    /// <summary>The batch moves each page along its list.</summary>
    [MustHold("LruPvecs.Lock"), MustNotHold("@lru_lock"), NeverSleeps]
    public static void PagevecLruMoveFn(Pagevec pvec)
    {
        Lruvec? lruvec = null;
        Irq.Save(out ulong flags);
        for (int i = 0; i < pvec.Count; i++)
        {
            Page page = pvec[i];
            lruvec = RelockPageLruvec(page, lruvec); //~ MML2001
            if (PageLru(page))
                LruLists.Unlink(page, lruvec); //~ MML2001
        }
        if (lruvec != null)
            UnlockPageLruvec(lruvec);
        Irq.Restore(flags);
    }
}
