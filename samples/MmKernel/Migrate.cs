using System.Threading;
using MmLock;
using static MmKernel.PageFlags;
using static MmKernel.PageLock;
using static MmKernel.PageRef;

namespace MmKernel;

/// <summary>
/// Page migration (mm/migrate.c): moves a page to another frame while processes want to use it. It works only if nobody
/// but the cache and the mover has a reference; so whoever waits for a migration must not hold one. That was the second
/// thread.
/// </summary>
public static class Migrate
{
    /// <summary>Pages migrated so far.</summary>
    public static long Migrated => Interlocked.Read(ref MigratedTotal);

    private static long MigratedTotal;
    private static int Waits;

    /// <summary>
    /// migration_entry_wait, entered with the ptl and a migration entry under it. Both ways of waiting are alive here,
    /// turn by turn: that of v5.0, with a reference that is given up once the waiter is queued, and that of v5.17,
    /// without any.
    /// </summary>
    [Releases("table.Ptl"), MaySleep]
    [MayAcquire("@page_wait_queue", "@lru_lock", "@zone_lock")]
    public static void MigrationEntryWait(PteTable table, int index)
    {
        Page page = table.Ptes[index].Page!;
        Races.Met(Race.MigrationMet);
        if ((Interlocked.Increment(ref Waits) & 1) == 0)
        {
            MigrationEntryWaitOnLocked(table, page);
            return;
        }
        // Frozen or dying: nothing to wait for, the fault comes back.
        if (!GetPageUnlessZero(page))
        {
            table.Ptl.Unlock();
            return;
        }
        table.Ptl.Unlock();
        Filemap.PutAndWaitOnPageLocked(page);
    }

    /// <summary>
    /// migration_entry_wait_on_locked (v5.17): queues itself while the ptl is held, then drops the ptl, then sleeps.
    /// The mover has a reference and cannot take the entry away without this ptl: that is what keeps the page while we
    /// queue, and we look at it no more afterwards.
    /// </summary>
    [Releases("table.Ptl"), MaySleep, MayAcquire("@page_wait_queue")]
    private static void MigrationEntryWaitOnLocked(PteTable table, Page page)
    {
        WaitPageQueue? entry = Filemap.QueueIfBitSet(page, PageFlag.Locked, exclusive: false);
        table.Ptl.Unlock();
        if (entry != null)
            Filemap.SleepUntilWoken(entry);
    }

    /// <summary>migrate_pages: moves isolated pages; those that would not go are put back. Returns how many moved.</summary>
    [MaySleep, MustNotHold("@lru_lock", "@ptl", "@page_lock", "@irq")]
    public static int MigratePages(PageList from, int nid)
    {
        int moved = 0;
        Page? page;
        while ((page = from.TakeIsolated()) != null)
        {
            if (UnmapAndMove(page, nid))
                moved++;
        }
        Interlocked.Add(ref MigratedTotal, moved);
        return moved;
    }

    /// <summary>
    /// unmap_and_move: consumes the isolation and the reference of the page, moved or not. The new page is nobody's
    /// until the end, so its lock is tried and cannot fail.
    /// </summary>
    [Releases("page.Isolation"), MaySleep, MustNotHold("@lru_lock", "@ptl", "@page_lock", "@irq")]
    private static bool UnmapAndMove([ReleasesRef] Page page, int nid)
    {
        Page? target = PageAlloc.AllocPages(0, nid);
        if (target == null)
        {
            Lru.PutbackLruPage(page);
            return false;
        }
        LockPage(page);
        Filemap.WaitOnPageWriteback(page);
        if (!TryLockPage(target))
        {
            UnlockPage(page);
            Lru.FreeNewPage(target);
            Lru.PutbackLruPage(page);
            return false;
        }
        bool unmapped = page.MapCount == 0 || Rmap.TryToMigrate(page);
        if (!unmapped || PageHead(page) || !MoveToNewPage(target, page))
        {
            RemoveMigrationPtes(page, page);
            UnlockPage(target);
            UnlockPage(page);
            Lru.FreeNewPage(target);
            Lru.PutbackLruPage(page);
            return false;
        }
        PublishPage(target);
        RemoveMigrationPtes(page, target);
        UnlockPage(target);
        UnlockPage(page);
        Lru.PutbackLruPage(target);
        // Off the LRU for good: whoever still looks at the old page lets go of it soon.
        Lru.PutPageOffLru(page);
        return true;
    }

    /// <summary>
    /// migrate_page_move_mapping: the target takes the page's place in its cache, if nobody but the cache and the mover
    /// has a reference. Every waiter that holds one makes this fail.
    /// </summary>
    [MustHold("page.Lock", "target.Lock", "target.Exclusive"), NeverSleeps]
    private static bool MoveToNewPage([MustHoldRef] Page target, [MustHoldRef] Page page)
    {
        var mapping = page.Mapping;
        if (mapping == null)
        {
            // An anonymous page outside of the swap cache: the mover's reference is the only one, or somebody is
            // looking at it.
            if (page.RefCount != 1 || !PageSwapBacked(page))
            {
                Races.Met(Race.MigrationBusy);
                return false;
            }
            CopyState(target, page);
            return true;
        }
        mapping.IPages.LockIrq();
        if (!PageRefFreeze(page, 2))
        {
            mapping.IPages.UnlockIrq();
            Races.Met(Race.MigrationBusy);
            return false;
        }
        CopyState(target, page);
        target.Mapping = mapping;
        target.Index = page.Index;
        target.Swap = page.Swap;
        PageRefAdd(target, 1);
        mapping.Store(page.Index, target);
        page.Mapping = null;
        page.Swap = default;
        page.Clear(PageFlag.SwapCache);
        PageRefUnfreeze(page, 1);
        mapping.IPages.UnlockIrq();
        return true;
    }

    /// <summary>
    /// migrate_page_states and mem_cgroup_migrate: flags, contents and charge. The target is charged anew, the old page
    /// is uncharged when it dies; the dirty statistic stays where it is, as both belong to one group.
    /// </summary>
    [MustHold("page.Lock", "target.Lock", "target.Exclusive"), NeverSleeps]
    private static void CopyState(Page target, Page page)
    {
        target.Set(page.FlagsWord & (PageFlag.Uptodate | PageFlag.Dirty | PageFlag.Referenced | PageFlag.SwapBacked | PageFlag.SwapCache
            | PageFlag.Mlocked | PageFlag.Active));
        page.Clear(PageFlag.Dirty);
        target.Data = page.Data;
        target.AnonVma = page.AnonVma;
        var memcg = Memcontrol.PageMemcg(page);
        if (memcg != null)
            Memcontrol.CommitCharge(target, memcg);
    }

    /// <summary>
    /// remove_migration_ptes: every migration entry of the old page maps the new one now, or the old one again.
    /// </summary>
    [MustHold("old.Lock", "page.Lock"), MaySleep, MustNotHold("@ptl", "@i_mmap_rwsem", "@anon_vma_rwsem")]
    private static void RemoveMigrationPtes(Page old, [MustHoldRef] Page page)
    {
        var mapping = page.Mapping;
        var anonVma = page.AnonVma;
        if (PageSwapBacked(page))
        {
            if (anonVma == null)
                return;
            anonVma.Rwsem.DownRead();
            foreach (var vma in anonVma.Vmas)
            {
                for (int index = 0; index < vma.Length; index++)
                    RemoveMigrationPte(old, page, vma, index);
            }
            anonVma.Rwsem.UpRead();
        }
        else if (mapping != null)
        {
            mapping.IMmapRwsem.DownRead();
            foreach (var vma in mapping.IMmap)
            {
                int index = page.Index - vma.Pgoff;
                if (index >= 0 && index < vma.Length)
                    RemoveMigrationPte(old, page, vma, index);
            }
            mapping.IMmapRwsem.UpRead();
        }
    }

    [MustHold("page.Lock"), MustHoldAny("@i_mmap_rwsem", "@anon_vma_rwsem"), NeverSleeps]
    private static void RemoveMigrationPte(Page old, [MustHoldRef] Page page, Vma vma, int index)
    {
        var table = vma.Table;
        table.Ptl.Lock();
        var pte = table.Ptes[index];
        if (pte.Kind == PteKind.Migration && pte.Page == old)
        {
            PageRefAdd(page, 1);
            if (PageSwapBacked(page))
                Rmap.PageAddAnonRmap(page, table, page.AnonVma);
            else
                Rmap.PageAddFileRmap(page, table);
            table.Ptes[index] = new Pte(PteKind.Present, page);
        }
        table.Ptl.Unlock();
    }
}
