using MmLock;
using static MmKernel.Memcontrol;
using static MmKernel.PageFlags;
using static MmKernel.PageRef;

namespace MmKernel;

/// <summary>
/// Dirtying pages and writing them (mm/page-writeback.c). The counters per memcg have to follow a page whose charge
/// moves, so each change of flag and counter happens where the charge cannot move.
/// </summary>
public static class PageWritebackOps
{
    /// <summary>
    /// set_page_dirty: the caller keeps the page from being cleaned and thrown away meanwhile, by the page lock or by the
    /// page-table lock of a pte that maps it. The second does not stop a charge mover, hence lock_page_memcg.
    /// </summary>
    [MustHoldAny("page.Lock", "@ptl"), MayAcquire("@move_lock", "@i_pages"), NeverSleeps]
    public static void SetPageDirty(Page page, AddressSpace? mapping)
    {
        var memcg = LockPageMemcg(page);
        if (!page.TestSet(PageFlag.Dirty) && !PageSwapBacked(page))
        {
            int nr = CompoundNr(page);
            memcg?.ModStat(MemcgStat.FileDirty, nr);
            if (mapping != null)
            {
                mapping.IPages.LockIrqSave(out ulong flags);
                mapping.NrDirty += nr;
                mapping.IPages.UnlockIrqRestore(flags);
            }
        }
        UnlockPageMemcg(page, memcg);
    }

    /// <summary>
    /// clear_page_dirty_for_io: the page lock alone keeps the charge where it is, since a mover needs it too. True if
    /// there is something to write.
    /// </summary>
    [MustHold("page.Lock"), MaySleep, MayAcquire("@i_pages", "@i_mmap_rwsem", "@ptl", "@move_lock")]
    public static bool ClearPageDirtyForIo([MustHoldRef] Page page, AddressSpace? mapping)
    {
        if (page.MapCount > 0 && !PageSwapBacked(page) && mapping != null && Rmap.PageMkclean(page, mapping))
            SetPageDirty(page, mapping);
        return AccountPageCleaned(page, mapping);
    }

    /// <summary>cancel_dirty_page: what is being thrown away need not be written.</summary>
    [MustHold("page.Lock"), MayAcquire("@i_pages"), NeverSleeps]
    public static bool AccountPageCleaned(Page page, AddressSpace? mapping)
    {
        if (!page.TestClear(PageFlag.Dirty))
            return false;
        if (PageSwapBacked(page))
            return true;
        int nr = CompoundNr(page);
        PageMemcg(page)?.ModStat(MemcgStat.FileDirty, -nr);
        if (mapping != null)
        {
            mapping.IPages.LockIrqSave(out ulong flags);
            mapping.NrDirty -= nr;
            mapping.IPages.UnlockIrqRestore(flags);
        }
        return true;
    }

    /// <summary>set_page_writeback.</summary>
    [MustHold("page.Lock"), MayAcquire("@move_lock"), NeverSleeps]
    public static void SetPageWriteback(Page page)
    {
        var memcg = LockPageMemcg(page);
        if (!page.TestSet(PageFlag.Writeback))
            memcg?.ModStat(MemcgStat.Writeback, CompoundNr(page));
        UnlockPageMemcg(page, memcg);
    }

    /// <summary>
    /// end_page_writeback: runs in the interrupt of the device. PG_writeback keeps the page alive until it is cleared,
    /// so a reference is taken before, and given up after the waiters were woken: between the two the page may be
    /// thrown away by anybody, and the wake would hit its next life.
    /// </summary>
    [RunsIn(ExecutionContext.Any), MustNotHold("@lru_lock"), NeverSleeps]
    [MayAcquire("@move_lock", "@lru_rotate_lock", "@lru_lock", "@zone_lock", "@page_wait_queue")]
    public static void EndPageWriteback(Page page)
    {
        GetPage(page);
        if (TestClearPageReclaim(page))
            Lru.RotateReclaimablePage(page);
        var memcg = LockPageMemcg(page);
        Bug.On(!PageWriteback(page), $"the write of {page} ends twice");
        memcg?.ModStat(MemcgStat.Writeback, -CompoundNr(page));
        page.TestClear(PageFlag.Writeback);
        UnlockPageMemcg(page, memcg);
        if (PageWaiters(page))
            Filemap.WakeUpPageBit(page, PageFlag.Writeback);
        Lru.PutPage(page);
    }
}
