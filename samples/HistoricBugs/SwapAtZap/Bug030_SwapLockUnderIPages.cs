using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B30, variant 3g: a swap lock is taken under i_pages.
/// </summary>
/// <remarks>
/// <para>What happened: Swap locks are taken with interrupts on. Taken under i_pages, which interrupts take, they make a
/// deadlock of three: the holder of the swap lock is interrupted, the handler waits for i_pages, whose holder waits for the
/// swap lock.</para>
/// <para>Source: constructed; the reason why reclaim puts the slot after it dropped i_pages.</para>
/// <para>Repaired: <see cref="Swapfile.DeleteFromSwapCache"/> gives the slot back after it dropped i_pages.</para>
/// </remarks>
public static class Bug030_SwapLockUnderIPages
{
    /// <summary>Gives a slot back.</summary>
    public static void SlotFree(SwapInfo device)
    {
        device.Lock.Lock();
        device.InUse--;
        device.Lock.Unlock();
    }

    /// <summary>Takes a page out of the swap cache and gives its slot back in one go.</summary>
    public static void RemoveFromSwapCache(AddressSpace swapCache, SwapInfo device)
    {
        swapCache.IPages.LockIrqSave(out ulong flags);
        swapCache.NrPages--;
        device.Lock.Lock(); //~ MML4006
        device.InUse--;
        device.Lock.Unlock();
        swapCache.IPages.UnlockIrqRestore(flags);
    }
}
