using MmKernel;
using MmLock;

namespace HistoricBugs;

/// <summary>Waiting for pages, in the forms that are no more.</summary>
[NoLockAnalysis("stands for the wait core of mm/filemap.c: only the contracts matter here")]
public static class PageWaits
{
    /// <summary>
    /// Waits for the end of a migration. Migration counts the references on the page, so the one who waits may not have one.
    /// </summary>
    [MaySleep]
    public static void WaitForMigration([MustNotHoldRef] Page page) => Filemap.WaitOnPageLocked(page);

    /// <summary>migration_entry_wait_on_locked of v5.17: queues under the ptl, drops it, sleeps; no reference is wanted.</summary>
    [Releases("table.Ptl"), MaySleep]
    public static void MigrationEntryWaitOnLocked(PteTable table, [MustNotHoldRef] Page page)
    {
        table.Ptl.Unlock();
        Filemap.WaitOnPageLocked(page);
    }

    /// <summary>Puts the caller onto the wait queue of a page.</summary>
    [NeverSleeps]
    public static WaitQueueHead Queue([MustHoldRef] Page page) => Filemap.PageWaitqueue(page);

    /// <summary>
    /// __ClearPageLocked: clears the bit and wakes nobody. That nobody waits is known under the lock of the wait queue only.
    /// </summary>
    [MustHold("@page_wait_queue"), Releases("page.Lock"), NeverSleeps]
    public static void ClearPageLocked(Page page) => page.Lock.Unlock();

    /// <summary>Clears PG_writeback: what kept the page since the submission is given up.</summary>
    [NeverSleeps]
    public static void ClearWriteback([ReleasesRef] Page page)
    {
    }
}
