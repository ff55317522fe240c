using MmKernel;
using static MmKernel.PageRef;
using static MmKernel.Filemap;

namespace HistoricBugs;

/// <summary>
/// B16, variant 2d: get_page_unless_zero is not looked at before the wait.
/// </summary>
/// <remarks>
/// <para>What happened: It fails when the page is frozen or dying. Waiting without a reference, and putting one that was
/// never taken, hits the page's next life.</para>
/// <para>Source: constructed.</para>
/// <para>Repaired: <see cref="Filemap.FindGetPage"/> looks at the outcome and tries again.</para>
/// </remarks>
public static class Bug016_WaitWithoutReference
{
    /// <summary>Waits for a page found in a page table.</summary>
    public static void WaitForFrame(int pfn)
    {
        Page page = MemMap.PfnToPage(pfn);
        GetPageUnlessZero(page); //~ MML2010
        PutAndWaitOnPageLocked(page); //~ MML5002
    }
}
