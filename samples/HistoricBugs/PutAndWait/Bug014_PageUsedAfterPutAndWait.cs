using MmKernel;
using MmLock;
using static MmKernel.PageFlags;
using static MmKernel.Filemap;

namespace HistoricBugs;

/// <summary>
/// B14, variant 2b: the page is looked at after put_and_wait_on_page_locked.
/// </summary>
/// <remarks>
/// <para>What happened: The wait gave the reference up. When it returns the frame may be free, be somebody else's, or be
/// gone with its memory block.</para>
/// <para>Source: constructed.</para>
/// <para>Repaired: <see cref="Filemap.PutAndWaitOnPageLocked"/>: its callers return to the fault and look the page up
/// again.</para>
/// </remarks>
public static class Bug014_PageUsedAfterPutAndWait
{
    /// <summary>Waits, then wants to know what for.</summary>
    public static bool WaitUntilUptodate([ReleasesRef] Page page)
    {
        PutAndWaitOnPageLocked(page);
        return PageUptodate(page); //~ MML5001
    }
}
