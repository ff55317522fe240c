using MmKernel;
using static MmKernel.PageLock;

namespace HistoricBugs;

/// <summary>
/// B97: reclaim waits for a page lock.
/// </summary>
/// <remarks>
/// <para>What happened: Reclaim is entered from allocations, and those happen with page locks held. Waiting for a page lock
/// there can be waiting for the very page that one's own caller has locked.</para>
/// <para>Source: constructed.</para>
/// <para>Repaired: <see cref="Vmscan.ShrinkPageList"/> only tries.</para>
/// </remarks>
public static class Bug097_PageLockInsideReclaim
{
    /// <summary>Direct reclaim of one page.</summary>
    public static void ReclaimOne(Page page)
    {
        Reclaim.Enter();
        LockPage(page); //~ MML1001
        UnlockPage(page);
        Reclaim.Leave();
    }
}
