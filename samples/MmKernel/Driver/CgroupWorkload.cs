using System.Collections.Generic;
using MmLock;
using static MmKernel.PageFlags;
using static MmKernel.PageLock;

namespace MmKernel;

/// <summary>The fourth system: groups come and go under the feet of reclaimers that walk over them.</summary>
public sealed class CgroupWorkload : Workload
{
    private readonly AddressSpace _file = new("file of the groups", 128);
    private MemCgroup _top = Memcontrol.RootMemCgroup;
    private int _groups;

    /// <inheritdoc/>
    public override string Name => "mem_cgroup_iter";

    /// <inheritdoc/>
    public override IReadOnlyList<Race> Races { get; } = [Race.CssTrygetFailed, Race.IterRaceLost, Race.IterPositionWiped];

    /// <inheritdoc/>
    public override IReadOnlyList<AddressSpace> Mappings => [_file];

    /// <inheritdoc/>
    public override void SetUp(int seed) => _top = Cgroup.CgroupMkdir(Memcontrol.RootMemCgroup)!;

    /// <inheritdoc/>
    [NoLockAnalysis("the world stands still")]
    public override void Check()
    {
        var all = Memcontrol.AllGroups();
        foreach (var memcg in all)
        {
            Demand(!memcg.Css.Killed, $"{memcg} is killed but still in the tree");
            foreach (var node in memcg.Nodes)
            {
                var position = node.Iter.Position;
                Demand(position == null || all.Contains(position), $"a cached position below {memcg} names {position}, which is gone");
            }
            int children = 0;
            foreach (var other in all)
                children += other.Parent == memcg ? 1 : 0;
            Demand(memcg == Memcontrol.RootMemCgroup || memcg.Css.Count >= 1 + children + memcg.Charged,
                $"{memcg} has {memcg.Css.Count} references but {children} children and {memcg.Charged} charges");
        }
    }

    /// <inheritdoc/>
    protected override void Operation(TaskStruct task)
    {
        var random = task.Random;
        int nid = random.Next(MemMap.Zones.Length);
        switch (random.Next(10))
        {
            case 0:
                Make(random.Next(24));
                break;
            case 1 or 2:
                Remove(random.Next(30));
                break;
            case < 7:
                ChargeSome(random.Next(30), random.Next(_file.Size), nid);
                break;
            case < 9:
                Vmscan.ShrinkNodeMemcgs(_top, nid, 1 + random.Next(16), shared: true);
                break;
            default:
                Drop(random.Next(_file.Size));
                break;
        }
    }

    /// <summary>Walks some steps into the tree and returns the group there with its reference.</summary>
    [return: AcquiresRef]
    private MemCgroup? Pick(int steps)
    {
        var memcg = Memcontrol.MemCgroupIter(_top, null, null);
        while (memcg != null && steps-- > 0)
            memcg = Memcontrol.MemCgroupIter(_top, memcg, null);
        return memcg;
    }

    [MaySleep]
    private void Make(int where)
    {
        if (System.Threading.Volatile.Read(ref _groups) > 24)
            return;
        var parent = Pick(where);
        if (parent == null)
            return;
        var memcg = Cgroup.CgroupMkdir(parent);
        if (memcg != null)
        {
            System.Threading.Interlocked.Increment(ref _groups);
            Cgroup.CssPut(memcg);
        }
        Cgroup.CssPut(parent);
    }

    [MaySleep]
    private void Remove(int where)
    {
        var memcg = Pick(where);
        if (memcg == null)
            return;
        if (memcg != _top && Cgroup.CgroupRmdir(memcg))
            System.Threading.Interlocked.Decrement(ref _groups);
        Cgroup.CssPut(memcg);
    }

    [MaySleep]
    private void ChargeSome(int where, int index, int nid)
    {
        var memcg = Pick(where);
        if (memcg == null)
            return;
        Page? page = Filemap.PagecacheGetPage(_file, index, memcg, 0, nid);
        if (page != null)
        {
            SetPageUptodate(page);
            UnlockPage(page);
            Lru.PutPage(page);
        }
        Cgroup.CssPut(memcg);
    }

    [MaySleep]
    private void Drop(int index)
    {
        Page? page = Filemap.FindLockPage(_file, index);
        if (page == null)
            return;
        Filemap.TruncateInodePage(page, _file);
        UnlockPage(page);
        Lru.PutPage(page);
    }
}
