using MmKernel;
using static MmKernel.PageLock;

namespace HistoricBugs;

/// <summary>
/// B90: mmap_lock is waited for under a page lock.
/// </summary>
/// <remarks>
/// <para>What happened: A fault holds mmap_lock and waits for the page lock; swapoff holds the page lock and wants
/// mmap_lock. The one of the two that goes against the order may only try.</para>
/// <para>Source: constructed; unuse_mm tries, and drops the page lock when that fails.</para>
/// <para>Repaired: <see cref="Memcontrol.MemCgroupMoveCharge"/> tries mmap_lock, and a fault takes it first: <see
/// cref="Memory.Touch"/>.</para>
/// </remarks>
public static class Bug090_MmapLockUnderThePageLock
{
    /// <summary>Brings a page back into an address space.</summary>
    public static void UnuseMm(MmStruct mm, Page page)
    {
        LockPage(page);
        mm.MmapLock.DownRead(); //~ MML1001
        mm.MmapLock.UpRead();
        UnlockPage(page);
    }
}
