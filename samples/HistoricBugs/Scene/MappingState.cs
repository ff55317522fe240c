using MmKernel;
using MmLock;

namespace HistoricBugs;

/// <summary>The buffers of one page.</summary>
/// <param name="mapping">The file.</param>
public sealed class PageBuffers(AddressSpace mapping)
{
    /// <summary>The file, whose private_lock guards them.</summary>
    public readonly AddressSpace Mapping = mapping;

    /// <summary>Users of the buffers.</summary>
    [GuardedBy("Mapping.PrivateLock")]
    public int Users;

    /// <summary>The page they belong to.</summary>
    [GuardedBy("Mapping.PrivateLock")]
    public Page? Owner;
}

/// <summary>The queue of huge pages worth splitting, one per memcg.</summary>
public sealed class DeferredSplitQueue
{
    /// <summary>split_queue_lock.</summary>
    [LockClass("split_queue_lock", TakenIn = IrqContext.Hardirq)]
    public readonly SpinLock Lock = new("split_queue_lock");

    /// <summary>Takes a page off this queue.</summary>
    [MustHold("Lock"), NeverSleeps]
    public void Remove(Page page) => Bug.On(page.Pfn < 0, "no page");
}

/// <summary>Direct reclaim as a region.</summary>
[NoLockAnalysis("a region without a lock object: the class @reclaim of the order")]
public static class Reclaim
{
    /// <summary>The allocator goes into reclaim.</summary>
    [Acquires("@reclaim")]
    public static void Enter()
    {
    }

    /// <summary>And comes back.</summary>
    [Releases("@reclaim")]
    public static void Leave()
    {
    }
}

/// <summary>A node of a list that readers walk under RCU.</summary>
public sealed class ListNode
{
    /// <summary>A key.</summary>
    public int Key;
}

/// <summary>The list.</summary>
[NoLockAnalysis("stands for list_del_rcu and kfree: only the contracts matter here")]
public static class RcuList
{
    /// <summary>Keeps updaters apart.</summary>
    public static readonly SpinLock Lock = new("rcu_list");

    /// <summary>list_del_rcu.</summary>
    [MustHold("Lock"), Unpublishes("node"), NeverSleeps]
    public static void Del(ListNode node)
    {
    }

    /// <summary>kfree.</summary>
    [Frees("node"), NeverSleeps]
    public static void Free(ListNode node)
    {
    }
}

/// <summary>Copying between pages.</summary>
[NoLockAnalysis("stands for folio_copy")]
public static class Copying
{
    /// <summary>folio_copy: a large one takes its time, and makes room for others on the way.</summary>
    [MaySleep]
    public static void FolioCopy(Page to, Page from) => Sched.CondResched();
}
