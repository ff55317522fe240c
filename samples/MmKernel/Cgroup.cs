using System.Threading;
using MmLock;

namespace MmKernel;

/// <summary>
/// The count of a cgroup_subsys_state, a percpu_ref: "try" is a look at a flag and an increment, with preemption off
/// and nothing else to hold the two together. So after the flag is set a "try" may still be on its way; only when all
/// regions with preemption off have ended is it certain that no new reference appears. That moment is the confirmation
/// of the kill.
/// </summary>
[NoLockAnalysis("primitive: the css reference count itself")]
internal sealed class CssRef(MemCgroup memcg)
{
    private int _count = 1;
    private volatile bool _killed;
    private volatile bool _freed;

    /// <summary>References left, the base reference of the living group included.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Is the group on its way out?</summary>
    public bool Killed => _killed;

    public bool TryGet()
    {
        CheckAlive();
        Rcu.ReadLockSched();
        bool alive = !_killed;
        if (alive)
            Interlocked.Increment(ref _count);
        Rcu.ReadUnlockSched();
        if (!alive)
            Races.Met(Race.CssTrygetFailed);
        return alive;
    }

    public void GetMany(int nr)
    {
        CheckAlive();
        Bug.On(Interlocked.Add(ref _count, nr) <= nr, "css_get on a group without references");
    }

    public void PutMany(int nr)
    {
        CheckAlive();
        int left = Interlocked.Add(ref _count, -nr);
        Bug.On(left < 0, "css_put on a group without references");
        if (left == 0)
            Cgroup.CssRelease(memcg);
    }

    public void Kill() => _killed = true;

    public void CheckAlive() => Bug.On(_freed, $"{memcg} is used after it was freed");

    public void MarkFreed() => _freed = true;
}

/// <summary>
/// The cgroup core (kernel/cgroup): the tree of groups, how a group comes and how it goes. Going has four steps, each
/// of which may begin only when the one before is seen by everybody: kill (no new "try"), confirmed by an rcu_sched
/// grace period; offline (positions that point here are wiped, charges move up); release (no reference left, unlinked
/// from the tree); free, after an rcu grace period, because walkers may still stand on it.
/// </summary>
public static class Cgroup
{
    /// <summary>cgroup_mutex: the shape of the tree.</summary>
    [LockClass(LockClasses.CgroupMutex)]
    public static readonly Mutex CgroupMutex = new(LockClasses.CgroupMutex);

    private static int SerialNr;
    private static long FreedTotal;
    private static int Dying;

    /// <summary>Groups freed so far.</summary>
    public static long Freed => Interlocked.Read(ref FreedTotal);

    /// <summary>Groups that are killed and not yet freed.</summary>
    public static int Going => Volatile.Read(ref Dying);

    /// <summary>css_tryget: the way to a reference for somebody who found the group in a reader of RCU.</summary>
    [NeverSleeps]
    [NoLockAnalysis("primitive: the css reference count itself")]
    public static bool CssTryget([TryAcquiresRef] MemCgroup memcg) => memcg.Css.TryGet();

    /// <summary>
    /// css_get: one more, for somebody who has one already. On a group merely found under RCU it would revive the dead.
    /// </summary>
    [NeverSleeps]
    [NoLockAnalysis("primitive: the css reference count itself")]
    public static void CssGet([MustHoldRef, AcquiresRef] MemCgroup memcg) => memcg.Css.GetMany(1);

    /// <summary>css_put.</summary>
    [NeverSleeps]
    [NoLockAnalysis("primitive: the css reference count itself")]
    public static void CssPut([ReleasesRef] MemCgroup memcg) => memcg.Css.PutMany(1);

    /// <summary>
    /// cgroup_mkdir: makes a group and links it last among its siblings, complete before it is visible. Null when the
    /// parent is going. The caller gets a reference of its own.
    /// </summary>
    [MaySleep, MayAcquire("@cgroup_mutex")]
    [return: AcquiresRef]
    public static MemCgroup? CgroupMkdir([MustHoldRef] MemCgroup parent)
    {
        CgroupMutex.Lock();
        if (parent.Css.Killed)
        {
            CgroupMutex.Unlock();
            return null;
        }
        var memcg = NewGroup(parent);
        memcg.SerialNr = ++SerialNr;
        LinkLast(parent, memcg);
        memcg.Online = true;
        CgroupMutex.Unlock();
        return memcg;
    }

    /// <summary>
    /// cgroup_rmdir: kills a group without children. Nothing else happens here: that no new reference can appear is
    /// known only after a grace period of the flavour that "try" runs under.
    /// </summary>
    [MaySleep, MayAcquire("@cgroup_mutex")]
    public static bool CgroupRmdir([MustHoldRef] MemCgroup memcg)
    {
        CgroupMutex.Lock();
        if (memcg.Css.Killed || Rcu.DereferenceProtected(ref memcg.FirstChild, CgroupMutex) != null)
        {
            CgroupMutex.Unlock();
            return false;
        }
        memcg.Online = false;
        memcg.Css.Kill();
        Interlocked.Increment(ref Dying);
        CgroupMutex.Unlock();
        Rcu.CallRcuSched(() => CssKilledRefFn(memcg));
        return true;
    }

    /// <summary>css_killed_ref_fn: the kill is confirmed. What follows sleeps, so it goes to a work queue.</summary>
    [RunsIn(MmLock.ExecutionContext.Softirq), NeverSleeps]
    private static void CssKilledRefFn(MemCgroup memcg) => new Work(() => OfflineCss(memcg)).Schedule();

    /// <summary>
    /// offline_css: "try" fails for everybody now, and all sections in which it may have succeeded are over: whoever
    /// was going to store this group as a position has done so. Wipe the positions, move the charges up, give up the
    /// base reference.
    /// </summary>
    [MaySleep, RunsIn(MmLock.ExecutionContext.Process)]
    private static void OfflineCss(MemCgroup memcg)
    {
        Memcontrol.InvalidateReclaimIterators(memcg);
        Memcontrol.ReparentCharges(memcg);
        PutBase(memcg);
    }

    /// <summary>css_release: the last reference is gone, in whatever context; the rest needs cgroup_mutex.</summary>
    [NeverSleeps]
    internal static void CssRelease(MemCgroup memcg) => new Work(() => CssReleaseWorkFn(memcg)).Schedule();

    /// <summary>css_release_work_fn: unlinks first, waits second, frees third.</summary>
    [MaySleep, RunsIn(MmLock.ExecutionContext.Process), MayAcquire("@cgroup_mutex")]
    private static void CssReleaseWorkFn(MemCgroup memcg)
    {
        CgroupMutex.Lock();
        Unlink(memcg);
        CgroupMutex.Unlock();
        FreeCssRcu(memcg);
    }

    /// <summary>
    /// css_next_descendant_pre: the next group in pre-order below <paramref name="root"/>, which itself comes first.
    /// The starting position needs no reference, only the reader; if it was unlinked meanwhile its own next pointer may
    /// lead to the freed, so its successor is found through its parent by serial number.
    /// </summary>
    [MustHoldAny("@rcu", "CgroupMutex"), NeverSleeps]
    public static MemCgroup? CssNextDescendantPre(MemCgroup? pos, MemCgroup root)
    {
        if (pos == null)
            return root;
        var next = Rcu.DereferenceCheck(ref pos.FirstChild, CgroupMutex);
        if (next != null)
            return next;
        while (pos != root)
        {
            next = CssNextSibling(pos);
            if (next != null)
                return next;
            if (pos.Parent == null)
                return null;
            pos = pos.Parent;
        }
        return null;
    }

    [MustHoldAny("@rcu", "CgroupMutex"), NeverSleeps]
    private static MemCgroup? CssNextSibling(MemCgroup pos)
    {
        if (!pos.Unlinked)
            return Rcu.DereferenceCheck(ref pos.NextSibling, CgroupMutex);
        if (pos.Parent == null)
            return null;
        var child = Rcu.DereferenceCheck(ref pos.Parent.FirstChild, CgroupMutex);
        while (child != null && child.SerialNr <= pos.SerialNr)
            child = Rcu.DereferenceCheck(ref child.NextSibling, CgroupMutex);
        return child;
    }

    [MustHold("CgroupMutex"), NeverSleeps]
    private static void LinkLast(MemCgroup parent, MemCgroup memcg)
    {
        var last = Rcu.DereferenceProtected(ref parent.FirstChild, CgroupMutex);
        if (last == null)
        {
            Rcu.AssignPointer(ref parent.FirstChild, memcg);
            return;
        }
        var next = Rcu.DereferenceProtected(ref last.NextSibling, CgroupMutex);
        while (next != null)
        {
            last = next;
            next = Rcu.DereferenceProtected(ref last.NextSibling, CgroupMutex);
        }
        Rcu.AssignPointer(ref last.NextSibling, memcg);
    }

    /// <summary>
    /// list_del_rcu: the neighbours forget the group; its own pointers stay, for readers that stand on it.
    /// </summary>
    [MustHold("CgroupMutex"), NeverSleeps, Unpublishes("memcg")]
    private static void Unlink(MemCgroup memcg)
    {
        memcg.Unlinked = true;
        var parent = memcg.Parent!;
        var after = Rcu.DereferenceProtected(ref memcg.NextSibling, CgroupMutex);
        var at = Rcu.DereferenceProtected(ref parent.FirstChild, CgroupMutex);
        if (at == memcg)
        {
            Rcu.AssignPointer(ref parent.FirstChild, after);
            return;
        }
        while (at != null)
        {
            var next = Rcu.DereferenceProtected(ref at.NextSibling, CgroupMutex);
            if (next == memcg)
            {
                Rcu.AssignPointer(ref at.NextSibling, after);
                return;
            }
            at = next;
        }
    }

    [NoLockAnalysis("primitive: the base reference of the group goes to its parent's tree, and the caller's on top")]
    [return: AcquiresRef]
    private static MemCgroup NewGroup(MemCgroup parent)
    {
        var memcg = new MemCgroup(parent, MemMap.Zones.Length);
        parent.Css.GetMany(1);
        memcg.Css.GetMany(1);
        return memcg;
    }

    [NoLockAnalysis("primitive: the reference that the group was born with")]
    [NeverSleeps]
    private static void PutBase(MemCgroup memcg) => memcg.Css.PutMany(1);

    [NoLockAnalysis("primitive: the memory of the group")]
    [NeverSleeps, FreesAfterGracePeriod("memcg")]
    private static void FreeCssRcu(MemCgroup memcg) => Rcu.CallRcu(() =>
    {
        memcg.Css.MarkFreed();
        Interlocked.Increment(ref FreedTotal);
        Interlocked.Decrement(ref Dying);
        memcg.Parent!.Css.PutMany(1);
    });
}
