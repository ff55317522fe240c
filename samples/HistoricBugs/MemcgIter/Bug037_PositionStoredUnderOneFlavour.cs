using MmKernel;
using static MmKernel.Cgroup;

namespace HistoricBugs;

/// <summary>
/// B37, variant 4b: the position is stored under a flavour that the invalidation does not wait for.
/// </summary>
/// <remarks>
/// <para>What happened: Before v4.20 the confirmation that css_tryget fails is delivered after an rcu_sched grace period,
/// and the group freed after an RCU one. A walker in an RCU reader alone can be preempted between its tryget and its store:
/// the invalidation runs in the gap, the store comes after it, and the position points at freed memory.</para>
/// <para>Source: the fourth thread, the reason for two nested sections.</para>
/// <para>Repaired: <see cref="Memcontrol.MemCgroupIter"/> opens both readers around tryget and store.</para>
/// </remarks>
public static class Bug037_PositionStoredUnderOneFlavour
{
    /// <summary>Remembers a group.</summary>
    public static void Remember(ReclaimIter iter, MemCgroup memcg)
    {
        Rcu.ReadLock();
        if (CssTryget(memcg))
        {
            MemcgWalk.StorePosition(iter, memcg); //~ MML2001
            CssPut(memcg);
        }
        Rcu.ReadUnlock();
    }
}
