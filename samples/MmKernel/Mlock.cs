using MmLock;
using static MmKernel.Lru;
using static MmKernel.PageFlags;

namespace MmKernel;

/// <summary>
/// Pinning pages (mm/mlock.c): moves them to the unevictable list and back, by isolating and putting back.
/// </summary>
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
    /// shmem's way to unpin a file: clears the flag of many pages first and moves them in one batch afterwards.
    /// </summary>
    [MaySleep]
    public static void MunlockRange(AddressSpace mapping, int first, int count)
    {
        var pvec = new Pagevec();
        for (int index = first; index < first + count && index < mapping.Size; index++)
        {
            Page? page = Filemap.FindLockPage(mapping, index);
            if (page == null)
                continue;
            page.TestClear(PageFlag.Mlocked);
            PageLock.UnlockPage(page);
            if (pvec.Add(page))
                continue;
            break;
        }
        Vmscan.CheckMoveUnevictablePages(pvec);
    }

    /// <summary>
    /// munlock_vma_page: clears the flag first and looks at PG_lru second. Whoever links the page at the same time does
    /// it the other way round, so that one of the two puts it on the right list.
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
