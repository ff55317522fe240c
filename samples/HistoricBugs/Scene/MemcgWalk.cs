using MmKernel;
using MmLock;

namespace HistoricBugs;

/// <summary>mem_cgroup_reclaim_iter: where a walk over the groups stands.</summary>
public sealed class ReclaimIter
{
    /// <summary>The last group visited, without a reference: readable under RCU only.</summary>
    [RcuGuarded("@rcu")]
    public MemCgroup? Position;
}

/// <summary>The kill of a group's reference count, and its confirmation.</summary>
public sealed class DyingCss
{
    /// <summary>Every CPU has seen the kill: css_tryget fails for certain.</summary>
    public readonly Phase TrygetFails = new();
}

/// <summary>A group on the walk that may not be ready yet.</summary>
[RefCounted]
public sealed class WalkedGroup
{
    /// <summary>Seen with CSS_ONLINE set.</summary>
    public readonly Phase Online = new();
}

/// <summary>parts of mem_cgroup_iter, before v4.20 when the flavours of RCU were apart.</summary>
[NoLockAnalysis("stands for the walk of mm/memcontrol.c: only the contracts matter here")]
public static class MemcgWalk
{
    /// <summary>mem_cgroup_from_task: the group may be dying, RCU only keeps its memory.</summary>
    [MustHoldShared("@rcu"), NeverSleeps]
    [return: Unreferenced]
    public static MemCgroup? FromTask(MemCgroup[] groups, int task) => groups[task];

    /// <summary>
    /// Stores a position. The confirmation that css_tryget fails comes by call_rcu_sched, the memory goes by call_rcu: only in a
    /// reader of both flavours is the store over before the invalidation looks.
    /// </summary>
    [MustHoldShared("@rcu", "@rcu_sched"), NeverSleeps]
    public static void StorePosition(ReclaimIter iter, MemCgroup? position)
    {
        Checkpoint.Pass("before the store");
        Rcu.InitPointer(ref iter.Position, position);
    }

    /// <summary>percpu_ref_kill_and_confirm, and the wait for the confirmation.</summary>
    [Acquires("css.TrygetFails"), WaitsForReaders("@rcu_sched"), MaySleep]
    public static void KillAndConfirm(DyingCss css) => Rcu.SynchronizeSched();

    /// <summary>mem_cgroup_invalidate_reclaim_iterators: wipes what points at the dead group, for the last time.</summary>
    [Releases("css.TrygetFails"), NeverSleeps]
    public static void Invalidate(DyingCss css)
    {
    }

    /// <summary>css_tryget.</summary>
    [NeverSleeps]
    public static bool Tryget([TryAcquiresRef] WalkedGroup group) => group != null;

    /// <summary>css->flags and CSS_ONLINE.</summary>
    [TryAcquires("group.Online"), NeverSleeps]
    public static bool IsOnline(WalkedGroup group) => group != null;

    /// <summary>Hands the group to the caller of the walk, reference and all.</summary>
    [Releases("group.Online"), NeverSleeps]
    public static void HandOut([ReleasesRef] WalkedGroup group)
    {
    }
}
