using MmKernel;
using MmLock;
using static MmKernel.Cgroup;
using static MmKernel.Filemap;
using static MmKernel.Lru;
using static MmKernel.Memcontrol;
using static MmKernel.PageFlags;
using static MmKernel.PageLock;
using static MmKernel.PageRef;

namespace HistoricBugs;

/// <summary>
/// Some of the bugs done right, in the same words and with the same scenery: every line of this file has to be silent. Where the
/// bug is one of the model's own functions the model has the full one; the file of the bug names it.
/// </summary>
public static class Repaired
{
    [MustHold("LruPvecs.Lock"), MustNotHold("@lru_lock"), NeverSleeps]
    public static void Bug001(Pagevec pvec)
    {
        Lruvec? lruvec = null;
        Irq.Save(out ulong flags);
        for (int i = 0; i < pvec.Count; i++)
        {
            Page page = pvec[i];
            if (!TestClearPageLru(page))
                continue;
            lruvec = RelockPageLruvec(page, lruvec);
            LruLists.Unlink(page, lruvec);
            SetPageLru(page);
        }
        if (lruvec != null)
            UnlockPageLruvec(lruvec);
        Irq.Restore(flags);
    }

    [return: AcquiresRef]
    public static Page? Bug002(int pfn)
    {
        Page page = MemMap.PfnToPage(pfn);
        if (!PageLru(page) || !GetPageUnlessZero(page))
            return null;
        if (!TryLockPage(page))
        {
            PutPage(page);
            return null;
        }
        bool migratable = page.Mapping != null || PageSwapBacked(page);
        UnlockPage(page);
        if (migratable)
            return page;
        PutPage(page);
        return null;
    }

    public static int Bug004(CompactControl cc, int pfn, int end)
    {
        Page? page = null;
        Lruvec? locked = null;
        ulong flags = 0;
        for (; pfn < end; pfn++)
        {
            page = MemMap.PfnToPage(pfn);
            if (!GetPageUnlessZero(page))
            {
                page = null;
                continue;
            }
            if (!TestClearPageLru(page))
                goto failPut;
            var lruvec = MemCgroupPageLruvec(page);
            if (lruvec != locked)
            {
                if (locked != null)
                    UnlockPageLruvecIrqrestore(locked, flags);
                lruvec.LruLock.LockIrqSave(out flags);
                locked = lruvec;
            }
            if (cc.Cancelled)
                goto isolateAbort;
            LruLists.Unlink(page, lruvec);
            cc.MigratePages.AddIsolated(page);
            page = null;
            continue;
        failPut:
            if (locked != null)
            {
                UnlockPageLruvecIrqrestore(locked, flags);
                locked = null;
            }
            PutPage(page);
            page = null;
        }
    isolateAbort:
        if (locked != null)
            UnlockPageLruvecIrqrestore(locked, flags);
        if (page != null)
        {
            SetPageLru(page);
            PutPage(page);
        }
        return pfn;
    }

    public static void Bug008(SwpEntry entry, MemcgId to)
    {
        Charges.IdGet(to);
        Charges.SwapRecord(entry, to);
    }

    public static void Bug008Many(SwpEntry[] entries, MemcgId to)
    {
        foreach (var entry in entries)
        {
            Charges.IdGet(to);
            Charges.SwapRecord(entry, to);
        }
    }

    public static bool Variant1d(Page page)
    {
        if (!TryLockPage(page))
            return false;
        var mapping = page.Mapping;
        bool migratable = mapping == null || mapping.NrPages > 0;
        UnlockPage(page);
        return migratable;
    }

    [MustHold("@irq", "page.Isolation"), NeverSleeps]
    public static void Bug070(Page page, Page next)
    {
        var lruvec = LockPageLruvec(page);
        lruvec = RelockPageLruvec(page, lruvec);
        MemCgroupUpdateLruSize(lruvec, PageLruList(next), 1);
        UnlockPageLruvec(lruvec);
    }

    public static void Bug073(Page page)
    {
        if (IsolateLruPage(page) == 0)
            PutbackLruPage(page);
    }

    public static bool Bug075(Page page)
    {
        int error = IsolateLruPage(page);
        if (error != 0)
            return false;
        bool active = PageActive(page);
        PutbackLruPage(page);
        return !active;
    }

    public static void Bug012(PteTable table, int index, int pfn)
    {
        table.Ptl.Lock();
        Page page = MemMap.PfnToPage(pfn);
        if (table.Ptes[index].Kind != PteKind.Migration || !GetPageUnlessZero(page))
        {
            table.Ptl.Unlock();
            return;
        }
        table.Ptl.Unlock();
        PutAndWaitOnPageLocked(page);
    }

    public static void Bug020(SwapCachePage page)
    {
        while (Swap.UnderWriteback(page))
            Swap.SleepOnWriteback(page);
        Swap.DeleteFromCache(page);
    }

    public static void Bug027(SwapSlot slot, Page page)
    {
        switch (Swap.CachePrepare(slot))
        {
            case 0:
                Swap.ReadSlot(slot, page);
                Swap.CacheFree(slot);
                break;
            case -17:
                Sched.ScheduleTimeout();
                break;
        }
    }

    public static bool Bug029(Page page)
    {
        var swapCache = page.Mapping;
        if (swapCache == null || !TryLockPage(page))
            return false;
        if (page.Mapping != swapCache)
        {
            UnlockPage(page);
            return false;
        }
        swapCache.IPages.LockIrq();
        swapCache.NrDirty--;
        swapCache.IPages.UnlockIrq();
        UnlockPage(page);
        return true;
    }

    public static bool Bug078(Page page)
    {
        var mapping = page.Mapping;
        LockPage(page);
        bool same = mapping != null && mapping == page.Mapping;
        if (same)
        {
            mapping!.IPages.LockIrq();
            mapping.NrDirty++;
            mapping.IPages.UnlockIrq();
        }
        UnlockPage(page);
        return same;
    }

    public static int Bug031(ReclaimIter iter)
    {
        Rcu.ReadLock();
        var position = Rcu.Dereference(ref iter.Position);
        if (position == null || !CssTryget(position))
        {
            Rcu.ReadUnlock();
            return 0;
        }
        Rcu.ReadUnlock();
        int id = position.Id;
        CssPut(position);
        return id;
    }

    public static void Bug037(ReclaimIter iter, MemCgroup memcg)
    {
        Rcu.ReadLock();
        Rcu.ReadLockSched();
        if (CssTryget(memcg))
        {
            MemcgWalk.StorePosition(iter, memcg);
            CssPut(memcg);
        }
        Rcu.ReadUnlockSched();
        Rcu.ReadUnlock();
    }

    public static bool Bug038(MemCgroup root)
    {
        for (var memcg = MemCgroupIter(root, null, null); memcg != null; memcg = MemCgroupIter(root, memcg, null))
        {
            if (memcg.Charged > 0)
            {
                MemCgroupIterBreak(memcg);
                return true;
            }
        }
        return false;
    }

    public static int Variant4g(MemCgroup memcg)
    {
        int id = 0;
        Rcu.ReadLock();
        Rcu.ReadLockSched();
        if (!CssTryget(memcg))
            goto dying;
        id = memcg.Id;
        CssPut(memcg);
    dying:
        Rcu.ReadUnlockSched();
        Rcu.ReadUnlock();
        return id;
    }

    [return: AcquiresRef]
    public static MemCgroup? Bug082(MemCgroup[] groups, int task)
    {
        Rcu.ReadLock();
        var memcg = MemcgWalk.FromTask(groups, task);
        if (memcg != null && !CssTryget(memcg))
            memcg = null;
        Rcu.ReadUnlock();
        return memcg;
    }

    [return: AcquiresRef]
    public static MemCgroup? Bug082Loop(MemCgroup[] groups, int task)
    {
        MemCgroup? memcg;
        Rcu.ReadLock();
        do
        {
            memcg = MemcgWalk.FromTask(groups, task);
        }
        while (memcg != null && !CssTryget(memcg));
        Rcu.ReadUnlock();
        return memcg;
    }

    public static void Bug041(MmuGather tlb, PteTable table, int index, Page page, AddressSpace mapping)
    {
        Memory.TlbGatherMmu(tlb);
        table.Ptl.Lock();
        PageWritebackOps.SetPageDirty(page, mapping);
        Tlb.ClearDirtyPte(tlb, table, index);
        Tlb.FlushMmuTlbonly(tlb, table);
        Tlb.FlushRmaps(tlb, table);
        Tlb.PteUnmapUnlock(tlb, table);
        Tlb.FlushMmu(tlb);
        Memory.TlbFinishMmu(tlb);
    }

    [MustHold("table.Ptl")]
    [TryAcquires("return.Lock", On = Outcome.NotNull)]
    [return: AcquiresRef]
    public static Page? Variant5h(PteTable table, int index, int pfn, MemCgroup from)
    {
        Page page = MemMap.PfnToPage(pfn);
        if (table.Ptes[index].Kind == PteKind.None || !GetPageUnlessZero(page))
            return null;
        if (TryLockPage(page))
        {
            if (PageMemcg(page) == from)
                return page;
            UnlockPage(page);
        }
        PutPage(page);
        return null;
    }

    public static void Bug048(Page page)
    {
        var memcg = Charges.LockMoving(page, out ulong flags);
        Bug.On(memcg.Charged < 0, "uncharged below zero");
        memcg.MoveLock.UnlockIrqRestore(flags);
    }

    public static void Bug068(ChargeMove move)
    {
        Charges.Announce(move);
        Charges.WaitForFastReaders(move);
        Charges.MoveAll(move);
    }

    public static bool Bug053(Page first, Page second)
    {
        if (!TryLockPage(first))
            return false;
        bool both = TryLockPage(second);
        if (both)
            UnlockPage(second);
        UnlockPage(first);
        return both;
    }

    public static void Bug076(Page page, AddressSpace mapping)
    {
        LockPage(page);
        var result = Vmscan.PageOut(page, mapping);
        if (result != PageOutResult.Success)
            UnlockPage(page);
    }

    public static void Bug076Switch(Page page, AddressSpace mapping)
    {
        LockPage(page);
        switch (Vmscan.PageOut(page, mapping))
        {
            case PageOutResult.Success:
                break;
            default:
                UnlockPage(page);
                break;
        }
    }

    public static int Bug077(MmStruct mm, Page page)
    {
        mm.MmapLock.DownRead();
        if (!LockPageOrRetry(page, mm, allowRetry: true))
            return -1;
        int vmas = mm.Vmas.Count;
        UnlockPage(page);
        mm.MmapLock.UpRead();
        return vmas;
    }

    public static bool Bug079(Page page)
    {
        if (!PageRefFreeze(page, 2))
            return false;
        page.MemCgroup = null;
        PageRefUnfreeze(page, 2);
        return true;
    }

    public static void Bug081(AddressSpace mapping, int index, MemCgroup memcg)
    {
        var page = PageAlloc.AllocPages(0, 0);
        if (page == null)
            return;
        CommitCharge(page, memcg);
        PublishPage(page);
        if (TryLockPage(page))
        {
            AddToPageCacheLocked(page, mapping, index);
            UnlockPage(page);
        }
        PutPageOffLru(page);
    }

    public static int Bug062(UpperTable upper)
    {
        Irq.Disable();
        var table = upper.Below;
        if (table == null)
        {
            Irq.Enable();
            return 0;
        }
        table.Ptl.Lock();
        int entries = 0;
        if (upper.Below == table)
            entries = table.Ptes.Length;
        table.Ptl.Unlock();
        Irq.Enable();
        return entries;
    }

    public static bool Bug064(VmaRange vma)
    {
        if (!vma.Lock.DownReadTrylock())
            return false;
        var tree = vma.AnonVma;
        if (tree != null)
        {
            tree.Rwsem.DownRead();
            tree.Rwsem.UpRead();
        }
        vma.Lock.UpRead();
        return tree != null;
    }

    public static void Bug093(Page page)
    {
        while (true)
        {
            var tree = page.AnonVma;
            if (tree == null)
                return;
            tree.Rwsem.DownRead();
            if (tree == page.AnonVma)
            {
                tree.Rwsem.UpRead();
                return;
            }
            tree.Rwsem.UpRead();
        }
    }

    public static void Bug091(Bug091_TwoPtlsInTheWrongOrder.Move move)
    {
        move.Old.Lock();
        move.New.Lock();
        move.New.Unlock();
        move.Old.Unlock();
    }

    public static void Bug086(SrcuStruct vmas, SrcuStruct shrinkers)
    {
        int cookie = vmas.ReadLock();
        int other = shrinkers.ReadLock();
        shrinkers.ReadUnlock(other);
        vmas.ReadUnlock(cookie);
    }

    public static void Bug084(ListNode node)
    {
        RcuList.Lock.Lock();
        RcuList.Del(node);
        RcuList.Lock.Unlock();
        Rcu.Synchronize();
        RcuList.Free(node);
    }

    public static bool Variant3h(AddressSpace swapCache, int index)
    {
        var page = FindGetPage(swapCache, index);
        bool found = page != null && PageSwapCache(page);
        if (page != null)
            PutPage(page);
        return found;
    }

    public static void Bug090(MmStruct mm, Page page)
    {
        LockPage(page);
        if (!mm.MmapLock.DownReadTrylock())
        {
            UnlockPage(page);
            mm.MmapLock.DownRead();
            LockPage(page);
        }
        UnlockPage(page);
        mm.MmapLock.UpRead();
    }

    public static void Bug022(PteTable table, int index, Page page)
    {
        table.Ptl.Lock();
        table.Ptes[index] = default;
        bool locked = TryLockPage(page);
        table.Ptl.Unlock();
        if (locked)
            UnlockPage(page);
    }

    public static int Bug026(SwpEntry entry)
    {
        var device = Swapfile.GetSwapDevice(entry);
        if (device == null)
            return 0;
        int left = Swap.ReadPage(device, entry);
        Swapfile.PutSwapDevice(device);
        return left;
    }

    [Releases("page.Isolation"), NeverSleeps]
    public static void Bug011(Lruvec lruvec, [ReleasesRef] Page page, PageList dead)
    {
        lruvec.LruLock.LockIrqSave(out ulong flags);
        MemCgroupUpdateLruSize(lruvec, PageLruList(page), 1);
        SetPageLru(page);
        Page? last = PutPageTestzero(page);
        if (last != null)
        {
            ClearPageLruDead(last);
            LruLists.Unlink(last, lruvec);
            dead.AddDead(last);
        }
        lruvec.LruLock.UnlockIrqRestore(flags);
    }
}
