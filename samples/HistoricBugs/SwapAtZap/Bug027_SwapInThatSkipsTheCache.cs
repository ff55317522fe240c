using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B27: a slot is read without the flag that keeps it.
/// </summary>
/// <remarks>
/// <para>What happened: For fast devices the swap cache was skipped. Two faults then read the same slot; the first
/// installed its page and freed the slot, it was used again, and the second read the new data into the old place.</para>
/// <para>Source: fixed by 13ddaf26be32 (v6.8).</para>
/// <para>Repaired: <see cref="Swapfile.ReadSwapCacheAsync"/>: the one who reads owns SWAP_HAS_CACHE.</para>
/// </remarks>
public static class Bug027_SwapInThatSkipsTheCache
{
    /// <summary>Reads a slot straight into a page.</summary>
    public static void SwapInDirect(SwapSlot slot, Page page)
    {
        Swap.ReadSlot(slot, page); //~ MML2001
    }
}
