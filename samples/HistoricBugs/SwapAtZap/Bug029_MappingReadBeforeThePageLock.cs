using MmKernel;
using static MmKernel.PageLock;

namespace HistoricBugs;

/// <summary>
/// B29, variant 3d: the swap cache is looked up before the page lock, and believed after it.
/// </summary>
/// <remarks>
/// <para>What happened: The page was in the swap cache when it was looked at. By the time its lock was held it had left;
/// the tree lock of the wrong mapping was taken, and a page taken out that was not in it.</para>
/// <para>Source: constructed; the kernel tests again under the lock.</para>
/// <para>Repaired: <see cref="Swapfile.TryToReclaimSwap"/> looks again under the lock.</para>
/// </remarks>
public static class Bug029_MappingReadBeforeThePageLock
{
    /// <summary>Takes a page out of the swap cache.</summary>
    public static void DeleteFromSwapCache(Page page)
    {
        var swapCache = page.Mapping;
        if (swapCache == null || !TryLockPage(page))
            return;
        swapCache.IPages.LockIrq(); //~ MML2015
        swapCache.IPages.UnlockIrq();
        UnlockPage(page);
    }
}
