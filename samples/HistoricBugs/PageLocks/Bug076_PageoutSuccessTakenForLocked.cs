using MmKernel;
using static MmKernel.PageFlags;
using static MmKernel.PageLock;

namespace HistoricBugs;

/// <summary>
/// B76: pageout's success is taken for a page still locked.
/// </summary>
/// <remarks>
/// <para>What happened: pageout comes back with the page locked on every outcome but one: on success the writer has
/// unlocked it. The common path unlocked a second time, a page that somebody else may have locked meanwhile.</para>
/// <para>Source: constructed from the contract of pageout.</para>
/// <para>Repaired: <see cref="Vmscan.ShrinkPageList"/> tells the outcomes apart.</para>
/// </remarks>
public static class Bug076_PageoutSuccessTakenForLocked
{
    /// <summary>Writes one page.</summary>
    public static void WriteOne(Page page, AddressSpace mapping)
    {
        LockPage(page);
        var result = Vmscan.PageOut(page, mapping);
        if (result == PageOutResult.Activate)
            SetPageReferenced(page);
        UnlockPage(page); //~ MML2005
    }
}
