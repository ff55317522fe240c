using MmLock;
using static MmKernel.Lru;
using static MmKernel.PageFlags;

namespace MmKernel;

/// <summary>Pinning pages (mm/mlock.c): moves them to the unevictable list and back, by isolating and putting back.</summary>
public static class Mlock
{
    /// <summary>mlock_vma_page.</summary>
    [MustHold("page.Lock"), MustNotHold("@lru_lock", "@irq"), NeverSleeps]
    public static void MlockPage([MustHoldRef] Page page)
    {
        if (page.TestSet(PageFlag.Mlocked))
            return;
        if (IsolateLruPage(page) == 0)
            PutbackLruPage(page);
    }

    /// <summary>
    /// munlock_vma_page: clears the flag first and looks at PG_lru second. Whoever links the page at the same time does it the other way
    /// round, so that one of the two puts it on the right list.
    /// </summary>
    [MustHold("page.Lock"), MustNotHold("@lru_lock", "@irq"), NeverSleeps]
    public static void MunlockPage([MustHoldRef] Page page)
    {
        if (!page.TestClear(PageFlag.Mlocked))
            return;
        if (IsolateLruPage(page) == 0)
            PutbackLruPage(page);
    }
}
