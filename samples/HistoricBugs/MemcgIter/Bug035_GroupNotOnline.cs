using MmKernel;
using MmLock;

namespace HistoricBugs;

/// <summary>
/// B35: the walk returns a group that is not online yet.
/// </summary>
/// <remarks>
/// <para>What happened: A reference can be had on a group as soon as its css exists, which is before its controller has set
/// it up. Reclaim walked into half made groups.</para>
/// <para>Source: fixed by d8ad30559715 (v3.14).</para>
/// <para>Repaired: <see cref="Memcontrol.MemCgroupIter"/> asks whether the group is online before it tries for a
/// reference.</para>
/// </remarks>
public static class Bug035_GroupNotOnline
{
    /// <summary>One step of the walk.</summary>
    public static void Visit([MustHoldRef] WalkedGroup group)
    {
        if (MemcgWalk.Tryget(group))
            MemcgWalk.HandOut(group); //~ MML2005
    }
}
