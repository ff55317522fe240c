using MmKernel;
using static MmKernel.PageLock;

namespace HistoricBugs;

/// <summary>
/// B78: a page found without its lock is used without another look at its mapping.
/// </summary>
/// <remarks>
/// <para>What happened: Between the look-up and the lock the page can be truncated and given to another file.
/// find_lock_page compares page->mapping after it has the lock; this code used the mapping it had seen before.</para>
/// <para>Source: constructed.</para>
/// <para>Repaired: <see cref="Filemap.FindLockPage"/>.</para>
/// </remarks>
public static class Bug078_MappingNotComparedAfterTheLock
{
    /// <summary>Counts a page as dirty.</summary>
    public static void Dirty(Page page)
    {
        var mapping = page.Mapping;
        LockPage(page);
        if (mapping != null)
        {
            mapping.IPages.LockIrq(); //~ MML2015
            mapping.NrDirty++;
            mapping.IPages.UnlockIrq();
        }
        UnlockPage(page);
    }
}
