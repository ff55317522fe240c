using MmKernel;
using static MmKernel.Memcontrol;

namespace HistoricBugs;

/// <summary>
/// B38, variant 4e: a loop over the groups is left without mem_cgroup_iter_break.
/// </summary>
/// <remarks>
/// <para>What happened: The iterator returns each group with a reference and gives it up when it is called for the next
/// one. Leaving the loop in the middle leaves that reference behind, and the group is never freed.</para>
/// <para>Source: constructed.</para>
/// <para>Repaired: <see cref="Vmscan.ShrinkNodeMemcgs"/> calls mem_cgroup_iter_break.</para>
/// </remarks>
public static class Bug038_BreakWithoutIterBreak
{
    /// <summary>Is any group charged?</summary>
    public static bool AnyCharged(MemCgroup root)
    {
        for (var memcg = MemCgroupIter(root, null, null); memcg != null; memcg = MemCgroupIter(root, memcg, null))
        {
            if (memcg.Charged > 0)
                return true; //~ MML5003
        }
        return false;
    }
}
