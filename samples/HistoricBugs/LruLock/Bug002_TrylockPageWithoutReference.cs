using MmKernel;
using MmLock;
using static MmKernel.PageFlags;
using static MmKernel.PageRef;
using static MmKernel.PageLock;

namespace HistoricBugs;

/// <summary>
/// B02, variant 1c: the page lock is tried on a page that nobody holds.
/// </summary>
/// <remarks>
/// <para>What happened: Isolation tested the page, and one of its tests tries the page lock, before it took a reference.
/// Setting a bit in the flags word of a page on its way to the free list, or to its next owner, corrupts that owner's
/// flags. Under the old lru_lock the PG_lru test excluded that; once the tests moved out of the lock only a reference
/// does.</para>
/// <para>Source: the first thread, __isolate_lru_page_prepare; order fixed in 9df41314390b (v5.11).</para>
/// <para>Repaired: <see cref="Compaction.IsolateMigratepagesBlock"/> takes the reference first.</para>
/// </remarks>
public static class Bug002_TrylockPageWithoutReference
{
    /// <summary>Finds a frame and decides whether it can be migrated.</summary>
    [return: AcquiresRef]
    public static Page? PrepareFrame(int pfn)
    {
        Page page = MemMap.PfnToPage(pfn);
        if (!PageLru(page))
            return null;
        if (!TryLockPage(page)) //~ MML5002
            return null;
        bool migratable = page.Mapping != null || PageSwapBacked(page);
        UnlockPage(page);
        return migratable && GetPageUnlessZero(page) ? page : null;
    }
}
