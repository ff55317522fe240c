using MmLock;

namespace MmKernel;

/// <summary>
/// The page allocator (mm/page_alloc.c). A page comes out of it exclusive and isolated: nobody else can see it, and it
/// is on no LRU list. What goes back has to be both again.
/// </summary>
public static class PageAlloc
{
    /// <summary>
    /// alloc_pages(GFP_KERNEL): may sleep for reclaim to make room. Waiting for reclaim counts like taking what reclaim
    /// takes, which is what the class @reclaim stands for: a caller that holds an rmap lock here can wait for itself.
    /// </summary>
    [MaySleep, MayAcquire("@reclaim", "@zone_lock")]
    [TryAcquires("return.Exclusive", "return.Isolation", On = Outcome.NotNull)]
    [return: AcquiresRef]
    public static Page? AllocPages(int order, int nid)
    {
        Sched.MightSleep("alloc_pages");
        LockValidator.MayAcquire("reclaim");
        for (int attempt = 0; attempt < 3; attempt++)
        {
            Page? page = AllocPagesNowait(order, nid);
            if (page != null)
                return page;
            Vmscan.WakeupKswapd(nid);
            Sched.ScheduleTimeout();
        }
        return null;
    }

    /// <summary>alloc_pages(GFP_NOWAIT): never sleeps, tries every node.</summary>
    [NeverSleeps, MayAcquire("@zone_lock")]
    [TryAcquires("return.Exclusive", "return.Isolation", On = Outcome.NotNull)]
    [return: AcquiresRef]
    public static Page? AllocPagesNowait(int order, int nid)
    {
        Page? page = RmqueueNode(order, nid);
        if (page != null)
            return page;
        return RmqueueNode(order, (nid + 1) % MemMap.Zones.Length);
    }

    /// <summary>free_unref_page: an exclusive page without references, off every list, goes back.</summary>
    [NeverSleeps, MayAcquire("@zone_lock"), RunsIn(ExecutionContext.Any)]
    [Releases("page.Exclusive", "page.Isolation")]
    public static void FreeUnrefPage([ReleasesRef] Page page)
    {
        Bug.On(page.RefCount != 0, $"{page} is freed with {page.RefCount} references");
        Bug.On(page.LruOwner != null, $"{page} is freed while it is linked to a list");
        Bug.On(page.MapCount != 0, $"{page} is freed while it is mapped");
        Bug.On(page.MemCgroup != null, $"{page} is freed while it is charged");
        Bug.On(PageFlags.PageLocked(page), $"{page} is freed while it is locked");
        Bug.On(PageFlags.PageWriteback(page), $"{page} is freed while it is being written");
        int nr = PageFlags.CompoundNr(page);
        page.Mapping = null;
        page.AnonVma = null;
        page.Swap = default;
        page.Data = 0;
        page.ResetFlags();
        var zone = MemMap.Zones[page.Nid];
        int at = page.Pfn - zone.Start;
        zone.Lock.LockIrqSave(out ulong flags);
        for (int i = 0; i < nr; i++)
        {
            Bug.On(zone.Free[at + i], $"{page} is freed twice");
            zone.Free[at + i] = true;
        }
        zone.NrFree += nr;
        zone.Lock.UnlockIrqRestore(flags);
        ToFreeList(page);
    }

    /// <summary>free_unref_page_list.</summary>
    [NeverSleeps, MayAcquire("@zone_lock"), MustNotHold("@lru_lock")]
    public static void FreeUnrefPageList(PageList dead)
    {
        Page? page;
        while ((page = dead.TakeDead()) != null)
            FreeUnrefPage(page);
    }

    /// <summary>start_isolate_page_range: nothing in the range is handed out any more.</summary>
    [NeverSleeps, MayAcquire("@zone_lock")]
    public static void StartIsolatePageRange(Zone zone, int start, int nr)
    {
        zone.Lock.LockIrq();
        zone.IsolatedStart = start - zone.Start;
        zone.IsolatedCount = nr;
        zone.Lock.UnlockIrq();
    }

    /// <summary>undo_isolate_page_range.</summary>
    [NeverSleeps, MayAcquire("@zone_lock")]
    public static void UndoIsolatePageRange(Zone zone)
    {
        zone.Lock.LockIrq();
        zone.IsolatedCount = 0;
        zone.Lock.UnlockIrq();
    }

    /// <summary>test_pages_isolated: is everything in the range free?</summary>
    [NeverSleeps, MayAcquire("@zone_lock")]
    public static bool TestPagesIsolated(Zone zone, int start, int nr)
    {
        bool empty = true;
        zone.Lock.LockIrq();
        for (int i = start - zone.Start; i < start - zone.Start + nr; i++)
            empty &= zone.Free[i];
        zone.Lock.UnlockIrq();
        return empty;
    }

    [TryAcquires("return.Exclusive", "return.Isolation", On = Outcome.NotNull)]
    [return: AcquiresRef]
    private static Page? RmqueueNode(int order, int nid)
    {
        var zone = MemMap.Zones[nid];
        int nr = 1 << order;
        zone.Lock.LockIrqSave(out ulong flags);
        int at = FindFree(zone, nr);
        if (at >= 0)
        {
            for (int i = 0; i < nr; i++)
                zone.Free[at + i] = false;
            zone.NrFree -= nr;
            zone.Cursor = at + nr;
        }
        zone.Lock.UnlockIrqRestore(flags);
        if (at < 0)
            return null;
        return PrepNewPage(MemMap.Pages[zone.Start + at], order);
    }

    [MustHold("zone.Lock")]
    private static int FindFree(Zone zone, int nr)
    {
        int frames = zone.Free.Length;
        for (int step = 0, at = zone.Cursor / nr * nr; step < frames; step += nr, at += nr)
        {
            if (at + nr > frames)
                at = 0;
            int i = 0;
            while (i < nr && zone.Free[at + i] && !InIsolatedRange(zone, at + i))
                i++;
            if (i == nr)
                return at;
        }
        return -1;
    }

    [MustHold("zone.Lock")]
    private static bool InIsolatedRange(Zone zone, int at) =>
        at >= zone.IsolatedStart && at < zone.IsolatedStart + zone.IsolatedCount;

    [NoLockAnalysis("primitive: a frame from the free list begins a life, with one reference and nobody who sees it")]
    [Acquires("return.Exclusive", "return.Isolation")]
    [return: AcquiresRef]
    private static Page PrepNewPage(Page page, int order)
    {
        page.Exclusive.Adopt();
        page.Isolation.Adopt();
        page.CompoundHead = null;
        if (order > 0)
        {
            page.Set(PageFlag.Head);
            for (int i = 1; i < 1 << order; i++)
                MemMap.Pages[page.Pfn + i].CompoundHead = page;
        }
        System.Threading.Volatile.Write(ref page.RefCountWord, 1);
        return page;
    }

    [NoLockAnalysis("primitive: the tokens end with the page's life; the frame keeps them until its next one")]
    [Releases("page.Exclusive", "page.Isolation")]
    private static void ToFreeList([ReleasesRef] Page page)
    {
    }
}
