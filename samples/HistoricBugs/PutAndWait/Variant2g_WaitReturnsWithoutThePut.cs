using MmKernel;
using MmLock;
using static MmKernel.PageFlags;
using static MmKernel.Filemap;

namespace HistoricBugs;

/// <summary>
/// 2G: an early return from the wait keeps the reference that it should consume.
/// </summary>
/// <remarks>
/// <para>What happened: The function is said to consume the caller's reference. A shortcut for a page that is not locked
/// any more returned without doing so; the caller had forgotten the reference by then, and the page could never be
/// freed.</para>
/// <para>Source: the second thread, a variant discussed.</para>
/// <para>Repaired: <see cref="Filemap.PutAndWaitOnPageLocked"/> puts on every path.</para>
/// </remarks>
public static class Variant2g_WaitReturnsWithoutThePut
{
    /// <summary>put_and_wait with a shortcut.</summary>
    public static void PutAndWait([ReleasesRef] Page page)
    {
        if (!PageLocked(page))
            return; //~ MML2009
        PutAndWaitOnPageLocked(page);
    }
}
