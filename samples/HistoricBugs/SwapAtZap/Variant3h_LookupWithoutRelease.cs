using MmKernel;
using static MmKernel.PageFlags;
using static MmKernel.Lru;
using static MmKernel.Filemap;

namespace HistoricBugs;

/// <summary>
/// 3H: a return between the look-up and the release.
/// </summary>
/// <remarks>
/// <para>What happened: The look-up comes with a reference. The path for a page that is not in the swap cache any more
/// returned at once, and the page stayed for ever.</para>
/// <para>Source: the third thread, a variant discussed.</para>
/// <para>Repaired: <see cref="Swapfile.TryToReclaimSwap"/> puts the page on every path.</para>
/// </remarks>
public static class Variant3h_LookupWithoutRelease
{
    /// <summary>Frees the page of an entry, if there is one.</summary>
    public static bool FreeCached(AddressSpace swapCache, int index)
    {
        var page = FindGetPage(swapCache, index);
        if (page == null)
            return false;
        if (!PageSwapCache(page))
            return false; //~ MML5003
        PutPage(page);
        return true;
    }
}
