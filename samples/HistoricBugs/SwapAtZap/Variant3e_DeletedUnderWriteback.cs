using MmKernel;

namespace HistoricBugs;

/// <summary>
/// 3E: a page leaves the swap cache while it is being written.
/// </summary>
/// <remarks>
/// <para>What happened: The slot of a page under writeback must stay its own until the device is done, or the write lands
/// in somebody else's slot. The path that frees swap did not ask.</para>
/// <para>Source: the third thread, a variant discussed.</para>
/// <para>Repaired: <see cref="Swapfile.TryToFreeSwap"/> asks for writeback under the page lock.</para>
/// </remarks>
public static class Variant3e_DeletedUnderWriteback
{
    /// <summary>Frees a page's place in the swap cache.</summary>
    public static void TryToFreeSwap(SwapCachePage page)
    {
        Swap.DeleteFromCache(page); //~ MML2005
    }
}
