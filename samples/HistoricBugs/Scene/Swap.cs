using MmKernel;
using MmLock;

namespace HistoricBugs;

/// <summary>One slot of a device, with the flag that says that a page of the swap cache stands for it.</summary>
public sealed class SwapSlot
{
    /// <summary>SWAP_HAS_CACHE: the slot is not used again while somebody owns this.</summary>
    public readonly Phase HasCache = new();
}

/// <summary>A page of the swap cache, and what is known of its writes.</summary>
public sealed class SwapCachePage
{
    /// <summary>Seen without PG_writeback, with the page lock held so that no write starts.</summary>
    public readonly Phase NoWriteback = new();
}

/// <summary>The swap functions that the bugs call.</summary>
[NoLockAnalysis("stands for mm/swapfile.c: only the contracts matter here")]
public static class Swap
{
    /// <summary>The device of an entry, found without a reference.</summary>
    [NeverSleeps]
    [return: Unreferenced]
    public static SwapInfo DeviceOf(SwapInfo[] devices, SwpEntry entry) => devices[entry.Offset % devices.Length];

    /// <summary>Reads a page in; the device must stay while that takes.</summary>
    [MaySleep]
    public static int ReadPage([MustHoldRef] SwapInfo device, SwpEntry entry) => device.Slots - entry.Offset;

    /// <summary>Lowers the count of an entry: what the entry kept, the device included, may be gone afterwards.</summary>
    [NeverSleeps]
    public static void EntryFree([ReleasesRef] SwapInfo device, SwpEntry entry) =>
        Bug.On(entry.Offset > device.Slots, "no such slot");

    /// <summary>swapcache_prepare: zero if the flag is ours now, -17 if somebody else has it, -2 if the slot is free.</summary>
    [TryAcquires("slot.HasCache", On = Outcome.Zero), NeverSleeps]
    public static int CachePrepare(SwapSlot slot) => slot == null ? -2 : 0;

    /// <summary>swapcache_free.</summary>
    [Releases("slot.HasCache"), NeverSleeps]
    public static void CacheFree(SwapSlot slot)
    {
    }

    /// <summary>swap_readpage: the slot may not be used again before the data is there.</summary>
    [MustHold("slot.HasCache"), MaySleep]
    public static void ReadSlot(SwapSlot slot, Page page)
    {
    }

    /// <summary>PageWriteback, read under the page lock: false is worth something, true is a reason to wait.</summary>
    [TryAcquires("page.NoWriteback", On = Outcome.False), NeverSleeps]
    public static bool UnderWriteback(SwapCachePage page) => page == null;

    /// <summary>Sleeps until the next end of a write. It does not say that there is no write now.</summary>
    [MaySleep]
    public static void SleepOnWriteback(SwapCachePage page)
    {
    }

    /// <summary>delete_from_swap_cache: what is being written stays.</summary>
    [Releases("page.NoWriteback"), NeverSleeps]
    public static void DeleteFromCache(SwapCachePage page)
    {
    }

    /// <summary>get_swap_device of v5.3: a reader that stays open until the put.</summary>
    [TryAcquiresShared("@rcu", On = Outcome.NotNull), NeverSleeps]
    public static SwapInfo? GetDeviceOld(SwapInfo[] devices, SwpEntry entry)
    {
        Rcu.ReadLock();
        return devices[entry.Offset % devices.Length];
    }

    /// <summary>put_swap_device of v5.3.</summary>
    [ReleasesShared("@rcu"), NeverSleeps]
    public static void PutDeviceOld(SwapInfo device) => Rcu.ReadUnlock();
}
