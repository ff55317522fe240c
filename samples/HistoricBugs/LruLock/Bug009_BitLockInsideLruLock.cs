using MmKernel;
using MmLock;
using static MmKernel.Memcontrol;

namespace HistoricBugs;

/// <summary>
/// B09: an irq-unsafe memcg bit lock is taken inside lru_lock.
/// </summary>
/// <remarks>
/// <para>What happened: The per-page memcg lock was a bit lock, taken with interrupts on. Taken inside lru_lock as well, it
/// makes a deadlock of three: one CPU holds the bit lock and is interrupted, the handler wants lru_lock, whose holder waits
/// for the bit lock.</para>
/// <para>Source: fixed by 9ce70c0240d0 (v3.3).</para>
/// <para>Repaired: the bit lock goes outside; in the model a page's memcg has no lock of its own, see <see
/// cref="Page.MemCgroup"/>.</para>
/// </remarks>
public static class Bug009_BitLockInsideLruLock
{
    /// <summary>struct page_cgroup with its bit lock.</summary>
    public sealed class PageCgroup
    {
        /// <summary>lock_page_cgroup.</summary>
        [LockClass("page_cgroup_lock")]
        public readonly SpinLock Lock = new("page_cgroup_lock");

        /// <summary>Charged?</summary>
        [GuardedBy("Lock")]
        public bool Used;
    }

    /// <summary>Uncharging, in process context.</summary>
    public static void Uncharge(PageCgroup cgroup)
    {
        cgroup.Lock.Lock();
        cgroup.Used = false;
        cgroup.Lock.Unlock();
    }

    /// <summary>Adding to a list.</summary>
    public static void AddToList(Lruvec lruvec, PageCgroup cgroup)
    {
        lruvec.LruLock.LockIrqSave(out ulong flags);
        cgroup.Lock.Lock(); //~ MML4006
        if (cgroup.Used)
            MemCgroupUpdateLruSize(lruvec, LruListKind.InactiveAnon, 0);
        cgroup.Lock.Unlock();
        lruvec.LruLock.UnlockIrqRestore(flags);
    }
}
