using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B24, variant 3f: a user of a swap slot gives up the share of the swap cache.
/// </summary>
/// <remarks>
/// <para>What happened: One count stood for the page tables and for the swap cache together, and "one left" was taken for
/// "only the cache". The last user then freed the slot although it did not own the cache's share: it was used again under a
/// page that still stood for the old data.</para>
/// <para>Source: the third thread; 355cfa73ddff (v2.6.31) split the two.</para>
/// <para>Repaired: <see cref="Swapfile.SwapFree"/> and <see cref="Swapfile.PutSwapPage"/> each lower their own part.</para>
/// </remarks>
public static class Bug024_CacheFlagFreedByAUser
{
    /// <summary>The last page table lets go of a slot.</summary>
    public static void SwapFree(SwapSlot slot, int usersLeft)
    {
        if (usersLeft == 1)
            Swap.CacheFree(slot); //~ MML2005
    }
}
