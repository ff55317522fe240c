using MmLock;
using static MmKernel.Memcontrol;
using static MmKernel.PageFlags;
using static MmKernel.PageRef;

namespace MmKernel;

/// <summary>What a batch does with each of its pages: called with the page claimed and its lruvec locked.</summary>
/// <param name="page">The page, isolated by the caller.</param>
/// <param name="lruvec">The lruvec it belongs to, locked by the caller.</param>
[MustHold("lruvec.LruLock", "page.Isolation"), NeverSleeps]
public delegate void PagevecMoveFn(Page page, Lruvec lruvec);

/// <summary>
/// Getting pages onto the LRU lists, along them and off them (mm/swap.c). Pages travel in per-CPU batches, so that
/// lru_lock is taken once for many. The rule of all of it: the lruvec of a page may be looked up only while its binding
/// is kept, and in a batch what keeps it is that PG_lru was cleared by us, or was never set.
/// </summary>
public static class Lru
{
    /// <summary>SWAP_CLUSTER_MAX: no batch holds a lruvec lock for longer than this many pages.</summary>
    public const int SwapClusterMax = 32;

    [LockClass(LockClasses.LruDrainMutex)]
    private static readonly Mutex DrainMutex = new(LockClasses.LruDrainMutex);

    /// <summary>add_page_to_lru_list.</summary>
    [MustHold("lruvec.LruLock"), NeverSleeps]
    internal static void AddPageToLruList(Page page, Lruvec lruvec)
    {
        var lru = PageLruList(page);
        MemCgroupUpdateLruSize(lruvec, lru, CompoundNr(page));
        lruvec.Lists[(int)lru].AddFirst(page);
    }

    /// <summary>add_page_to_lru_list_tail.</summary>
    [MustHold("lruvec.LruLock"), NeverSleeps]
    internal static void AddPageToLruListTail(Page page, Lruvec lruvec)
    {
        var lru = PageLruList(page);
        MemCgroupUpdateLruSize(lruvec, lru, CompoundNr(page));
        lruvec.Lists[(int)lru].AddLast(page);
    }

    /// <summary>del_page_from_lru_list: only the owner of the isolation (or of the dead page) may unlink.</summary>
    [MustHold("lruvec.LruLock"), MustHoldAny("page.Isolation", "page.Exclusive"), NeverSleeps]
    internal static void DelPageFromLruList(Page page, Lruvec lruvec)
    {
        var lru = PageLruList(page);
        lruvec.Lists[(int)lru].Remove(page);
        MemCgroupUpdateLruSize(lruvec, lru, -CompoundNr(page));
    }

    /// <summary>
    /// lru_cache_add: puts a page that is on no list into this CPU's add batch, with a reference of the batch's own.
    /// The caller's isolation ends here: it goes to the batch, and the drain that links the page ends it.
    /// </summary>
    [Releases("page.Isolation"), MustNotHold("@lru_lock"), NeverSleeps]
    [MayAcquire("@lru_pvecs_lock", "@lru_lock", "@zone_lock")]
    public static void LruCacheAdd([MustHoldRef] Page page)
    {
        GetPage(page);
        LruPvecs.Lock.Lock();
        var pvec = LruPvecs.LruAdd[Cpu.ThisCpu()];
        if (!pvec.AddIsolated(page) || PageHead(page))
            PagevecLruAdd(pvec);
        LruPvecs.Lock.Unlock();
    }

    /// <summary>
    /// __pagevec_lru_add: links the pages of an add batch. They were never linked, so there is no claim to win.
    /// </summary>
    [MustHold("LruPvecs.Lock"), MustNotHold("@lru_lock"), NeverSleeps]
    [MayAcquire("@lru_lock", "@zone_lock")]
    public static void PagevecLruAdd(Pagevec pvec)
    {
        Lruvec? lruvec = null;
        Irq.Save(out ulong flags);
        for (int i = 0; i < pvec.Count; i++)
        {
            Page page = pvec.TakeIsolation(i);
            lruvec = RelockPageLruvec(page, lruvec);
            PagevecLruAddFn(page, lruvec);
        }
        if (lruvec != null)
            UnlockPageLruvec(lruvec);
        Irq.Restore(flags);
        ReleasePages(pvec);
    }

    /// <summary>
    /// __pagevec_lru_add_fn: links one page and ends its isolation. PG_lru is set before PG_mlocked is read, and
    /// munlock clears PG_mlocked before it tests PG_lru: one of the two sees the other, and no unlocked page is
    /// stranded as unevictable.
    /// </summary>
    [MustHold("lruvec.LruLock"), Releases("page.Isolation"), NeverSleeps]
    internal static void PagevecLruAddFn(Page page, Lruvec lruvec)
    {
        if (PageEvictable(page))
        {
            ClearPageUnevictable(page);
        }
        else
        {
            ClearPageActive(page);
            SetPageUnevictable(page);
        }
        AddPageToLruList(page, lruvec);
        SetPageLru(page);
    }

    /// <summary>
    /// pagevec_lru_move_fn: runs a function on every page of a batch, under the page's lru_lock. Each page is claimed
    /// before its lruvec is looked up; without the claim the page could move to another memcg between the look-up and
    /// the lock, and the list of the one would be edited under the lock of the other. A lost claim means that somebody
    /// else has the page: skip it.
    /// </summary>
    [MustHoldAny("LruPvecs.Lock", "LruRotate.Lock"), MustNotHold("@lru_lock"), NeverSleeps]
    [MayAcquire("@lru_lock", "@zone_lock")]
    public static void PagevecLruMoveFn(Pagevec pvec, [InvokedHere] PagevecMoveFn moveFn)
    {
        Lruvec? lruvec = null;
        Irq.Save(out ulong flags);
        for (int i = 0; i < pvec.Count; i++)
        {
            Page page = pvec[i];
            if (!TestClearPageLru(page))
            {
                Races.Met(Race.LruClaimLost);
                continue;
            }
            lruvec = RelockPageLruvec(page, lruvec);
            moveFn(page, lruvec);
            SetPageLru(page);
        }
        if (lruvec != null)
            UnlockPageLruvec(lruvec);
        Irq.Restore(flags);
        ReleasePages(pvec);
    }

    /// <summary>pagevec_move_tail_fn: the page is clean now, let reclaim meet it first.</summary>
    [MustHold("lruvec.LruLock", "page.Isolation"), NeverSleeps]
    private static void PagevecMoveTailFn(Page page, Lruvec lruvec)
    {
        if (PageUnevictable(page))
            return;
        DelPageFromLruList(page, lruvec);
        ClearPageActive(page);
        AddPageToLruListTail(page, lruvec);
    }

    /// <summary>__activate_page.</summary>
    [MustHold("lruvec.LruLock", "page.Isolation"), NeverSleeps]
    private static void ActivatePageFn(Page page, Lruvec lruvec)
    {
        if (PageActive(page) || PageUnevictable(page))
            return;
        DelPageFromLruList(page, lruvec);
        SetPageActive(page);
        AddPageToLruList(page, lruvec);
    }

    /// <summary>lru_deactivate_file_fn.</summary>
    [MustHold("lruvec.LruLock", "page.Isolation"), NeverSleeps]
    private static void LruDeactivateFileFn(Page page, Lruvec lruvec)
    {
        if (PageUnevictable(page) || page.MapCount > 0)
            return;
        DelPageFromLruList(page, lruvec);
        ClearPageActive(page);
        TestClearPageReferenced(page);
        if (PageWriteback(page) || PageDirty(page))
            SetPageReclaim(page);
        AddPageToLruListTail(page, lruvec);
    }

    /// <summary>activate_page: through this CPU's batch.</summary>
    [MustNotHold("@lru_lock"), MayAcquire("@lru_pvecs_lock", "@lru_lock", "@zone_lock"), NeverSleeps]
    public static void ActivatePage([MustHoldRef] Page page)
    {
        if (!PageLru(page) || PageActive(page) || PageUnevictable(page))
            return;
        GetPage(page);
        LruPvecs.Lock.Lock();
        var pvec = LruPvecs.ActivatePage[Cpu.ThisCpu()];
        if (!pvec.Add(page) || PageHead(page))
            PagevecLruMoveFn(pvec, ActivatePageFn);
        LruPvecs.Lock.Unlock();
    }

    /// <summary>deactivate_file_page: finds its own reference, so the caller needs none.</summary>
    [MustNotHold("@lru_lock"), MayAcquire("@lru_pvecs_lock", "@lru_lock", "@zone_lock"), NeverSleeps]
    public static void DeactivateFilePage(Page page)
    {
        if (PageUnevictable(page) || !GetPageUnlessZero(page))
            return;
        LruPvecs.Lock.Lock();
        var pvec = LruPvecs.LruDeactivateFile[Cpu.ThisCpu()];
        if (!pvec.Add(page) || PageHead(page))
            PagevecLruMoveFn(pvec, LruDeactivateFileFn);
        LruPvecs.Lock.Unlock();
    }

    /// <summary>
    /// mark_page_accessed: first use sets PG_referenced, second use activates. Called under page-table locks, so
    /// nothing here sleeps.
    /// </summary>
    [MustNotHold("@lru_lock"), MayAcquire("@lru_pvecs_lock", "@lru_lock", "@zone_lock"), NeverSleeps]
    public static void MarkPageAccessed([MustHoldRef] Page page)
    {
        if (!PageReferenced(page))
        {
            SetPageReferenced(page);
            return;
        }
        if (!PageActive(page) && !PageUnevictable(page))
        {
            ActivatePage(page);
            TestClearPageReferenced(page);
        }
    }

    /// <summary>
    /// rotate_reclaimable_page: the write of a page that reclaim wants has ended. Runs in the interrupt of the device;
    /// PG_writeback, still set, keeps the page alive.
    /// </summary>
    [RunsIn(ExecutionContext.Any), MustNotHold("@lru_lock"), NeverSleeps]
    [MayAcquire("@lru_rotate_lock", "@lru_lock", "@zone_lock")]
    public static void RotateReclaimablePage([MustHoldRef] Page page)
    {
        if (PageLocked(page) || PageDirty(page) || PageUnevictable(page) || !PageLru(page))
            return;
        GetPage(page);
        LruRotate.Lock.LockIrqSave(out ulong flags);
        var pvec = LruRotate.Pvec[Cpu.ThisCpu()];
        if (!pvec.Add(page) || PageHead(page))
            PagevecLruMoveFn(pvec, PagevecMoveTailFn);
        LruRotate.Lock.UnlockIrqRestore(flags);
    }

    /// <summary>lru_add_drain: empties the batches of this CPU.</summary>
    [MustNotHold("@lru_lock"), MayAcquire("@lru_pvecs_lock", "@lru_rotate_lock", "@lru_lock", "@zone_lock"), NeverSleeps]
    public static void LruAddDrain()
    {
        LruPvecs.Lock.Lock();
        LruAddDrainCpu(Cpu.ThisCpu());
        LruPvecs.Lock.Unlock();
    }

    /// <summary>lru_add_drain_cpu: the batches of one CPU, which is this one, or dead.</summary>
    [MustHold("LruPvecs.Lock"), MustNotHold("@lru_lock"), NeverSleeps]
    [MayAcquire("@lru_rotate_lock", "@lru_lock", "@zone_lock")]
    public static void LruAddDrainCpu(int cpu)
    {
        var add = LruPvecs.LruAdd[cpu];
        if (add.Count > 0)
            PagevecLruAdd(add);

        LruRotate.Lock.LockIrqSave(out ulong flags);
        var rotate = LruRotate.Pvec[cpu];
        if (rotate.Count > 0)
            PagevecLruMoveFn(rotate, PagevecMoveTailFn);
        LruRotate.Lock.UnlockIrqRestore(flags);

        var activate = LruPvecs.ActivatePage[cpu];
        if (activate.Count > 0)
            PagevecLruMoveFn(activate, ActivatePageFn);

        var deactivate = LruPvecs.LruDeactivateFile[cpu];
        if (deactivate.Count > 0)
            PagevecLruMoveFn(deactivate, LruDeactivateFileFn);
    }

    /// <summary>lru_add_drain_per_cpu: the work function, in a kernel thread that holds nothing.</summary>
    [RunsIn(ExecutionContext.Process)]
    private static void LruAddDrainPerCpu() => LruAddDrain();

    /// <summary>
    /// lru_add_drain_all: empties the batches of every CPU and waits for it. The work runs in a kernel thread of each
    /// CPU: so the caller must be able to sleep, and may hold nothing that such a thread might want.
    /// </summary>
    [MaySleep, MustNotHold("@lru_lock", "@page_lock")]
    [MayAcquire("@lru_drain_mutex", "@lru_pvecs_lock", "@lru_rotate_lock", "@lru_lock", "@zone_lock")]
    public static void LruAddDrainAll()
    {
        DrainMutex.Lock();
        var works = new Work[Cpu.All.Length];
        for (int cpu = 0; cpu < works.Length; cpu++)
        {
            works[cpu] = new Work(LruAddDrainPerCpu);
            works[cpu].ScheduleOn(Cpu.All[cpu]);
        }
        foreach (var work in works)
            work.Flush();
        DrainMutex.Unlock();
    }

    /// <summary>
    /// put_page: gives a reference up. If it is the last one the page is freed, and if the page is on a list that takes
    /// lru_lock: so it is never called under lru_lock.
    /// </summary>
    [RunsIn(ExecutionContext.Any), MustNotHold("@lru_lock"), MayAcquire("@lru_lock", "@zone_lock"), NeverSleeps]
    public static void PutPage([ReleasesRef] Page page)
    {
        Page? last = PutPageTestzero(page);
        if (last != null)
            PutPageLast(last);
    }

    /// <summary>put_page of a page that got onto no list after all: its isolation ends with it.</summary>
    [Releases("page.Isolation"), MustNotHold("@lru_lock"), MayAcquire("@lru_lock", "@zone_lock"), NeverSleeps]
    public static void PutPageOffLru([ReleasesRef] Page page)
    {
        page.Isolation.HandOver();
        PutPage(page);
    }

    /// <summary>
    /// An allocation that was not needed after all: nobody has seen the page, though a scanner may hold a reference for
    /// a moment.
    /// </summary>
    [Releases("page.Exclusive", "page.Isolation"), MustNotHold("@lru_lock"), MayAcquire("@lru_lock", "@zone_lock"), NeverSleeps]
    public static void FreeNewPage([ReleasesRef] Page page)
    {
        PublishPage(page);
        PutPageOffLru(page);
    }

    /// <summary>__put_page: the page is dead, and ours to bury.</summary>
    [RunsIn(ExecutionContext.Any), MustNotHold("@lru_lock"), MayAcquire("@lru_lock", "@zone_lock"), NeverSleeps]
    [Releases("page.Exclusive")]
    private static void PutPageLast([ReleasesRef] Page page)
    {
        PageCacheRelease(page);
        MemCgroupUncharge(page);
        PageAlloc.FreeUnrefPage(page);
    }

    /// <summary>
    /// __page_cache_release: takes a dead page off its list. Nobody can claim it any more (that takes a reference), so
    /// the isolation is ours for the asking; the list still wants its lock.
    /// </summary>
    [MustHold("page.Exclusive"), Acquires("page.Isolation"), MustNotHold("@lru_lock"), MayAcquire("@lru_lock"), NeverSleeps]
    private static void PageCacheRelease(Page page)
    {
        if (PageLru(page))
        {
            var lruvec = LockPageLruvecIrqsave(page, out ulong flags);
            ClearPageLruDead(page);
            DelPageFromLruList(page, lruvec);
            UnlockPageLruvecIrqrestore(lruvec, flags);
        }
        else
        {
            page.Isolation.Adopt();
        }
    }

    /// <summary>
    /// release_pages: put_page for a whole batch, with the lruvec lock kept from dead page to dead page and dropped at
    /// the latest after <see cref="SwapClusterMax"/> of them.
    /// </summary>
    [RunsIn(ExecutionContext.Any), MustNotHold("@lru_lock"), MayAcquire("@lru_lock", "@zone_lock"), NeverSleeps]
    public static void ReleasePages(Pagevec pvec)
    {
        var dead = new PageList();
        Lruvec? locked = null;
        ulong flags = 0;
        int batch = 0;
        Page? page;
        while ((page = pvec.Pop()) != null)
        {
            if (locked != null && ++batch == SwapClusterMax)
            {
                UnlockPageLruvecIrqrestore(locked, flags);
                locked = null;
            }
            Page? last = PutPageTestzero(page);
            if (last == null)
                continue;
            if (PageLru(last))
            {
                if (locked != null && !LruvecHoldsPageLruLock(last, locked))
                {
                    UnlockPageLruvecIrqrestore(locked, flags);
                    locked = null;
                }
                if (locked == null)
                {
                    batch = 0;
                    locked = LockPageLruvecIrqsave(last, out flags);
                }
                ClearPageLruDead(last);
                DelPageFromLruList(last, locked);
            }
            else
            {
                last.Isolation.Adopt();
            }
            dead.AddDead(last);
        }
        if (locked != null)
            UnlockPageLruvecIrqrestore(locked, flags);
        UnchargeAndFree(dead);
    }

    /// <summary>mem_cgroup_uncharge_list and free_unref_page_list.</summary>
    [MustNotHold("@lru_lock"), MayAcquire("@zone_lock"), NeverSleeps]
    internal static void UnchargeAndFree(PageList dead)
    {
        Page? page;
        while ((page = dead.TakeDead()) != null)
        {
            MemCgroupUncharge(page);
            PageAlloc.FreeUnrefPage(page);
        }
    }

    /// <summary>
    /// isolate_lru_page: takes one page off the LRU for the caller, zero on success. The caller has a reference;
    /// success adds the one that belongs to the isolation. Interrupts go on again at the end, so they must have been on
    /// before.
    /// </summary>
    [MustNotHold("@lru_lock", "@irq"), MayAcquire("@lru_lock"), NeverSleeps]
    [TryAcquires("page.Isolation", On = Outcome.Zero)]
    public static int IsolateLruPage([MustHoldRef, TryAcquiresRef(On = Outcome.Zero)] Page page)
    {
        if (!TestClearPageLru(page))
        {
            Races.Met(Race.LruClaimLost);
            return -16;
        }
        GetPage(page);
        var lruvec = LockPageLruvecIrq(page);
        DelPageFromLruList(page, lruvec);
        UnlockPageLruvecIrq(lruvec);
        return 0;
    }

    /// <summary>putback_lru_page: ends an isolation, with the reference that came with it.</summary>
    [Releases("page.Isolation"), MustNotHold("@lru_lock", "@irq"), NeverSleeps]
    [MayAcquire("@lru_pvecs_lock", "@lru_lock", "@zone_lock")]
    public static void PutbackLruPage([ReleasesRef] Page page)
    {
        LruCacheAdd(page);
        PutPage(page);
    }

    /// <summary>
    /// lru_note_cost: what reclaim of one lruvec has cost is told to it and to its ancestors, one lock after the other.
    /// Parent and child locks are the same class and are never held together.
    /// </summary>
    [MustNotHold("@lru_lock", "@irq"), MayAcquire("@lru_lock"), NeverSleeps]
    public static void LruNoteCost(Lruvec lruvec, bool file, int pages)
    {
        Lruvec? at = lruvec;
        while (at != null)
        {
            at.LruLock.LockIrq();
            if (file)
                at.FileCost += pages;
            else
                at.AnonCost += pages;
            at.LruLock.UnlockIrq();
            at = at.Memcg.Parent?.Nodes[at.Nid].Lruvec;
        }
    }

    internal static Pagevec[] MakePagevecs()
    {
        var all = new Pagevec[64];
        for (int i = 0; i < all.Length; i++)
            all[i] = new Pagevec();
        return all;
    }
}
