using MmKernel;
using static MmKernel.Filemap;

namespace HistoricBugs;

/// <summary>
/// B28: get_swap_device left an RCU reader open while its callers slept.
/// </summary>
/// <remarks>
/// <para>What happened: The first get_swap_device entered a reader and left it to the put. Between the two the swap-in
/// waits for pages and allocates: none of that is allowed in a reader.</para>
/// <para>Source: reason for the percpu_ref in 2799e77529c2 (v5.14).</para>
/// <para>Repaired: <see cref="Swapfile.GetSwapDevice"/> is a counted pin, which may be held asleep.</para>
/// </remarks>
public static class Bug028_ReaderOpenWhileSleeping
{
    /// <summary>Waits for a page on its way in.</summary>
    public static void SwapInAndWait(SwapInfo[] devices, SwpEntry entry, Page page)
    {
        var device = Swap.GetDeviceOld(devices, entry);
        if (device == null)
            return;
        WaitOnPageLocked(page); //~ MML4001
        Swap.PutDeviceOld(device);
    }
}
