using MmKernel;
using static MmKernel.PageLock;

namespace HistoricBugs;

/// <summary>
/// B77: the address space is used after lock_page_or_retry gave up.
/// </summary>
/// <remarks>
/// <para>What happened: When it returns false mmap_lock has been dropped, so that the wait does not hold everybody up. A
/// fault that looked at its VMA once more read freed memory.</para>
/// <para>Source: constructed from the contract of lock_page_or_retry.</para>
/// <para>Repaired: <see cref="Memory.Touch"/> goes back to the beginning when it gets Retry.</para>
/// </remarks>
public static class Bug077_VmaUsedAfterRetry
{
    /// <summary>The end of a fault.</summary>
    public static int Fault(MmStruct mm, Page page)
    {
        mm.MmapLock.DownRead();
        if (!LockPageOrRetry(page, mm, allowRetry: true))
            return mm.Vmas.Count; //~ MML2003
        UnlockPage(page);
        mm.MmapLock.UpRead();
        return 0;
    }
}
