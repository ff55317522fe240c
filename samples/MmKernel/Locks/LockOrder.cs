using MmLock;

// The declared order of the model: who is taken inside whom. A line's children are taken inside it, and so are
// their children; siblings are unordered; several trees add up. This text is the single source: the analyzer reads
// it from here, and so does the run-time validator (LockValidator), by reflection.
//
// It is the order of v5.11 for the LRU (i_pages outside lru_lock: THP split was turned round to make the memcg stable
// before lru_lock is taken) and of v6.3 for charge moving (page lock and page-table lock outside move_lock).

[assembly: LockHierarchy("""
    cgroup_mutex
      lru_drain_mutex
      mc_lock
      mmap_lock                       # can_attach counts what a charge move will need
    mem_hotplug_lock                  # offline_pages migrates under it
      lru_drain_mutex
      page_lock
    i_rwsem
      mmap_lock                       # a write may fault in its user buffer
        invalidate_lock               # a fault that fills the page cache
          page_lock
            reclaim                   # no lock: any allocation that may reclaim
              i_mmap_rwsem            # file rmap
                anon_vma_rwsem        # anon rmap
                  ptl
                    swap_lock
                      mmlist_lock
                      swap_info_lock
                        swap_cluster_lock
                    private_lock      # unordered with the swap locks on purpose: the kernel's own comments disagree
                      move_lock
                        i_pages
                          lru_lock
    """)]

// The same page-table lock, the other way into the LRU: per-CPU batches.
[assembly: LockHierarchy("""
    ptl
      lru_pvecs_lock
        lru_rotate_lock
          lru_lock
            zone_lock
    """)]

// Innermost of all: whoever unlocks a page wakes its waiters, under whatever it still holds.
[assembly: LockHierarchy("""
    page_lock
      page_wait_queue
    ptl
      page_wait_queue                 # migration_entry_wait_on_locked queues before it drops the ptl
    i_pages
      page_wait_queue
    """)]

namespace MmKernel;

/// <summary>The names of the lock classes, one constant each, so that a lock and its annotation cannot disagree.</summary>
public static class LockClasses
{
    /// <summary>cgroup_mutex: the shape of the memcg tree.</summary>
    public const string CgroupMutex = "cgroup_mutex";

    /// <summary>The mutex of lru_add_drain_all: one drain of all CPUs at a time.</summary>
    public const string LruDrainMutex = "lru_drain_mutex";

    /// <summary>mc.lock: from, to and mm of the running charge move.</summary>
    public const string McLock = "mc_lock";

    /// <summary>mem_hotplug_lock.</summary>
    public const string MemHotplugLock = "mem_hotplug_lock";

    /// <summary>inode->i_rwsem: writes and truncation.</summary>
    public const string IRwsem = "i_rwsem";

    /// <summary>mm->mmap_lock: the address space.</summary>
    public const string MmapLock = "mmap_lock";

    /// <summary>mapping->invalidate_lock: page cache fill against hole punching.</summary>
    public const string InvalidateLock = "invalidate_lock";

    /// <summary>The page lock, PG_locked.</summary>
    public const string PageLock = "page_lock";

    /// <summary>mapping->i_mmap_rwsem: who maps a file.</summary>
    public const string IMmapRwsem = "i_mmap_rwsem";

    /// <summary>root anon_vma->rwsem: who maps anonymous pages.</summary>
    public const string AnonVmaRwsem = "anon_vma_rwsem";

    /// <summary>The lock of one page-table page.</summary>
    public const string Ptl = "ptl";

    /// <summary>swap_lock: the list of swap devices.</summary>
    public const string SwapLock = "swap_lock";

    /// <summary>mmlist_lock: mms that swapoff has to visit.</summary>
    public const string MmlistLock = "mmlist_lock";

    /// <summary>si->lock: counters and free slots of one swap device.</summary>
    public const string SwapInfoLock = "swap_info_lock";

    /// <summary>ci->lock: swap_map bytes of one cluster.</summary>
    public const string SwapClusterLock = "swap_cluster_lock";

    /// <summary>mapping->private_lock: buffers.</summary>
    public const string PrivateLock = "private_lock";

    /// <summary>memcg->move_lock: charges of this memcg do not move away.</summary>
    public const string MoveLock = "move_lock";

    /// <summary>The page cache tree's lock.</summary>
    public const string IPages = "i_pages";

    /// <summary>Per-CPU LRU batches.</summary>
    public const string LruPvecsLock = "lru_pvecs_lock";

    /// <summary>Per-CPU rotate batch, filled by interrupts.</summary>
    public const string LruRotateLock = "lru_rotate_lock";

    /// <summary>lruvec->lru_lock.</summary>
    public const string LruLock = "lru_lock";

    /// <summary>zone->lock: free pages.</summary>
    public const string ZoneLock = "zone_lock";

    /// <summary>A head of the hashed page wait table.</summary>
    public const string PageWaitQueue = "page_wait_queue";

    /// <summary>LRU isolation: PG_lru was cleared by us.</summary>
    public const string LruIsolation = "lru_isolation";

    /// <summary>Nobody else can see the page.</summary>
    public const string ExclusivePage = "exclusive_page";
}
