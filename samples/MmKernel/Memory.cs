using System.Collections.Generic;
using MmLock;
using static MmKernel.PageFlags;
using static MmKernel.PageLock;
using static MmKernel.PageRef;

namespace MmKernel;

/// <summary>How a fault ended.</summary>
public enum FaultResult
{
    /// <summary>Try the access again.</summary>
    Done,

    /// <summary>Try the access again; mmap_lock was dropped on the way.</summary>
    Retry,

    /// <summary>No memory.</summary>
    OutOfMemory,
}

/// <summary>
/// A phase of a gather: a right that one step hands to the next, so that no step can be left out or done too early.
/// </summary>
[LockType(LockKind.Token)]
[NoLockAnalysis("primitive: a flag that says which phase a gather is in")]
public sealed class GatherPhase
{
    private bool _open;

    /// <summary>The phase begins.</summary>
    [Acquires, NeverSleeps]
    public void Begin()
    {
        Bug.On(_open, "a phase of a gather begins twice");
        _open = true;
    }

    /// <summary>The phase ends.</summary>
    [Releases, NeverSleeps]
    public void End()
    {
        Bug.On(!_open, "a phase of a gather ends that was not begun");
        _open = false;
    }
}

/// <summary>
/// struct mmu_gather: pages whose entries are gone from the page table wait here until the TLB is flushed, for until
/// then a user may still write to them. For the same reason a dirty file page stays in rmap that long.
/// </summary>
public sealed class MmuGather
{
    /// <summary>Between tlb_gather_mmu and tlb_finish_mmu.</summary>
    public readonly GatherPhase Active = new();

    /// <summary>
    /// There may be pages whose entries are gone but which still stand in rmap: the page-table lock must not be dropped
    /// now.
    /// </summary>
    public readonly GatherPhase RmapsPending = new();

    /// <summary>The TLB was flushed after the last entry was cleared: pages may leave rmap, and be freed.</summary>
    public readonly GatherPhase Flushed = new();

    internal readonly List<(Page Page, bool DelayRmap)> Pages = [];
    internal readonly List<int> Indices = [];

    /// <summary>Takes a page back, with the reference that its entry had, or null when none is left.</summary>
    [NoLockAnalysis("the gather is the owner: what leaves it is owned, not merely found")]
    [NeverSleeps]
    [return: AcquiresRef]
    internal Page? Take()
    {
        if (Pages.Count == 0)
            return null;
        Page page = Pages[^1].Page;
        Pages.RemoveAt(Pages.Count - 1);
        return page;
    }
}

/// <summary>
/// Faults and zaps (mm/memory.c).
/// </summary>
public static class Memory
{
    private const int GatherSize = 8;

    /// <summary>A user touches a page, faulting as often as it takes.</summary>
    [MaySleep]
    public static bool Touch(MmStruct mm, int vmaIndex, int index, bool write)
    {
        for (int attempt = 0; attempt < 50; attempt++)
        {
            mm.MmapLock.DownRead();
            var vma = mm.Vmas[vmaIndex];
            if (Mmu.Access(vma, index, write))
            {
                mm.MmapLock.UpRead();
                return true;
            }
            var result = HandleMmFault(mm, vma, index, write);
            if (result == FaultResult.Retry)
            {
                Races.Met(Race.FaultRetried);
                continue;
            }
            mm.MmapLock.UpRead();
            if (result == FaultResult.OutOfMemory)
                return false;
        }
        return false;
    }

    /// <summary>
    /// handle_mm_fault: entered with mmap_lock held for reading, left with it held unless the result is Retry.
    /// </summary>
    [MaySleep, ReleasesShared("mm.MmapLock", OnValue = nameof(FaultResult.Retry))]
    public static FaultResult HandleMmFault(MmStruct mm, Vma vma, int index, bool write)
    {
        var table = vma.Table;
        table.Ptl.Lock();
        var pte = table.Ptes[index];
        switch (pte.Kind)
        {
            case PteKind.Migration:
                Migrate.MigrationEntryWait(table, index);
                return FaultResult.Done;
            case PteKind.Present:
                DoWpPage(vma, table, index, pte, write);
                return FaultResult.Done;
            case PteKind.Swap:
                table.Ptl.Unlock();
                return DoSwapPage(mm, vma, index, pte, write);
            default:
                table.Ptl.Unlock();
                bool mapped = vma.File == null ? DoAnonymousPage(mm, vma, index) : DoFileFault(mm, vma, vma.File, index, write);
                if (!mapped)
                    return FaultResult.OutOfMemory;
                return FaultResult.Done;
        }
    }

    /// <summary>
    /// do_anonymous_page: the page is ready before the ptl is taken, and thrown away if somebody else was faster.
    /// False: no memory.
    /// </summary>
    [MustHoldShared("mm.MmapLock"), MaySleep]
    private static bool DoAnonymousPage(MmStruct mm, Vma vma, int index)
    {
        var anonVma = Rmap.AnonVmaPrepare(mm, vma);
        Page? page = PageAlloc.AllocPages(0, index % MemMap.Zones.Length);
        if (page == null)
            return false;
        var table = vma.Table;
        page.Set(PageFlag.SwapBacked);
        page.Set(PageFlag.Uptodate);
        Memcontrol.CommitCharge(page, mm.Memcg);
        table.Ptl.Lock();
        if (table.Ptes[index].Kind != PteKind.None)
        {
            table.Ptl.Unlock();
            Races.Met(Race.FaultLost);
            Lru.FreeNewPage(page);
            return true;
        }
        Rmap.PageAddNewAnonRmap(page, table, anonVma);
        PublishPage(page);
        Lru.LruCacheAdd(page);
        // The caller's reference is the entry's from here on.
        SetPte(vma, table, index, page, dirty: true, writable: true);
        table.Ptl.Unlock();
        return true;
    }

    /// <summary>
    /// A read or write fault on a file (filemap_fault and what follows): the page is locked from the look-up until it
    /// is mapped, so it cannot be truncated in between.
    /// </summary>
    [MustHoldShared("mm.MmapLock"), MaySleep]
    private static bool DoFileFault(MmStruct mm, Vma vma, AddressSpace file, int index, bool write)
    {
        file.InvalidateLock.DownRead();
        Page? page = Filemap.PagecacheGetPage(file, vma.Pgoff + index, mm.Memcg, 0, index % MemMap.Zones.Length);
        if (page == null)
        {
            file.InvalidateLock.UpRead();
            return false;
        }
        if (!PageUptodate(page))
        {
            BlockDevice.SubmitRead(page, file);
            Filemap.WaitOnPageLocked(page);
            Lru.PutPage(page);
            file.InvalidateLock.UpRead();
            return true;
        }
        var table = vma.Table;
        table.Ptl.Lock();
        if (table.Ptes[index].Kind != PteKind.None)
        {
            table.Ptl.Unlock();
            Races.Met(Race.FaultLost);
        }
        else
        {
            Rmap.PageAddFileRmap(page, table);
            GetPage(page);
            SetPte(vma, table, index, page, dirty: write, writable: write);
            table.Ptl.Unlock();
        }
        UnlockPage(page);
        Lru.PutPage(page);
        file.InvalidateLock.UpRead();
        return true;
    }

    /// <summary>
    /// do_swap_page: brings a page back from swap. Everything read before the locks were taken is compared again under
    /// them: the page may be another slot's by now, the entry may be gone. The device is pinned all the while.
    /// </summary>
    [MaySleep, ReleasesShared("mm.MmapLock", OnValue = nameof(FaultResult.Retry))]
    private static FaultResult DoSwapPage(MmStruct mm, Vma vma, int index, Pte original, bool write)
    {
        var entry = original.Entry;
        var si = Swapfile.GetSwapDevice(entry);
        if (si == null)
            return FaultResult.Done;
        Page? page = Swapfile.ReadSwapCacheAsync(entry, mm.Memcg, index % MemMap.Zones.Length);
        if (page == null)
        {
            Swapfile.PutSwapDevice(si);
            return FaultResult.Done;
        }
        SwapinReadahead(new SwpEntry(entry.Offset + 1), mm.Memcg);
        if (!LockPageOrRetry(page, mm, allowRetry: true))
        {
            Lru.PutPage(page);
            Swapfile.PutSwapDevice(si);
            return FaultResult.Retry;
        }
        if (!PageSwapCache(page) || page.Swap != entry)
        {
            Races.Met(Race.SwapPageChanged);
            UnlockPage(page);
            Lru.PutPage(page);
            Swapfile.PutSwapDevice(si);
            return FaultResult.Done;
        }
        var anonVma = Rmap.AnonVmaPrepare(mm, vma);
        var table = vma.Table;
        table.Ptl.Lock();
        if (table.Ptes[index] != original)
        {
            table.Ptl.Unlock();
            Races.Met(Race.FaultLost);
            UnlockPage(page);
            Lru.PutPage(page);
            Swapfile.PutSwapDevice(si);
            return FaultResult.Done;
        }
        Rmap.PageAddAnonRmap(page, table, anonVma);
        Swapfile.SwapFree(entry);
        if (write || Swapfile.VmSwapFull())
            Swapfile.TryToFreeSwap(page);
        GetPage(page);
        SetPte(vma, table, index, page, dirty: write, writable: write);
        table.Ptl.Unlock();
        UnlockPage(page);
        Lru.PutPage(page);
        Swapfile.PutSwapDevice(si);
        return FaultResult.Done;
    }

    /// <summary>swapin_readahead: the neighbour comes along, if it is in use and nobody is at it.</summary>
    [MaySleep]
    private static void SwapinReadahead(SwpEntry entry, MemCgroup memcg)
    {
        var si = Swapfile.GetSwapDevice(entry);
        if (si == null)
            return;
        if (Swapfile.SwapCount(entry) > 0)
        {
            Page? page = Swapfile.ReadSwapCacheAsync(entry, memcg, 0);
            if (page != null)
                Lru.PutPage(page);
        }
        Swapfile.PutSwapDevice(si);
    }

    /// <summary>
    /// do_wp_page: entered with the ptl, which it gives up. A shared file page just becomes writable; an anonymous one
    /// has to be the writer's own, and that is known only under the page lock. Which is outside of the ptl: so try, or
    /// pin the page, drop the ptl, lock, retake, compare.
    /// </summary>
    [Releases("table.Ptl"), MaySleep]
    private static void DoWpPage(Vma vma, PteTable table, int index, Pte pte, bool write)
    {
        if (!write || !PageSwapBacked(pte.Page!))
        {
            UpdatePte(vma, table, index, pte with { Dirty = pte.Dirty || write, Writable = pte.Writable || write, Young = true });
            table.Ptl.Unlock();
            return;
        }
        Page page = GetMappedPage(pte);
        if (!TryLockPage(page))
        {
            table.Ptl.Unlock();
            LockPage(page);
            table.Ptl.Lock();
            if (table.Ptes[index] != pte)
            {
                Races.Met(Race.FaultLost);
                table.Ptl.Unlock();
                UnlockPage(page);
                Lru.PutPage(page);
                return;
            }
        }
        if (Swapfile.ReuseSwapPage(page))
            UpdatePte(vma, table, index, pte with { Dirty = true, Writable = true, Young = true });
        table.Ptl.Unlock();
        UnlockPage(page);
        Lru.PutPage(page);
    }

    /// <summary>One more reference on a page that a page-table entry keeps, while its ptl keeps the entry.</summary>
    [NoLockAnalysis("the entry has a reference, and its ptl is held")]
    [NeverSleeps]
    [return: AcquiresRef]
    internal static Page GetMappedPage(Pte pte)
    {
        GetPage(pte.Page!);
        return pte.Page!;
    }

    /// <summary>tlb_gather_mmu.</summary>
    [Acquires("tlb.Active"), NeverSleeps]
    public static void TlbGatherMmu(MmuGather tlb) => tlb.Active.Begin();

    /// <summary>tlb_finish_mmu: everything was flushed and freed by now.</summary>
    [Releases("tlb.Active"), MustNotHold("@ptl", "tlb.RmapsPending", "tlb.Flushed"), MaySleep]
    public static void TlbFinishMmu(MmuGather tlb)
    {
        Bug.On(tlb.Pages.Count > 0, "a gather ends with pages in it");
        tlb.Active.End();
        Sched.CondResched();
    }

    /// <summary>
    /// zap_pte_range: clears a range of a page table, in rounds. Each round: clear entries and carry dirty bits over;
    /// flush the TLB; take the delayed pages out of rmap; drop the ptl; free. No step may overtake another: each one
    /// demands the token of the one before.
    /// </summary>
    [MustHold("tlb.Active"), MustNotHold("@ptl"), MaySleep]
    public static void ZapPteRange(MmuGather tlb, Vma vma, int start, int end)
    {
        var table = vma.Table;
        int index = start;
        while (index < end)
        {
            table.Ptl.Lock();
            tlb.RmapsPending.Begin();
            bool full = false;
            for (; index < end && !full; index++)
            {
                var pte = table.Ptes[index];
                if (pte.Kind == PteKind.None)
                    continue;
                table.Ptes[index] = default;
                tlb.Indices.Add(index);
                if (pte.Kind == PteKind.Swap)
                    Swapfile.FreeSwapAndCache(pte.Entry);
                if (pte.Kind != PteKind.Present)
                    continue;
                Page page = pte.Page!;
                bool delay = false;
                if (!PageSwapBacked(page) && pte.Dirty)
                {
                    PageWritebackOps.SetPageDirty(page, vma.File);
                    delay = true;
                }
                if (!delay)
                    Rmap.PageRemoveRmap(page, table);
                full = TlbRemovePage(tlb, page, delay);
            }
            TlbFlushMmuTlbonly(tlb, vma);
            TlbFlushRmaps(tlb, table);
            table.Ptl.Unlock();
            TlbFlushMmu(tlb);
            Sched.CondResched();
        }
    }

    /// <summary>__tlb_remove_page: the gather takes over the entry's reference. True: the batch is full, flush.</summary>
    [MustHold("tlb.Active", "tlb.RmapsPending"), NeverSleeps]
    private static bool TlbRemovePage(MmuGather tlb, Page page, bool delayRmap)
    {
        tlb.Pages.Add((page, delayRmap));
        return tlb.Pages.Count >= GatherSize;
    }

    /// <summary>tlb_flush_mmu_tlbonly: from here on no user reaches the pages any more.</summary>
    [MustHold("tlb.RmapsPending"), Acquires("tlb.Flushed"), NeverSleeps]
    private static void TlbFlushMmuTlbonly(MmuGather tlb, Vma vma)
    {
        Mmu.FlushZapped(vma, tlb.Indices);
        tlb.Indices.Clear();
        tlb.Flushed.Begin();
    }

    /// <summary>
    /// tlb_flush_rmaps: the delayed pages leave rmap, after the flush and still under the ptl that page_mkclean would
    /// wait for.
    /// </summary>
    [MustHold("tlb.Flushed", "table.Ptl"), Releases("tlb.RmapsPending"), NeverSleeps]
    private static void TlbFlushRmaps(MmuGather tlb, PteTable table)
    {
        foreach (var (page, delayRmap) in tlb.Pages)
        {
            if (delayRmap)
                Rmap.PageRemoveRmap(page, table);
        }
        tlb.RmapsPending.End();
    }

    /// <summary>tlb_flush_mmu: frees the pages, with their swap slots where that is possible without waiting.</summary>
    [Releases("tlb.Flushed"), MustNotHold("@ptl", "tlb.RmapsPending"), NeverSleeps]
    private static void TlbFlushMmu(MmuGather tlb)
    {
        Page? page;
        while ((page = tlb.Take()) != null)
            FreePageAndSwapCache(page);
        tlb.Flushed.End();
    }

    /// <summary>free_page_and_swap_cache.</summary>
    [MustNotHold("@ptl", "@lru_lock"), NeverSleeps]
    private static void FreePageAndSwapCache([ReleasesRef] Page page)
    {
        if (PageSwapCache(page) && page.MapCount == 0 && TryLockPage(page))
        {
            Swapfile.TryToFreeSwap(page);
            UnlockPage(page);
        }
        Lru.PutPage(page);
    }

    /// <summary>madvise(MADV_DONTNEED): throws a range away; mmap_lock for reading is enough.</summary>
    [MaySleep]
    public static void ZapPageRange(MmStruct mm, int vmaIndex, int start, int end)
    {
        mm.MmapLock.DownRead();
        var vma = mm.Vmas[vmaIndex];
        var tlb = new MmuGather();
        TlbGatherMmu(tlb);
        ZapPteRange(tlb, vma, start, end);
        TlbFinishMmu(tlb);
        mm.MmapLock.UpRead();
    }

    /// <summary>
    /// unmap_mapping_range, of one page: out of every page table that maps it. The page lock is held, so nobody maps it
    /// anew.
    /// </summary>
    [MustHold("page.Lock"), MaySleep, MustNotHold("@i_mmap_rwsem", "@ptl")]
    public static void UnmapMappingPage(Page page, AddressSpace mapping)
    {
        mapping.IMmapRwsem.DownRead();
        foreach (var vma in mapping.IMmap)
        {
            int index = page.Index - vma.Pgoff;
            if (index >= 0 && index < vma.Length)
                ZapPageRangeSingle(vma, index);
        }
        mapping.IMmapRwsem.UpRead();
    }

    /// <summary>zap_page_range_single: a gather of its own for one range.</summary>
    [MaySleep, MustNotHold("@ptl")]
    private static void ZapPageRangeSingle(Vma vma, int index)
    {
        var tlb = new MmuGather();
        TlbGatherMmu(tlb);
        ZapPteRange(tlb, vma, index, index + 1);
        TlbFinishMmu(tlb);
    }

    /// <summary>mmap, of the model: adds a range.</summary>
    [MaySleep]
    public static void Mmap(MmStruct mm, AddressSpace? file, int pgoff, int length)
    {
        mm.MmapLock.DownWrite();
        var vma = new Vma(mm, file, pgoff, length);
        mm.Vmas.Add(vma);
        if (file != null)
        {
            file.IMmapRwsem.DownWrite();
            file.IMmap.Add(vma);
            file.IMmapRwsem.UpWrite();
        }
        mm.MmapLock.UpWrite();
    }

    /// <summary>set_pte: the entry takes over a reference on the page, and the hardware finds it.</summary>
    [NoLockAnalysis("primitive: the entry owns the reference from here on; vma.Table and table name one table")]
    [MustHold("table.Ptl"), NeverSleeps]
    private static void SetPte(Vma vma, PteTable table, int index, [ReleasesRef] Page page, bool dirty, bool writable)
    {
        table.Ptl.AssertHeld();
        table.Ptes[index] = new Pte(PteKind.Present, page, default, dirty, writable, Young: true);
        Mmu.Load(vma, index, page, writable);
    }

    /// <summary>The same page with other bits: no reference changes hands.</summary>
    [NoLockAnalysis("primitive: vma.Table and table name one table")]
    [MustHold("table.Ptl"), NeverSleeps]
    private static void UpdatePte(Vma vma, PteTable table, int index, Pte pte)
    {
        table.Ptl.AssertHeld();
        table.Ptes[index] = pte;
        Mmu.Load(vma, index, pte.Page!, pte.Writable);
    }
}
