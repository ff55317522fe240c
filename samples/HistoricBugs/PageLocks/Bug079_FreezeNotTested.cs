using MmKernel;
using static MmKernel.PageRef;

namespace HistoricBugs;

/// <summary>
/// B79: a page is treated as frozen whether the freeze won or not.
/// </summary>
/// <remarks>
/// <para>What happened: page_ref_freeze fails when somebody has a reference that is not accounted for. Writing the page's
/// fields all the same changes them in use.</para>
/// <para>Source: constructed.</para>
/// <para>Repaired: <see cref="Vmscan.RemoveMapping"/> looks at the outcome.</para>
/// </remarks>
public static class Bug079_FreezeNotTested
{
    /// <summary>Uncharges a page that is to be thrown away.</summary>
    public static void FreezeAndUncharge(Page page)
    {
        PageRefFreeze(page, 2); //~ MML2010
        page.MemCgroup = null; //~ MML2004
        PageRefUnfreeze(page, 2); //~ MML2005
    }
}
