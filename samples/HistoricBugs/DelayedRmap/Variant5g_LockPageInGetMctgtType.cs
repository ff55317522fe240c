using MmKernel;
using static MmKernel.PageFlags;
using static MmKernel.PageLock;

namespace HistoricBugs;

/// <summary>
/// 5G: the mover waits for the page lock under the page-table lock.
/// </summary>
/// <remarks>
/// <para>What happened: The charge mover has found its page under the page-table lock. Waiting for the page lock there
/// sleeps under a spinlock and takes the two in the wrong order.</para>
/// <para>Source: the fifth thread, a variant discussed.</para>
/// <para>Repaired: <see cref="Memcontrol.MemCgroupMoveCharge"/> only tries.</para>
/// </remarks>
public static class Variant5g_LockPageInGetMctgtType
{
    /// <summary>get_mctgt_type: what is to be moved?</summary>
    public static bool GetMctgtType(PteTable table, Page page)
    {
        table.Ptl.Lock();
        LockPage(page); //~ MML1001 MML4001
        bool movable = PageLru(page);
        UnlockPage(page);
        table.Ptl.Unlock();
        return movable;
    }
}
