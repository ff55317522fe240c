using MmLock;
using static MmKernel.Memcontrol;
using static MmKernel.PageFlags;
using static MmKernel.PageRef;

namespace MmKernel;

/// <summary>Huge pages (mm/huge_memory.c), here of four base pages.</summary>
public static class HugeMemory
{
    /// <summary>HPAGE_PMD_ORDER.</summary>
    public const int HpageOrder = 2;

    /// <summary>HPAGE_PMD_NR.</summary>
    public const int HpageNr = 1 << HpageOrder;

    /// <summary>
    /// split_huge_page_to_list, for a huge page of the page cache: turns it into base pages in place. The order is what
    /// the first thread was about: interrupts off, i_pages, freeze, then lru_lock. Before v5.11 it was the other way
    /// round; now the page is frozen by the time its lruvec is looked up, so its memcg cannot change. The freeze is the
    /// answer to "does anybody else use it"; every test before it is a guess.
    /// </summary>
    [MustHold("page.Lock"), MaySleep, MustNotHold("@lru_lock", "@ptl", "@i_mmap_rwsem", "@irq")]
    [MayAcquire("@i_mmap_rwsem", "@i_pages", "@lru_lock", "@page_wait_queue", "@zone_lock")]
    public static bool SplitHugePageToList([MustHoldRef] Page page)
    {
        var mapping = page.Mapping;
        if (!PageHead(page) || PageWriteback(page) || mapping == null)
            return false;
        mapping.IMmapRwsem.DownRead();
        Irq.Disable();
        mapping.IPages.Lock();
        if (page.Mapping != mapping || mapping.Load(page.Index) != page || !PageRefFreeze(page, 1 + HpageNr))
        {
            Races.Met(Race.SplitBusy);
            mapping.IPages.Unlock();
            Irq.Enable();
            mapping.IMmapRwsem.UpRead();
            return false;
        }
        SplitHugePage(page, mapping);
        mapping.IMmapRwsem.UpRead();
        return true;
    }

    /// <summary>
    /// __split_huge_page: entered with interrupts off, i_pages held and the head frozen; leaves with i_pages dropped,
    /// interrupts on and all pages visible. The plain form of lock_page_lruvec is legal only because the caller turned
    /// interrupts off.
    /// </summary>
    [MustHold("head.Lock"), NeverSleeps]
    [Releases("head.Exclusive", "mapping.IPages"), EnablesIrq]
    private static void SplitHugePage(Page head, AddressSpace mapping)
    {
        var lruvec = LockPageLruvec(head);
        // From the last to the first: the head stays compound until no tail needs it.
        for (int i = HpageNr - 1; i >= 1; i--)
            SplitHugePageTail(head, MemMap.Pages[head.Pfn + i], i, lruvec, mapping);
        MemCgroupUpdateLruSize(lruvec, PageLruList(head), -(HpageNr - 1));
        head.Clear(PageFlag.Head);
        UnlockPageLruvec(lruvec);
        // What the page cache holds of the head now is one reference; the other one is the caller's.
        PageRefUnfreeze(head, 2);
        mapping.IPages.Unlock();
        Irq.Enable();
    }

    /// <summary>
    /// __split_huge_page_tail: everything about the tail is in place, barrier included, before its reference count says
    /// that it exists. A tail has been nobody's until here: the frozen head answers for it.
    /// </summary>
    [MustHold("head.Exclusive", "lruvec.LruLock", "mapping.IPages"), NeverSleeps]
    private static void SplitHugePageTail(Page head, Page tail, int offset, Lruvec lruvec, AddressSpace mapping)
    {
        TakeTail(head, tail);
        tail.ResetFlags();
        tail.Set(head.FlagsWord & (PageFlag.Uptodate | PageFlag.Dirty | PageFlag.Referenced | PageFlag.Active
            | PageFlag.SwapBacked | PageFlag.Unevictable | PageFlag.Mlocked));
        tail.MemCgroup = head.MemCgroup;
        tail.Mapping = mapping;
        tail.Index = head.Index + offset;
        tail.CompoundHead = null;
        tail.Data = head.Data;
        mapping.Store(tail.Index, tail);
        LruAddPageTail(head, tail, lruvec);
        PageRefUnfreeze(tail, 1);
    }

    /// <summary>
    /// lru_add_page_tail: the tail goes where the head is. The head was on the list when it was frozen, or its isolator
    /// would have had a reference and the freeze had failed.
    /// </summary>
    [MustHold("lruvec.LruLock", "tail.Exclusive"), Releases("tail.Isolation"), NeverSleeps]
    private static void LruAddPageTail(Page head, Page tail, Lruvec lruvec)
    {
        Bug.On(!PageLru(head), $"huge {head} is split but on no list");
        Lru.AddPageToLruList(tail, lruvec);
        SetPageLru(tail);
    }

    [NoLockAnalysis("primitive: whoever has frozen the head is alone with its tails")]
    [MustHold("head.Exclusive"), Acquires("tail.Exclusive", "tail.Isolation"), NeverSleeps]
    private static void TakeTail(Page head, Page tail)
    {
        Bug.On(tail.RefCount != 0, $"{tail} is a tail of {head} but has references");
        tail.Exclusive.Adopt();
        tail.Isolation.Adopt();
    }
}
