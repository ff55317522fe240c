using System.Threading;
using MmLock;
using static MmKernel.Memcontrol;
using static MmKernel.PageFlags;

namespace MmKernel;

/// <summary>
/// Reverse mapping (mm/rmap.c): which page-table entries map a page. The count of them and the "mapped" statistics of
/// the page's memcg change together, and the fifth thread was about what keeps the memcg from changing between the two.
/// </summary>
public static class Rmap
{
    /// <summary>
    /// False: the rule since v6.3. A charge mover holds the page-table lock of an entry that maps the page (or the page
    /// lock of a page that nothing maps), so rmap needs no more than the ptl it has. True: the rule to v6.2,
    /// lock_page_memcg around count and statistics.
    /// </summary>
    public static bool UseLockPageMemcg { get; set; }

    /// <summary>page_add_new_anon_rmap: the page is exclusive, nobody can look.</summary>
    [MustHold("table.Ptl", "page.Exclusive"), NeverSleeps]
    public static void PageAddNewAnonRmap(Page page, PteTable table, AnonVma? anonVma)
    {
        page.AnonVma = anonVma;
        AddMapping(page, table);
    }

    /// <summary>page_add_anon_rmap.</summary>
    [MustHold("table.Ptl", "page.Lock"), NeverSleeps]
    public static void PageAddAnonRmap(Page page, PteTable table, AnonVma? anonVma)
    {
        page.AnonVma = anonVma;
        AddMapping(page, table);
    }

    /// <summary>page_add_file_rmap: the page lock keeps the page in its file until the mapping stands.</summary>
    [MustHold("table.Ptl", "page.Lock"), NeverSleeps]
    public static void PageAddFileRmap(Page page, PteTable table) => AddMapping(page, table);

    /// <summary>
    /// page_remove_rmap: under the ptl of the entry that mapped the page, after the TLB was flushed if the entry was
    /// dirty.
    /// </summary>
    [MustHold("table.Ptl"), MayAcquire("@move_lock"), NeverSleeps]
    public static void PageRemoveRmap(Page page, PteTable table)
    {
        var stat = MappedStat(page);
        if (UseLockPageMemcg)
        {
            // Count and statistic in one section: a mover between the two would skip the transfer, and the late update
            // would be the new group's.
            var locked = LockPageMemcg(page);
            if (Count(page, -1) == 0)
                locked?.ModStat(stat, -1);
            UnlockPageMemcg(page, locked);
            return;
        }
        // The statistic first, the count last. As long as we are counted the page is mapped, and a mover that holds
        // another ptl moves the statistic with it; if we turn out not to be the last one our change is taken back where
        // it was made.
        var memcg = MappedMemcg(page, table);
        memcg?.ModStat(stat, -1);
        if (Count(page, -1) != 0)
            memcg?.ModStat(stat, 1);
    }

    /// <summary>
    /// page_mkclean: write-protects the page everywhere and collects dirty bits. True if there was one. It finds an
    /// entry only while rmap still counts it: hence no zap may take a dirty entry out of rmap before the TLB is
    /// flushed.
    /// </summary>
    [MustHold("page.Lock"), MaySleep, MustNotHold("@ptl", "@i_mmap_rwsem"), MayAcquire("@i_mmap_rwsem", "@ptl")]
    public static bool PageMkclean([MustHoldRef] Page page, AddressSpace mapping)
    {
        bool dirty = false;
        mapping.IMmapRwsem.DownRead();
        foreach (var vma in mapping.IMmap)
        {
            int index = page.Index - vma.Pgoff;
            if (index >= 0 && index < vma.Length && PageMkcleanOne(page, vma, index))
                dirty = true;
        }
        mapping.IMmapRwsem.UpRead();
        return dirty;
    }

    /// <summary>page_mkclean_one: one entry, write-protected and flushed under its ptl. True if it was dirty.</summary>
    [MustHold("page.Lock"), MustHoldAny("@i_mmap_rwsem"), NeverSleeps]
    private static bool PageMkcleanOne(Page page, Vma vma, int index)
    {
        bool dirty = false;
        vma.Table.Ptl.Lock();
        var pte = vma.Table.Ptes[index];
        if (pte.Kind == PteKind.Present && pte.Page == page && (pte.Dirty || pte.Writable))
        {
            vma.Table.Ptes[index] = pte with { Dirty = false, Writable = false };
            Mmu.FlushPage(vma, index);
            dirty = pte.Dirty;
        }
        vma.Table.Ptl.Unlock();
        return dirty;
    }

    /// <summary>page_referenced: collects and clears the accessed bits.</summary>
    [MustHold("page.Lock"), MaySleep, MustNotHold("@ptl", "@i_mmap_rwsem", "@anon_vma_rwsem")]
    [MayAcquire("@i_mmap_rwsem", "@anon_vma_rwsem", "@ptl")]
    public static int PageReferenced([MustHoldRef] Page page)
    {
        int referenced = 0;
        var mapping = page.Mapping;
        var anonVma = page.AnonVma;
        if (PageSwapBacked(page))
        {
            if (anonVma == null)
                return 0;
            anonVma.Rwsem.DownRead();
            foreach (var vma in anonVma.Vmas)
                referenced += PageReferencedOne(page, vma, -1);
            anonVma.Rwsem.UpRead();
            return referenced;
        }
        if (mapping == null)
            return 0;
        mapping.IMmapRwsem.DownRead();
        foreach (var vma in mapping.IMmap)
            referenced += PageReferencedOne(page, vma, page.Index - vma.Pgoff);
        mapping.IMmapRwsem.UpRead();
        return referenced;
    }

    /// <summary>
    /// try_to_unmap: takes every entry of the page out of the page tables. Anonymous pages leave swap entries behind,
    /// so they have a slot by now. True when nothing maps the page any more.
    /// </summary>
    [MustHold("page.Lock"), MaySleep, MustNotHold("@ptl", "@i_mmap_rwsem", "@anon_vma_rwsem")]
    [MayAcquire("@i_mmap_rwsem", "@anon_vma_rwsem", "@ptl", "@mmlist_lock", "@swap_cluster_lock", "@swap_info_lock", "@move_lock",
        "@i_pages", "@lru_lock", "@zone_lock")]
    public static bool TryToUnmap([MustHoldRef] Page page) => Unmap(page, migration: false);

    /// <summary>try_to_migrate: the same, with migration entries in place of the page.</summary>
    [MustHold("page.Lock"), MaySleep, MustNotHold("@ptl", "@i_mmap_rwsem", "@anon_vma_rwsem")]
    [MayAcquire("@i_mmap_rwsem", "@anon_vma_rwsem", "@ptl", "@mmlist_lock", "@swap_cluster_lock", "@swap_info_lock", "@move_lock",
        "@i_pages", "@lru_lock", "@zone_lock")]
    public static bool TryToMigrate([MustHoldRef] Page page) => Unmap(page, migration: true);

    [MustHold("page.Lock"), MaySleep]
    private static bool Unmap([MustHoldRef] Page page, bool migration)
    {
        var mapping = page.Mapping;
        var anonVma = page.AnonVma;
        if (PageSwapBacked(page))
        {
            if (anonVma == null)
                return page.MapCount == 0;
            anonVma.Rwsem.DownRead();
            foreach (var vma in anonVma.Vmas)
            {
                for (int index = 0; index < vma.Length; index++)
                    TryToUnmapOne(page, vma, index, null, migration);
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
                    TryToUnmapOne(page, vma, index, mapping, migration);
            }
            mapping.IMmapRwsem.UpRead();
        }
        return page.MapCount == 0;
    }

    /// <summary>
    /// try_to_unmap_one: clear, flush, then dirty, then the swap count, then rmap, then the entry's reference. All
    /// under the ptl.
    /// </summary>
    [MustHold("page.Lock"), MustHoldAny("@i_mmap_rwsem", "@anon_vma_rwsem"), NeverSleeps]
    private static void TryToUnmapOne([MustHoldRef] Page page, Vma vma, int index, AddressSpace? mapping, bool migration)
    {
        vma.Table.Ptl.Lock();
        var pte = vma.Table.Ptes[index];
        if (pte.Kind != PteKind.Present || pte.Page != page)
        {
            vma.Table.Ptl.Unlock();
            return;
        }
        Pte left = default;
        if (migration)
        {
            left = new Pte(PteKind.Migration, page);
        }
        else if (PageSwapBacked(page))
        {
            if (!PageSwapCache(page) || !Swapfile.SwapDuplicate(page.Swap))
            {
                vma.Table.Ptl.Unlock();
                return;
            }
            Swapfile.MmlistAdd(vma.Mm);
            left = new Pte(PteKind.Swap, Entry: page.Swap);
        }
        vma.Table.Ptes[index] = left;
        Mmu.FlushPage(vma, index);
        if (pte.Dirty)
            PageWritebackOps.SetPageDirty(page, mapping);
        PageRemoveRmap(page, vma.Table);
        vma.Table.Ptl.Unlock();
        PutMapping(page);
    }

    [MustHold("page.Lock"), MustHoldAny("@i_mmap_rwsem", "@anon_vma_rwsem"), NeverSleeps]
    private static int PageReferencedOne(Page page, Vma vma, int at)
    {
        int referenced = 0;
        vma.Table.Ptl.Lock();
        for (int index = 0; index < vma.Length; index++)
        {
            if (at >= 0 && index != at)
                continue;
            var pte = vma.Table.Ptes[index];
            if (pte.Kind == PteKind.Present && pte.Page == page && pte.Young)
            {
                vma.Table.Ptes[index] = pte with { Young = false };
                referenced++;
            }
        }
        vma.Table.Ptl.Unlock();
        return referenced;
    }

    /// <summary>
    /// anon_vma_prepare: gives a range its anon_vma, once. The new one's write lock is outside of the ptl; both are
    /// held while the field is set.
    /// </summary>
    [MustHoldShared("mm.MmapLock"), MaySleep, MayAcquire("@anon_vma_rwsem", "@ptl")]
    public static AnonVma AnonVmaPrepare(MmStruct mm, Vma vma)
    {
        var present = vma.AnonVma;
        if (present != null)
            return present;
        var fresh = new AnonVma();
        fresh.Rwsem.DownWrite();
        vma.Table.Ptl.Lock();
        present = vma.AnonVma;
        if (present == null)
        {
            fresh.Vmas.Add(vma);
            vma.AnonVma = fresh;
        }
        vma.Table.Ptl.Unlock();
        fresh.Rwsem.UpWrite();
        return present ?? fresh;
    }

    /// <summary>The statistic that counts a mapped page of this kind.</summary>
    public static MemcgStat MappedStat(Page page) => PageSwapBacked(page) ? MemcgStat.AnonMapped : MemcgStat.FileMapped;

    [MustHold("table.Ptl"), MayAcquire("@move_lock"), NeverSleeps]
    private static void AddMapping(Page page, PteTable table)
    {
        var stat = MappedStat(page);
        if (UseLockPageMemcg)
        {
            var locked = LockPageMemcg(page);
            if (Count(page, 1) == 1)
                locked?.ModStat(stat, 1);
            UnlockPageMemcg(page, locked);
            return;
        }
        // Whoever adds a mapping has the page lock or an exclusive page: the charge cannot move.
        var memcg = MappedMemcg(page, table);
        if (Count(page, 1) == 1)
            memcg?.ModStat(stat, 1);
    }

    [NoLockAnalysis("the v6.3 rule: the ptl of an entry that maps the page keeps movers out, but is no guard that a writer has to hold")]
    [MustHold("table.Ptl"), NeverSleeps]
    private static MemCgroup? MappedMemcg(Page page, PteTable table) => page.MemCgroup;

    [NoLockAnalysis("primitive: the map count")]
    [NeverSleeps]
    private static int Count(Page page, int delta)
    {
        int count = Interlocked.Add(ref page.MapCountWord, delta);
        Bug.On(count < 0, $"{page} is unmapped more often than mapped");
        return count;
    }

    [NoLockAnalysis("the reference of the page-table entry, which the entry owned; our caller has one of its own")]
    [NeverSleeps]
    private static void PutMapping(Page page) => PageRef.PutPageNotLast(page);
}
