using System.Collections.Generic;
using System.Threading;
using MmLock;

namespace MmKernel;

/// <summary>
/// The count of a cgroup_subsys_state (a percpu_ref). While it lives, "try" succeeds for anybody; once it is killed only the
/// references that exist keep it, and after the last one it is released, then freed after a grace period.
/// </summary>
[NoLockAnalysis("primitive: the css reference count itself")]
internal sealed class CssRef(MemCgroup memcg)
{
    private int _count = 1;
    private volatile bool _freed;

    /// <summary>Was the group freed? Whoever touches it then, lost it.</summary>
    public bool Freed => _freed;

    /// <summary>References left.</summary>
    public int Count => Volatile.Read(ref _count);

    public bool TryGet()
    {
        CheckAlive();
        int seen = Volatile.Read(ref _count);
        while (seen > 0)
        {
            int was = Interlocked.CompareExchange(ref _count, seen + 1, seen);
            if (was == seen)
                return true;
            seen = was;
        }
        Races.Met(Race.CssTrygetFailed);
        return false;
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

    public void CheckAlive() => Bug.On(_freed, $"{memcg} is used after it was freed");

    public void MarkFreed() => _freed = true;
}

/// <summary>The links of one group in the tree.</summary>
internal sealed class CgroupNode
{
    public readonly List<MemCgroup> Children = [];
}

/// <summary>The cached position of a walk.</summary>
internal sealed class MemCgroupReclaimIter
{
    public MemCgroup? Position { get; set; }
}

/// <summary>The cgroup core (kernel/cgroup).</summary>
public static class Cgroup
{
    internal static void CssRelease(MemCgroup memcg)
    {
    }
}
