using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B94: somebody else's cache flag is taken for one's own.
/// </summary>
/// <remarks>
/// <para>What happened: swapcache_prepare has three answers: ours, somebody else's, and no such slot. Only the last one was
/// handled; with the second the slot was read and its flag cleared under the owner's hands.</para>
/// <para>Source: constructed.</para>
/// <para>Repaired: <see cref="Swapfile.ReadSwapCacheAsync"/>: one of the three answers gives the flag.</para>
/// </remarks>
public static class Bug094_BusyTakenForSuccess
{
    /// <summary>Reads a slot ahead.</summary>
    public static void ReadAhead(SwapSlot slot, Page page)
    {
        int error = Swap.CachePrepare(slot);
        if (error == -2)
            return;
        Swap.ReadSlot(slot, page); //~ MML2001
        Swap.CacheFree(slot); //~ MML2005
    }
}
