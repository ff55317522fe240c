using System.Threading;
using MmLock;

namespace MmKernel;

/// <summary>Per-memcg page statistics that follow a page when its charge moves.</summary>
public enum MemcgStat
{
    /// <summary>Dirty file pages.</summary>
    FileDirty,

    /// <summary>Pages under writeback.</summary>
    Writeback,

    /// <summary>Mapped file pages.</summary>
    FileMapped,

    /// <summary>Mapped anonymous pages.</summary>
    AnonMapped,

    /// <summary>How many there are.</summary>
    Count,
}

/// <summary>
/// struct mem_cgroup: a group that memory is charged to. It is found under RCU (through a page, a task, the tree) and kept
/// by a css reference; every page charged to it keeps it as well.
/// </summary>
[RefCounted]
public sealed class MemCgroup
{
    private static int NextId;

    private readonly long[] _stats = new long[(int)MemcgStat.Count];
    private readonly MemCgroupPerNode[] _nodes;
    private long _charged;

    /// <summary>A group below another, null for the root.</summary>
    public MemCgroup(MemCgroup? parent, int nodes)
    {
        Parent = parent;
        Id = Interlocked.Increment(ref NextId);
        Css = new CssRef(this);
        _nodes = new MemCgroupPerNode[nodes];
        for (int nid = 0; nid < nodes; nid++)
            _nodes[nid] = new MemCgroupPerNode(this, nid);
    }

    /// <summary>A number that is never used twice.</summary>
    public int Id { get; }

    /// <summary>The group above; it outlives this one.</summary>
    public MemCgroup? Parent { get; }

    /// <summary>What there is of this group on each node. Asking a group that was freed is a bug, and seen.</summary>
    public MemCgroupPerNode[] Nodes
    {
        get
        {
            Css.CheckAlive();
            return _nodes;
        }
    }

    /// <summary>The reference count of the cgroup_subsys_state.</summary>
    internal CssRef Css { get; }

    /// <summary>The first child. Written under cgroup_mutex, followed under it or in a reader.</summary>
    [RcuGuarded("@rcu", UpdateLock = "Cgroup.CgroupMutex")]
    internal MemCgroup? FirstChild;

    /// <summary>The next child of the same parent.</summary>
    [RcuGuarded("@rcu", UpdateLock = "Cgroup.CgroupMutex")]
    internal MemCgroup? NextSibling;

    /// <summary>Order of birth: siblings stand in this order.</summary>
    internal int SerialNr;

    /// <summary>Taken off its siblings' list; its own next pointer is not to be trusted any more.</summary>
    internal volatile bool Unlinked;

    /// <summary>Onlined and not yet killed.</summary>
    internal volatile bool Online;

    /// <summary>Greater than zero while charges move away from here: makes lock_page_memcg take the lock.</summary>
    internal int MovingAccount;

    /// <summary>
    /// memcg->move_lock: charges of this group do not move away while somebody holds it. The end of a write takes it in
    /// an interrupt.
    /// </summary>
    [LockClass(LockClasses.MoveLock, TakenIn = IrqContext.Hardirq)]
    public readonly SpinLock MoveLock = new(LockClasses.MoveLock);

    /// <summary>Who holds move_lock through lock_page_memcg; the unlock compares.</summary>
    [WriteGuardedBy("MoveLock")]
    internal TaskStruct? MoveLockTask;

    /// <summary>The interrupt flags that lock_page_memcg saved.</summary>
    [GuardedBy("MoveLock")]
    internal ulong MoveLockFlags;

    /// <summary>Base pages charged.</summary>
    public long Charged => Interlocked.Read(ref _charged);

    /// <summary>A statistic.</summary>
    public long Stat(MemcgStat stat) => Interlocked.Read(ref _stats[(int)stat]);

    /// <summary>__mod_memcg_state.</summary>
    [NeverSleeps]
    internal void ModStat(MemcgStat stat, long delta) => Interlocked.Add(ref _stats[(int)stat], delta);

    /// <summary>Charges pages; each charge keeps the group alive.</summary>
    [NeverSleeps]
    internal void Charge(int nr)
    {
        Interlocked.Add(ref _charged, nr);
        Css.GetMany(nr);
    }

    /// <summary>Uncharges pages. The last charge of a dead group frees it.</summary>
    [NeverSleeps]
    internal void Uncharge(int nr)
    {
        Bug.On(Interlocked.Add(ref _charged, -nr) < 0, $"{this} is uncharged below zero");
        Css.PutMany(nr);
    }

    /// <inheritdoc/>
    public override string ToString() => Parent == null ? "the root memcg" : $"memcg {Id}";
}

/// <summary>
/// mem_cgroup_reclaim_iter: where the shared walk of reclaimers over a tree stands. The pointer holds no reference: it
/// may name a group only while somebody is bound to wipe it before that group goes.
/// </summary>
internal sealed class MemCgroupReclaimIter
{
    /// <summary>The group returned last. Changed by compare-and-swap only, so there is no update lock.</summary>
    [RcuGuarded("@rcu"), Unreferenced]
    internal MemCgroup? Position;

    /// <summary>Rounds over the whole tree so far.</summary>
    internal int Generation;
}

/// <summary>mem_cgroup_reclaim_cookie: names the shared walk that a reclaimer takes part in, and its round.</summary>
/// <param name="nid">The node that is being reclaimed.</param>
public sealed class MemCgroupReclaimCookie(int nid)
{
    /// <summary>The node.</summary>
    public int Nid { get; } = nid;

    /// <summary>The round in which this reclaimer began.</summary>
    internal int Generation { get; set; }
}

/// <summary>
/// mem_cgroup_per_node: the lruvec of one group on one node, and the place where reclaim's walk over the tree stands.
/// </summary>
public sealed class MemCgroupPerNode
{
    internal MemCgroupPerNode(MemCgroup memcg, int nid)
    {
        Lruvec = new Lruvec(memcg, nid);
        Iter = new MemCgroupReclaimIter();
    }

    /// <summary>The LRU lists.</summary>
    public Lruvec Lruvec { get; }

    /// <summary>mem_cgroup_reclaim_iter.</summary>
    internal MemCgroupReclaimIter Iter { get; }
}
