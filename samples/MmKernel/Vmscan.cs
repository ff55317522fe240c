using System.Threading;
using MmLock;
using static MmKernel.Lru;
using static MmKernel.Memcontrol;
using static MmKernel.PageFlags;
using static MmKernel.PageLock;
using static MmKernel.PageRef;

namespace MmKernel;

/// <summary>What became of a page that was to be written.</summary>
public enum PageOutResult
{
    /// <summary>Could not be written; keep it, still locked.</summary>
    Keep,

    /// <summary>Could not be written; keep it as active, still locked.</summary>
    Activate,

    /// <summary>Handed to the device, and unlocked on the way.</summary>
    Success,

    /// <summary>Nothing to write, still locked.</summary>
    Clean,
}

/// <summary>
/// Reclaim (mm/vmscan.c): takes pages off the end of the LRU lists, throws away what can be thrown away, and puts the
/// rest back. It is entered by whoever allocates, with locks of all kinds held outside; hence it only tries page locks,
/// and never waits for one.
/// </summary>
public static class Vmscan
{
    private static readonly int[] Wanted = new int[8];

    /// <summary>Pages reclaimed so far.</summary>
    public static long Reclaimed => Interlocked.Read(ref ReclaimedTotal);

    private static long ReclaimedTotal;

    /// <summary>wakeup_kswapd.</summary>
    [NeverSleeps]
    public static void WakeupKswapd(int nid) => Volatile.Write(ref Wanted[nid], 1);

    /// <summary>Does kswapd of this node have something to do?</summary>
    public static bool KswapdWanted(int nid) =>
        Volatile.Read(ref Wanted[nid]) != 0 || MemMap.Zones[nid].NrFree < MemMap.Zones[nid].Frames / 8;

    /// <summary>
    /// balance_pgdat: reclaims until there is enough free memory on the node, or it has tried long enough.
    /// </summary>
    [MaySleep]
    public static void BalancePgdat(int nid)
    {
        Volatile.Write(ref Wanted[nid], 0);
        var zone = MemMap.Zones[nid];
        for (int round = 0; round < 8 && zone.NrFree < zone.Frames / 4; round++)
        {
            ShrinkNodeMemcgs(RootMemCgroup, nid, int.MaxValue, shared: false);
            Sched.CondResched();
        }
    }

    /// <summary>
    /// isolate_lru_pages: takes pages from the end of a list onto a private one. In the order that matters: a
    /// reference, then the claim. A page whose claim is lost is somebody else's; the reference taken for it goes back
    /// under lru_lock, which is legal only because the winner of the claim has one of its own.
    /// </summary>
    [MustHold("lruvec.LruLock"), NeverSleeps]
    public static int IsolateLruPages(Lruvec lruvec, LruListKind lru, PageList dst, int nrToScan)
    {
        var src = lruvec.Lists[(int)lru];
        int taken = 0;
        for (int scan = 0; scan < nrToScan; scan++)
        {
            Page? page = src.Last;
            if (page == null)
                break;
            if (!GetPageUnlessZero(page))
            {
                // Dying: whoever frees it is waiting for our lru_lock to unlink it.
                src.Remove(page);
                src.AddFirst(page);
                continue;
            }
            if (!TestClearPageLru(page))
            {
                Races.Met(Race.LruClaimLost);
                src.Remove(page);
                src.AddFirst(page);
                PutPageNotLast(page);
                continue;
            }
            DelPageFromLruList(page, lruvec);
            dst.AddIsolated(page);
            taken++;
        }
        return taken;
    }

    /// <summary>
    /// __isolate_lru_page_prepare: is this page worth isolating in this mode? It may try the page lock, and that is why
    /// the caller has to have a reference by now: setting the lock bit of a page without one corrupts its next life.
    /// </summary>
    [NeverSleeps]
    public static bool IsolateLruPagePrepare([MustHoldRef] Page page, bool asyncMigrate)
    {
        if (PageUnevictable(page))
            return false;
        if (PageWriteback(page))
            return false;
        if (asyncMigrate && PageDirty(page))
        {
            if (!TryLockPage(page))
                return false;
            bool migratable = page.Mapping != null || PageSwapBacked(page);
            UnlockPage(page);
            return migratable;
        }
        return true;
    }

    /// <summary>
    /// move_pages_to_lru: puts isolated pages back onto their lruvec. PG_lru is set before the reference is given up:
    /// in the other order release_pages could free the page without seeing that it has to be unlinked. Pages that do
    /// not belong here are put back with the lock dropped.
    /// </summary>
    [MustHold("lruvec.LruLock", "@irq"), Drops("lruvec.LruLock", "@irq"), NeverSleeps]
    public static void MovePagesToLru(Lruvec lruvec, PageList list, PageList dead)
    {
        Page? page;
        while ((page = list.TakeIsolated()) != null)
        {
            if (!PageEvictable(page))
            {
                lruvec.LruLock.UnlockIrq();
                PutbackLruPage(page);
                lruvec.LruLock.LockIrq();
                continue;
            }
            Bug.On(!LruvecHoldsPageLruLock(page, lruvec), $"{page} goes back to {lruvec} but belongs to {PageMemcg(page)}");
            AddPageToLruList(page, lruvec);
            SetPageLru(page);
            Page? last = PutPageTestzero(page);
            if (last == null)
                continue;
            Races.Met(Race.FreedWhileIsolated);
            ClearPageLruDead(last);
            DelPageFromLruList(last, lruvec);
            dead.AddDead(last);
        }
    }

    /// <summary>
    /// check_move_unevictable_pages: pages that became evictable go back where reclaim finds them. One lruvec lock at a
    /// time along the batch, from interrupts on to interrupts on.
    /// </summary>
    [MustNotHold("@lru_lock", "@irq"), MayAcquire("@lru_lock", "@zone_lock"), NeverSleeps]
    public static void CheckMoveUnevictablePages(Pagevec pvec)
    {
        Lruvec? lruvec = null;
        for (int i = 0; i < pvec.Count; i++)
        {
            Page page = pvec[i];
            if (!TestClearPageLru(page))
                continue;
            lruvec = RelockPageLruvecIrq(page, lruvec);
            if (PageEvictable(page) && PageUnevictable(page))
            {
                DelPageFromLruList(page, lruvec);
                ClearPageUnevictable(page);
                AddPageToLruList(page, lruvec);
            }
            SetPageLru(page);
        }
        if (lruvec != null)
            UnlockPageLruvecIrq(lruvec);
        ReleasePages(pvec);
    }

    /// <summary>shrink_inactive_list.</summary>
    [MaySleep, MustNotHold("@lru_lock", "@irq")]
    [MayAcquire("@i_mmap_rwsem", "@anon_vma_rwsem", "@ptl", "@mmlist_lock", "@swap_info_lock", "@swap_cluster_lock",
        "@move_lock", "@i_pages", "@lru_pvecs_lock", "@lru_rotate_lock", "@lru_lock", "@zone_lock", "@page_wait_queue")]
    public static int ShrinkInactiveList(Lruvec lruvec, LruListKind lru, int nrToScan)
    {
        var list = new PageList();
        var dead = new PageList();
        LruAddDrain();
        lruvec.LruLock.LockIrq();
        int taken = IsolateLruPages(lruvec, lru, list, nrToScan);
        lruvec.LruLock.UnlockIrq();
        if (taken == 0)
            return 0;
        int reclaimed = ShrinkPageList(list);
        lruvec.LruLock.LockIrq();
        MovePagesToLru(lruvec, list, dead);
        lruvec.LruLock.UnlockIrq();
        LruNoteCost(lruvec, lru == LruListKind.InactiveFile, taken - reclaimed);
        UnchargeAndFree(dead);
        Interlocked.Add(ref ReclaimedTotal, reclaimed);
        return reclaimed;
    }

    /// <summary>shrink_active_list: while a page is isolated PG_active is ours to change without a lock.</summary>
    [MaySleep, MustNotHold("@lru_lock", "@irq")]
    [MayAcquire("@lru_pvecs_lock", "@lru_rotate_lock", "@lru_lock", "@zone_lock")]
    public static void ShrinkActiveList(Lruvec lruvec, LruListKind lru, int nrToScan)
    {
        var hold = new PageList();
        var keep = new PageList();
        var dead = new PageList();
        LruAddDrain();
        lruvec.LruLock.LockIrq();
        IsolateLruPages(lruvec, lru, hold, nrToScan);
        lruvec.LruLock.UnlockIrq();
        Page? page;
        while ((page = hold.TakeIsolated()) != null)
        {
            Sched.CondResched();
            if (!TestClearPageReferenced(page))
                ClearPageActive(page);
            keep.AddIsolated(page);
        }
        lruvec.LruLock.LockIrq();
        MovePagesToLru(lruvec, keep, dead);
        lruvec.LruLock.UnlockIrq();
        UnchargeAndFree(dead);
    }

    /// <summary>
    /// shrink_page_list: throws away what can be thrown away; what stays is back on the list when this returns,
    /// isolated as it came. Every page leaves its round either dead or back on the list, unlocked.
    /// </summary>
    [MaySleep, MustNotHold("@lru_lock", "@ptl")]
    [MayAcquire("@i_mmap_rwsem", "@anon_vma_rwsem", "@ptl", "@mmlist_lock", "@swap_info_lock", "@swap_cluster_lock",
        "@move_lock", "@i_pages", "@lru_rotate_lock", "@lru_lock", "@zone_lock", "@page_wait_queue")]
    public static int ShrinkPageList(PageList list)
    {
        var keep = new PageList();
        var dead = new PageList();
        int reclaimed = 0;
        Page? page;
        while ((page = list.TakeIsolated()) != null)
        {
            Sched.CondResched();
            if (!TryLockPage(page))
                goto keepPage;

            if (!PageEvictable(page) || PageHead(page))
                goto keepLocked;

            if (PageWriteback(page))
            {
                // Ask the completion to put it where we find it next time.
                SetPageReclaim(page);
                goto keepLocked;
            }

            if (PageCheckReferences(page))
                goto activateLocked;

            if (PageSwapBacked(page) && !PageSwapCache(page) && !Swapfile.AddToSwap(page))
                goto activateLocked;

            if (page.MapCount > 0 && !Rmap.TryToUnmap(page))
                goto activateLocked;

            var mapping = page.Mapping;
            if (PageDirty(page))
            {
                switch (PageOut(page, mapping))
                {
                    case PageOutResult.Keep:
                        goto keepLocked;
                    case PageOutResult.Activate:
                        goto activateLocked;
                    case PageOutResult.Success:
                        // The writer has unlocked the page; a fast device may be done with it by now.
                        if (PageWriteback(page) || PageDirty(page))
                            goto keepPage;
                        if (!TryLockPage(page))
                            goto keepPage;
                        if (PageDirty(page) || PageWriteback(page))
                            goto keepLocked;
                        mapping = page.Mapping;
                        break;
                    default:
                        break;
                }
            }

            if (mapping == null || !RemoveMapping(mapping, page))
                goto keepLocked;

            // Nobody else sees the page any more. The plain unlock, not a bare store to the bit: somebody who waits
            // without a reference may still sleep on it.
            UnlockPage(page);
            reclaimed += CompoundNr(page);
            dead.AddDead(page);
            continue;

        activateLocked:
            SetPageActive(page);
        keepLocked:
            UnlockPage(page);
        keepPage:
            keep.AddIsolated(page);
        }
        while ((page = keep.TakeIsolated()) != null)
            list.AddIsolated(page);
        UnchargeAndFree(dead);
        return reclaimed;
    }

    /// <summary>page_check_references: was the page used since reclaim last looked?</summary>
    [MustHold("page.Lock"), MaySleep, MayAcquire("@i_mmap_rwsem", "@anon_vma_rwsem", "@ptl")]
    private static bool PageCheckReferences([MustHoldRef] Page page)
    {
        if (page.MapCount > 0 && Rmap.PageReferenced(page) > 0)
        {
            PageFlags.SetPageReferenced(page);
            return true;
        }
        return TestClearPageReferenced(page);
    }

    /// <summary>
    /// pageout: hands a dirty page to the device. On success the page comes back unlocked, on every other result locked
    /// as it was.
    /// </summary>
    [MaySleep]
    [Releases("page.Lock", OnValue = nameof(PageOutResult.Success))]
    [MayAcquire("@i_mmap_rwsem", "@ptl", "@move_lock", "@i_pages", "@page_wait_queue")]
    public static PageOutResult PageOut([MustHoldRef] Page page, AddressSpace? mapping)
    {
        if (mapping == null)
            return PageOutResult.Keep;
        if (!PageWritebackOps.ClearPageDirtyForIo(page, mapping))
            return PageOutResult.Clean;
        SetPageReclaim(page);
        PageWritebackOps.SetPageWriteback(page);
        BlockDevice.SubmitWrite(page, mapping);
        UnlockPage(page);
        return PageOutResult.Success;
    }

    /// <summary>
    /// __remove_mapping: takes the page out of its mapping if the cache and the caller have the only references. On
    /// true the page is frozen: nobody can find it or get a reference. A speculative reference makes it fail, and that
    /// is all right.
    /// </summary>
    [MustHold("page.Lock"), TryAcquires("page.Exclusive"), NeverSleeps]
    [MayAcquire("@i_pages", "@swap_cluster_lock", "@swap_info_lock")]
    public static bool RemoveMapping(AddressSpace mapping, [MustHoldRef] Page page)
    {
        int nr = CompoundNr(page);
        mapping.IPages.LockIrqSave(out ulong flags);
        if (!PageRefFreeze(page, 1 + nr))
        {
            mapping.IPages.UnlockIrqRestore(flags);
            return false;
        }
        // Dirtied since we looked, by somebody who had a reference then: the write must not be lost.
        if (PageDirty(page))
        {
            Races.Met(Race.DirtiedWhileReclaimed);
            PageRefUnfreeze(page, 1 + nr);
            mapping.IPages.UnlockIrqRestore(flags);
            return false;
        }
        Filemap.DeleteFromTree(page, mapping, nr);
        var entry = page.Swap;
        page.Clear(PageFlag.SwapCache);
        mapping.IPages.UnlockIrqRestore(flags);
        // Interrupts take i_pages and not the swap locks: the slot goes after i_pages is dropped, never under it.
        if (!entry.IsNone)
            Swapfile.PutSwapPage(entry);
        return true;
    }

    /// <summary>
    /// shrink_node_memcgs: reclaims from every group below a root. The walk returns a reference with each group and
    /// takes back that on the one before; whoever leaves in the middle has to give it back.
    /// </summary>
    [MaySleep]
    public static int ShrinkNodeMemcgs([MustHoldRef] MemCgroup root, int nid, int nrToReclaim, bool shared)
    {
        var cookie = shared ? new MemCgroupReclaimCookie(nid) : null;
        int reclaimed = 0;
        var memcg = MemCgroupIter(root, null, cookie);
        while (memcg != null)
        {
            reclaimed += ShrinkLruvec(memcg.Nodes[nid].Lruvec);
            if (reclaimed >= nrToReclaim)
            {
                MemCgroupIterBreak(memcg);
                break;
            }
            memcg = MemCgroupIter(root, memcg, cookie);
        }
        return reclaimed;
    }

    /// <summary>shrink_lruvec.</summary>
    [MaySleep, MustNotHold("@lru_lock", "@irq")]
    public static int ShrinkLruvec(Lruvec lruvec)
    {
        int reclaimed = 0;
        if (lruvec.Size(LruListKind.ActiveFile) > lruvec.Size(LruListKind.InactiveFile))
            ShrinkActiveList(lruvec, LruListKind.ActiveFile, SwapClusterMax);
        if (lruvec.Size(LruListKind.ActiveAnon) > lruvec.Size(LruListKind.InactiveAnon))
            ShrinkActiveList(lruvec, LruListKind.ActiveAnon, SwapClusterMax);
        reclaimed += ShrinkInactiveList(lruvec, LruListKind.InactiveFile, SwapClusterMax);
        reclaimed += ShrinkInactiveList(lruvec, LruListKind.InactiveAnon, SwapClusterMax);
        return reclaimed;
    }
}
