using MmKernel;
using static MmKernel.PageFlags;
using static MmKernel.Lru;

namespace HistoricBugs;

/// <summary>
/// B75: a page is isolated, and then left.
/// </summary>
/// <remarks>
/// <para>What happened: An early return between isolation and putback: the page is on no list, its isolation can never be
/// won again, and the reference that came with it is gone. Reclaim will not find it, offlining will wait for it without
/// end.</para>
/// <para>Source: constructed.</para>
/// <para>Repaired: <see cref="Mlock.MlockPage"/> puts back what it isolated.</para>
/// </remarks>
public static class Bug075_IsolatedPageForgotten
{
    /// <summary>Requeues pages that are not active.</summary>
    public static bool Requeue(Page page)
    {
        if (IsolateLruPage(page) != 0)
            return false;
        if (PageActive(page))
            return false; //~ MML2006 MML5003
        PutbackLruPage(page);
        return true;
    }
}
