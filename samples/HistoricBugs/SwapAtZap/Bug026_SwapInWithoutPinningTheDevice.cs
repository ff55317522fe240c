using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B26: a fault reads from a swap device that nobody pins.
/// </summary>
/// <remarks>
/// <para>What happened: do_swap_page took the device from the entry and read from it. With the page table's lock dropped
/// nothing keeps the entry, so nothing keeps the device: swapoff could free it in the middle of the read.</para>
/// <para>Source: fixed by 2799e77529c2 (v5.14), with the means of eb085574a752 (v5.3).</para>
/// <para>Repaired: <see cref="Swapfile.GetSwapDevice"/>, whose result is looked at.</para>
/// </remarks>
public static class Bug026_SwapInWithoutPinningTheDevice
{
    /// <summary>Reads the page of an entry.</summary>
    public static int SwapIn(SwapInfo[] devices, SwpEntry entry)
    {
        var device = Swap.DeviceOf(devices, entry);
        return Swap.ReadPage(device, entry); //~ MML5002
    }
}
