using MmKernel;
using MmLock;

namespace HistoricBugs;

/// <summary>
/// B13, variant 2f: reclaim clears PG_locked without waking anybody.
/// </summary>
/// <remarks>
/// <para>What happened: Reclaim had frozen the page, so nobody else had a reference, and used the cheap form that clears
/// the lock bit and wakes no one. Since waiters give up their reference before they sleep, "no references" no longer proves
/// "no waiters": such a waiter slept for ever.</para>
/// <para>Source: the second thread, shrink_page_list; went back to unlock_page in 9a1ea439b16b (v5.0).</para>
/// <para>Repaired: <see cref="Vmscan.ShrinkPageList"/> unlocks the frozen page with unlock_page.</para>
/// </remarks>
public static class Bug013_PageUnlockedWithoutWaking
{
    /// <summary>The end of a page that reclaim has frozen.</summary>
    [MustHold("page.Exclusive"), Releases("page.Lock"), NeverSleeps]
    public static void UnlockFrozen(Page page)
    {
        PageWaits.ClearPageLocked(page); //~ MML2001
    }
}
