using MmLock;

namespace MmKernel;

/// <summary>
/// The named flag accessors of page-flags.h. Reading a flag is always allowed and always a guess unless something keeps
/// it; writing one may need a right, and then the accessor says so.
/// </summary>
public static class PageFlags
{
    /// <summary>PageLRU: a hint, unless the isolation is ours.</summary>
    public static bool PageLru(Page page) => page.Isolation.PgLru;

    /// <summary>
    /// TestClearPageLRU: the claim. It needs a reference first: without one the page may be on its way to a new owner,
    /// and the claim would land in somebody else's flags word.
    /// </summary>
    [TryAcquires("page.Isolation"), NeverSleeps]
    public static bool TestClearPageLru([MustHoldRef] Page page)
    {
        Bug.On(page.RefCount <= 0, "TestClearPageLRU on a page without references");
        return page.Isolation.TestClear();
    }

    /// <summary>SetPageLRU: ends the isolation, the page is anybody's to claim.</summary>
    [Releases("page.Isolation"), NeverSleeps]
    public static void SetPageLru(Page page) => page.Isolation.Set();

    /// <summary>__ClearPageLRU: at refcount zero there is nobody to compete with.</summary>
    [MustHold("page.Exclusive"), Acquires("page.Isolation"), NeverSleeps]
    public static void ClearPageLruDead(Page page) => page.Isolation.ClearDead();

    /// <summary>PageActive.</summary>
    public static bool PageActive(Page page) => page.Test(PageFlag.Active);

    /// <summary>
    /// SetPageActive: decides which list the page belongs on, so the isolator or the list's lock is needed.
    /// </summary>
    [MustHoldAny("page.Isolation", "@lru_lock", "page.Exclusive"), NeverSleeps]
    public static void SetPageActive(Page page) => page.Set(PageFlag.Active);

    /// <summary>ClearPageActive.</summary>
    [MustHoldAny("page.Isolation", "@lru_lock", "page.Exclusive"), NeverSleeps]
    public static void ClearPageActive(Page page) => page.Clear(PageFlag.Active);

    /// <summary>PageUnevictable.</summary>
    public static bool PageUnevictable(Page page) => page.Test(PageFlag.Unevictable);

    /// <summary>SetPageUnevictable: decides the list, as PG_active does.</summary>
    [MustHoldAny("page.Isolation", "@lru_lock", "page.Exclusive"), NeverSleeps]
    public static void SetPageUnevictable(Page page) => page.Set(PageFlag.Unevictable);

    /// <summary>ClearPageUnevictable.</summary>
    [MustHoldAny("page.Isolation", "@lru_lock", "page.Exclusive"), NeverSleeps]
    public static void ClearPageUnevictable(Page page) => page.Clear(PageFlag.Unevictable);

    /// <summary>PageReferenced.</summary>
    public static bool PageReferenced(Page page) => page.Test(PageFlag.Referenced);

    /// <summary>SetPageReferenced.</summary>
    public static void SetPageReferenced(Page page) => page.Set(PageFlag.Referenced);

    /// <summary>TestClearPageReferenced.</summary>
    public static bool TestClearPageReferenced(Page page) => page.TestClear(PageFlag.Referenced);

    /// <summary>PageMlocked.</summary>
    public static bool PageMlocked(Page page) => page.Test(PageFlag.Mlocked);

    /// <summary>PageDirty.</summary>
    public static bool PageDirty(Page page) => page.Test(PageFlag.Dirty);

    /// <summary>PageWriteback.</summary>
    public static bool PageWriteback(Page page) => page.Test(PageFlag.Writeback);

    /// <summary>PageReclaim: to the end of the list when the write is done.</summary>
    public static bool PageReclaim(Page page) => page.Test(PageFlag.Reclaim);

    /// <summary>SetPageReclaim.</summary>
    public static void SetPageReclaim(Page page) => page.Set(PageFlag.Reclaim);

    /// <summary>TestClearPageReclaim.</summary>
    public static bool TestClearPageReclaim(Page page) => page.TestClear(PageFlag.Reclaim);

    /// <summary>PageUptodate.</summary>
    public static bool PageUptodate(Page page) => page.Test(PageFlag.Uptodate);

    /// <summary>SetPageUptodate.</summary>
    public static void SetPageUptodate(Page page) => page.Set(PageFlag.Uptodate);

    /// <summary>PageSwapCache.</summary>
    public static bool PageSwapCache(Page page) => page.Test(PageFlag.SwapCache);

    /// <summary>PageSwapBacked.</summary>
    public static bool PageSwapBacked(Page page) => page.Test(PageFlag.SwapBacked);

    /// <summary>PageCompound, of a head page: the model's walkers never meet tails with a reference.</summary>
    public static bool PageHead(Page page) => page.Test(PageFlag.Head);

    /// <summary>PageWaiters: somebody may wait for a bit of this page.</summary>
    public static bool PageWaiters(Page page) => page.Test(PageFlag.Waiters);

    /// <summary>PageLocked, by anybody.</summary>
    public static bool PageLocked(Page page) => page.Lock.IsLocked;

    /// <summary>compound_nr: how many base pages this page stands for.</summary>
    public static int CompoundNr(Page page) => PageHead(page) ? HugeMemory.HpageNr : 1;

    /// <summary>page_evictable.</summary>
    public static bool PageEvictable(Page page) => !PageMlocked(page);

    /// <summary>page_lru: the list the flags say.</summary>
    public static LruListKind PageLruList(Page page)
    {
        if (PageUnevictable(page))
            return LruListKind.Unevictable;
        if (PageSwapBacked(page))
            return PageActive(page) ? LruListKind.ActiveAnon : LruListKind.InactiveAnon;
        return PageActive(page) ? LruListKind.ActiveFile : LruListKind.InactiveFile;
    }
}
