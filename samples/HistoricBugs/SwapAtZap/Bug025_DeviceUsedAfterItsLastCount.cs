using MmKernel;
using MmLock;

namespace HistoricBugs;

/// <summary>
/// B25, variant 3i: the swap device is used after the entry that kept it was freed.
/// </summary>
/// <remarks>
/// <para>What happened: As long as a swap entry is in use swapoff waits. The entry was freed, and then the device it
/// pointed to was asked whether it is full: by then swapoff may be done and the device gone.</para>
/// <para>Source: fixed by 82b1c07a0af6 (v6.9).</para>
/// <para>Repaired: <see cref="Swapfile.FreeSwapAndCache"/> pins the device around the whole of it.</para>
/// </remarks>
public static class Bug025_DeviceUsedAfterItsLastCount
{
    /// <summary>Frees an entry, and tells how much room there is.</summary>
    public static int FreeAndReport([ReleasesRef] SwapInfo device, SwpEntry entry)
    {
        Swap.EntryFree(device, entry);
        return device.Slots; //~ MML5001
    }
}
