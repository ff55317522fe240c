using MmKernel;
using static MmKernel.PageLock;

namespace HistoricBugs;

/// <summary>
/// B22, variant 3a: swap freeing waits for the page lock under the page-table lock.
/// </summary>
/// <remarks>
/// <para>What happened: free_swap_and_cache runs under the page-table lock and can only try the page lock; pages locked by
/// read-ahead stay behind in the swap cache. Waiting for the lock instead sleeps under a spinlock, and takes the two in the
/// wrong order.</para>
/// <para>Source: the third thread (May 2009), proposal.</para>
/// <para>Repaired: <see cref="Swapfile.FreeSwapAndCache"/> and <see cref="Swapfile.TryToReclaimSwap"/> try the lock, and
/// leave the page to reclaim when that fails.</para>
/// </remarks>
public static class Bug022_LockPageUnderPtl
{
    /// <summary>Frees a swap entry and the page that stands for it.</summary>
    public static void FreeSwapAndCache(PteTable table, int index, Page page)
    {
        table.Ptl.Lock();
        table.Ptes[index] = default;
        LockPage(page); //~ MML1001 MML4001
        UnlockPage(page);
        table.Ptl.Unlock();
    }
}
