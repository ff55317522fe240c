using System.Collections.Generic;
using System.Threading;
using MmLock;
using static MmKernel.PageFlags;
using static MmKernel.PageLock;

namespace MmKernel;

/// <summary>What swapcache_prepare found.</summary>
public enum SwapPrepare
{
    /// <summary>
    /// The caller has the slot's cache flag: it alone puts a page into the swap cache, and clears the flag again.
    /// </summary>
    Pinned,

    /// <summary>Somebody else is at it, or has put a page there.</summary>
    Busy,

    /// <summary>The slot is free: whoever wanted it is too late.</summary>
    Missing,
}

/// <summary>One cluster of a swap device: a range of slots with a lock of its own.</summary>
public sealed class SwapCluster
{
    /// <summary>Slots per cluster.</summary>
    public const int Size = 32;

    /// <summary>ci->lock. Never taken in interrupts, so never under a lock that interrupts take.</summary>
    [LockClass(LockClasses.SwapClusterLock)]
    public readonly SpinLock Lock = new(LockClasses.SwapClusterLock);

    /// <summary>
    /// swap_map: per slot, the number of page-table entries that use it, and one bit for a page in the swap cache.
    /// </summary>
    [PointeeGuardedBy("Lock")]
    public readonly byte[] Map = new byte[Size];
}

/// <summary>struct swap_info_struct: a swap device. Its memory goes at swapoff, unless somebody has a reference.</summary>
[RefCounted]
public sealed class SwapInfo
{
    private int _users = 1;

    /// <summary>A device of some clusters.</summary>
    public SwapInfo(int clusters)
    {
        Clusters = new SwapCluster[clusters];
        for (int i = 0; i < clusters; i++)
            Clusters[i] = new SwapCluster();
    }

    /// <summary>si->lock: allocation and counters.</summary>
    [LockClass(LockClasses.SwapInfoLock)]
    public readonly SpinLock Lock = new(LockClasses.SwapInfoLock);

    /// <summary>The clusters.</summary>
    public SwapCluster[] Clusters { get; }

    /// <summary>Slots in use; a racy look is good enough to call the device full.</summary>
    [WriteGuardedBy("Lock")]
    public int InUse;

    /// <summary>Number of slots.</summary>
    public int Slots => Clusters.Length * SwapCluster.Size;

    /// <summary>The cluster of a slot.</summary>
    public SwapCluster ClusterOf(SwpEntry entry) => Clusters[(entry.Offset - 1) / SwapCluster.Size];

    internal ref int Users => ref _users;
}

/// <summary>
/// Swap slots (mm/swapfile.c) and the swap cache (mm/swap_state.c). A slot is free when no page-table entry uses it and
/// no page of the swap cache stands for it. The last user often goes under a page-table lock, where the page lock can
/// only be tried: then the page stays behind in the cache without a user, and reclaim finds it some day. That was the
/// third thread.
/// </summary>
public static class Swapfile
{
    private const int Clusters = 4;

    /// <summary>SWAP_HAS_CACHE.</summary>
    public const byte SwapHasCache = 0x40;

    /// <summary>swap_lock: the list of devices.</summary>
    [LockClass(LockClasses.SwapLock)]
    public static readonly SpinLock SwapLock = new(LockClasses.SwapLock);

    /// <summary>mmlist_lock: the address spaces that have something in swap.</summary>
    [LockClass(LockClasses.MmlistLock)]
    public static readonly SpinLock MmlistLock = new(LockClasses.MmlistLock);

    [PointeeGuardedBy("MmlistLock")]
    private static readonly HashSet<MmStruct> Mmlist = [];

    /// <summary>The one device.</summary>
    public static readonly SwapInfo Device = new(Clusters);

    /// <summary>The swap cache: pages by slot.</summary>
    public static readonly AddressSpace SwapCache = new("swap cache", (Clusters * SwapCluster.Size) + 1);

    /// <summary>Slots freed at zap whose page stayed behind in the swap cache.</summary>
    public static long Orphaned => Interlocked.Read(ref OrphanedTotal);

    private static long OrphanedTotal;

    /// <summary>get_swap_device: pins the device, so that swapoff cannot free its map. Null when it is going.</summary>
    [NoLockAnalysis("primitive: the percpu_ref of the device")]
    [NeverSleeps]
    [return: AcquiresRef]
    public static SwapInfo? GetSwapDevice(SwpEntry entry)
    {
        var si = Device;
        if (entry.IsNone || entry.Offset > si.Slots)
            return null;
        Interlocked.Increment(ref si.Users);
        return si;
    }

    /// <summary>put_swap_device.</summary>
    [NoLockAnalysis("primitive: the percpu_ref of the device")]
    [NeverSleeps]
    public static void PutSwapDevice([ReleasesRef] SwapInfo si) =>
        Bug.On(Interlocked.Decrement(ref si.Users) < 1, "swap device put too often");

    /// <summary>mem_cgroup_swap_full and its kin: time to give slots back early.</summary>
    public static bool VmSwapFull() => Device.InUse * 2 > Device.Slots;

    /// <summary>count_swap_pages: the list lock outside, the device's inside.</summary>
    public static int CountSwapPages()
    {
        SwapLock.Lock();
        Device.Lock.Lock();
        int free = Device.Slots - Device.InUse;
        Device.Lock.Unlock();
        SwapLock.Unlock();
        return free;
    }

    /// <summary>
    /// try_to_unmap_one puts the address space on the list that swapoff walks; inside the page-table lock.
    /// </summary>
    [NeverSleeps, MayAcquire("@mmlist_lock")]
    public static void MmlistAdd(MmStruct mm)
    {
        MmlistLock.Lock();
        Mmlist.Add(mm);
        MmlistLock.Unlock();
    }

    /// <summary>get_swap_page: a free slot with its cache flag set for the caller, or none.</summary>
    [NeverSleeps, MustNotHold("@i_pages", "@lru_lock"), MayAcquire("@swap_info_lock", "@swap_cluster_lock")]
    public static SwpEntry GetSwapPage()
    {
        var si = Device;
        SwpEntry entry = default;
        si.Lock.Lock();
        for (int c = 0; c < si.Clusters.Length && entry.IsNone; c++)
        {
            var cluster = si.Clusters[c];
            cluster.Lock.Lock();
            for (int i = 0; i < SwapCluster.Size; i++)
            {
                if (cluster.Map[i] == 0)
                {
                    cluster.Map[i] = SwapHasCache;
                    entry = new SwpEntry((c * SwapCluster.Size) + i + 1);
                    break;
                }
            }
            cluster.Lock.Unlock();
        }
        if (!entry.IsNone)
            si.InUse++;
        si.Lock.Unlock();
        return entry;
    }

    /// <summary>swap_duplicate: one more page-table entry uses the slot. The result has to be looked at.</summary>
    [NeverSleeps, MustNotHold("@i_pages", "@lru_lock"), MayAcquire("@swap_cluster_lock")]
    public static bool SwapDuplicate(SwpEntry entry)
    {
        var cluster = Device.ClusterOf(entry);
        int at = (entry.Offset - 1) % SwapCluster.Size;
        cluster.Lock.Lock();
        bool valid = cluster.Map[at] != 0;
        if (valid)
            cluster.Map[at]++;
        cluster.Lock.Unlock();
        return valid;
    }

    /// <summary>swap_free: one page-table entry less uses the slot.</summary>
    [NeverSleeps, MustNotHold("@i_pages", "@lru_lock"), MayAcquire("@swap_info_lock", "@swap_cluster_lock")]
    public static void SwapFree(SwpEntry entry) => SwapEntryFree(entry, 1);

    /// <summary>
    /// put_swap_page: no page of the swap cache stands for the slot any more. After i_pages is dropped, never under it.
    /// </summary>
    [NeverSleeps, MustNotHold("@i_pages", "@lru_lock"), MayAcquire("@swap_info_lock", "@swap_cluster_lock")]
    public static void PutSwapPage(SwpEntry entry) => SwapEntryFree(entry, SwapHasCache);

    /// <summary>
    /// swapcache_prepare: the right to put a page into the swap cache for a slot that is in use. One caller gets it.
    /// </summary>
    [NeverSleeps, MustNotHold("@i_pages", "@lru_lock"), MayAcquire("@swap_cluster_lock")]
    public static SwapPrepare SwapcachePrepare(SwpEntry entry)
    {
        var cluster = Device.ClusterOf(entry);
        int at = (entry.Offset - 1) % SwapCluster.Size;
        cluster.Lock.Lock();
        var result = SwapPrepare.Pinned;
        if ((cluster.Map[at] & SwapHasCache) != 0)
            result = SwapPrepare.Busy;
        else if (cluster.Map[at] == 0)
            result = SwapPrepare.Missing;
        else
            cluster.Map[at] |= SwapHasCache;
        cluster.Lock.Unlock();
        return result;
    }

    /// <summary>page_swapcount: page-table entries that use the slot.</summary>
    [NeverSleeps, MayAcquire("@swap_cluster_lock")]
    public static int SwapCount(SwpEntry entry)
    {
        var cluster = Device.ClusterOf(entry);
        cluster.Lock.Lock();
        int count = cluster.Map[(entry.Offset - 1) % SwapCluster.Size] & ~SwapHasCache;
        cluster.Lock.Unlock();
        return count;
    }

    /// <summary>
    /// free_swap_and_cache: a page-table entry that used the slot is gone. Runs under the page-table lock, so if only
    /// the swap cache is left its page can be freed only if its lock is free this moment; otherwise the page is left to
    /// reclaim. The device is pinned first: with the last count gone swapoff could free it under our hands.
    /// </summary>
    [NeverSleeps, MustNotHold("@i_pages", "@lru_lock")]
    [MayAcquire("@swap_info_lock", "@swap_cluster_lock", "@i_pages", "@lru_lock", "@zone_lock", "@page_wait_queue")]
    public static void FreeSwapAndCache(SwpEntry entry)
    {
        var si = GetSwapDevice(entry);
        if (si == null)
            return;
        if (SwapEntryFree(entry, 1) == SwapHasCache)
            TryToReclaimSwap(entry);
        PutSwapDevice(si);
    }

    /// <summary>__try_to_reclaim_swap: everything that was seen without the page lock is looked at again under it.</summary>
    [NeverSleeps, MustNotHold("@swap_cluster_lock", "@swap_info_lock")]
    [MayAcquire("@swap_info_lock", "@swap_cluster_lock", "@i_pages", "@lru_lock", "@zone_lock", "@page_wait_queue")]
    public static void TryToReclaimSwap(SwpEntry entry)
    {
        Page? page = LookupSwapCache(entry);
        if (page == null)
            return;
        if (!TryLockPage(page))
        {
            Races.Met(Race.SwapPageLeftBehind);
            Interlocked.Increment(ref OrphanedTotal);
            Lru.PutPage(page);
            return;
        }
        if (PageSwapCache(page) && page.Swap == entry)
            TryToFreeSwap(page);
        UnlockPage(page);
        Lru.PutPage(page);
    }

    /// <summary>try_to_free_swap: gives the slot back if only the cache has it and no write is under way.</summary>
    [MustHold("page.Lock"), NeverSleeps, MustNotHold("@i_pages", "@lru_lock")]
    [MayAcquire("@swap_info_lock", "@swap_cluster_lock", "@i_pages")]
    public static bool TryToFreeSwap([MustHoldRef] Page page)
    {
        if (!PageSwapCache(page) || PageWriteback(page) || SwapCount(page.Swap) > 0)
            return false;
        DeleteFromSwapCache(page);
        // What the slot held is the page's alone now.
        page.Set(PageFlag.Dirty);
        return true;
    }

    /// <summary>reuse_swap_page: may a write fault make the page its own?</summary>
    [MustHold("page.Lock"), NeverSleeps, MayAcquire("@swap_info_lock", "@swap_cluster_lock", "@i_pages")]
    public static bool ReuseSwapPage([MustHoldRef] Page page)
    {
        if (page.MapCount > 1)
            return false;
        TryToFreeSwap(page);
        return true;
    }

    /// <summary>
    /// add_to_swap: a slot for an anonymous page that is to go. Dirty from here on, so that it is written.
    /// </summary>
    [MustHold("page.Lock"), NeverSleeps, MayAcquire("@swap_info_lock", "@swap_cluster_lock", "@i_pages")]
    public static bool AddToSwap([MustHoldRef] Page page)
    {
        var entry = GetSwapPage();
        if (entry.IsNone)
        {
            Races.Met(Race.SwapFull);
            return false;
        }
        AddToSwapCache(page, entry);
        page.Set(PageFlag.Dirty);
        return true;
    }

    /// <summary>add_to_swap_cache: for whoever has the slot's cache flag.</summary>
    [MustHold("page.Lock"), MustNotHold("@irq"), NeverSleeps, MayAcquire("@i_pages")]
    public static void AddToSwapCache([MustHoldRef] Page page, SwpEntry entry)
    {
        PageRef.PageRefAdd(page, 1);
        SwapCache.IPages.LockIrq();
        Bug.On(SwapCache.Load(entry.Offset) != null, $"slot {entry.Offset} has two pages in the swap cache");
        page.Mapping = SwapCache;
        page.Index = entry.Offset;
        page.Swap = entry;
        page.Set(PageFlag.SwapCache);
        SwapCache.Store(entry.Offset, page);
        SwapCache.NrPages++;
        SwapCache.IPages.UnlockIrq();
    }

    /// <summary>delete_from_swap_cache: out of the tree under i_pages, the slot and the reference after it.</summary>
    [MustHold("page.Lock"), NeverSleeps, MustNotHold("@i_pages", "@lru_lock", "@irq")]
    [MayAcquire("@swap_info_lock", "@swap_cluster_lock", "@i_pages")]
    public static void DeleteFromSwapCache([MustHoldRef] Page page)
    {
        Bug.On(PageWriteback(page), $"{page} leaves the swap cache while it is being written there");
        var entry = page.Swap;
        SwapCache.IPages.LockIrq();
        Filemap.DeleteFromTree(page, SwapCache, 1);
        page.Swap = default;
        page.Clear(PageFlag.SwapCache);
        SwapCache.IPages.UnlockIrq();
        PutSwapPage(entry);
        PageRef.PageRefSub(page, 1);
    }

    /// <summary>
    /// lookup_swap_cache: the caller keeps the slot valid, by a page-table lock or by a pin on the device.
    /// </summary>
    [NeverSleeps]
    [return: AcquiresRef]
    public static Page? LookupSwapCache(SwpEntry entry) => Filemap.FindGetPage(SwapCache, entry.Offset);

    /// <summary>
    /// read_swap_cache_async: finds the page of a slot or begins to read it. The page comes back unlocked or locked by
    /// the read; whoever wants it has to lock it and to look again whether it is still the page of that slot.
    /// </summary>
    [MaySleep]
    [MayAcquire("@reclaim", "@swap_cluster_lock", "@swap_info_lock", "@i_pages", "@lru_pvecs_lock", "@lru_lock", "@zone_lock",
        "@page_wait_queue")]
    [return: AcquiresRef]
    public static Page? ReadSwapCacheAsync(SwpEntry entry, MemCgroup memcg, int nid)
    {
        while (true)
        {
            Page? page = LookupSwapCache(entry);
            if (page != null)
                return page;
            Page? fresh = PageAlloc.AllocPages(0, nid);
            if (fresh == null)
                return null;
            var prepared = SwapcachePrepare(entry);
            if (prepared != SwapPrepare.Pinned)
            {
                Lru.FreeNewPage(fresh);
                if (prepared == SwapPrepare.Missing)
                    return null;
                // Whoever has the flag is about to add the page, or to free the slot.
                Races.Met(Race.SwapSlotBusy);
                Sched.ScheduleTimeout();
                continue;
            }
            fresh.Set(PageFlag.SwapBacked);
            Memcontrol.CommitCharge(fresh, memcg);
            PageRef.PublishPage(fresh);
            // Nobody knows the page: the lock cannot be contended, but for a scanner of frames that is late.
            if (!TryLockPage(fresh))
            {
                Lru.PutPageOffLru(fresh);
                PutSwapPage(entry);
                continue;
            }
            AddToSwapCache(fresh, entry);
            Lru.LruCacheAdd(fresh);
            BlockDevice.SubmitRead(fresh, SwapCache);
            return fresh;
        }
    }

    /// <summary>Lowers one kind of use of a slot, and frees the slot when none is left. Returns what is left.</summary>
    [NeverSleeps, MustNotHold("@i_pages", "@lru_lock"), MayAcquire("@swap_info_lock", "@swap_cluster_lock")]
    private static byte SwapEntryFree(SwpEntry entry, byte usage)
    {
        var si = Device;
        var cluster = si.ClusterOf(entry);
        int at = (entry.Offset - 1) % SwapCluster.Size;
        cluster.Lock.Lock();
        byte map = cluster.Map[at];
        int present = usage == SwapHasCache ? map & SwapHasCache : map & ~SwapHasCache;
        Bug.On(present == 0, $"slot {entry.Offset} is freed too often");
        byte left = (byte)(map - usage);
        cluster.Map[at] = left;
        cluster.Lock.Unlock();
        if (left == 0)
        {
            si.Lock.Lock();
            si.InUse--;
            si.Lock.Unlock();
        }
        return left;
    }
}
