using MmKernel;
using MmLock;
using static MmKernel.PageLock;

namespace HistoricBugs;

/// <summary>
/// B23, variant 3b: the page lock is waited for inside a per-CPU gather, or under i_mmap_lock.
/// </summary>
/// <remarks>
/// <para>What happened: Until v3.0 the gather lived in per-CPU data, with preemption off from beginning to end, and
/// i_mmap_lock was a spinlock. Freeing the collected swap entries with a blocking page lock "after the page-table lock was
/// dropped" is still inside of both.</para>
/// <para>Source: the third thread, objection.</para>
/// <para>Repaired: <see cref="Memory.ZapPteRange"/> frees pages after the page-table lock, and only tries page
/// locks.</para>
/// </remarks>
public static class Bug023_LockPageInsideTheGather
{
    /// <summary>i_mmap_lock, when it was a spinlock.</summary>
    public sealed class OldMapping
    {
        /// <summary>The lock.</summary>
        [LockClass("i_mmap_lock_2009")]
        public readonly SpinLock IMmapLock = new("i_mmap_lock_2009");
    }

    /// <summary>Between tlb_gather_mmu and tlb_finish_mmu.</summary>
    public static void FreeInTheGather(Page page)
    {
        Preempt.Disable();
        LockPage(page); //~ MML4001
        UnlockPage(page);
        Preempt.Enable();
    }

    /// <summary>Truncation.</summary>
    public static void FreeUnderTruncation(OldMapping mapping, Page page)
    {
        mapping.IMmapLock.Lock();
        LockPage(page); //~ MML4001
        UnlockPage(page);
        mapping.IMmapLock.Unlock();
    }
}
