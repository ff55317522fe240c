using MmKernel;
using static MmKernel.Cgroup;

namespace HistoricBugs;

/// <summary>
/// 4G: one of two nested sections is left open on a path.
/// </summary>
/// <remarks>
/// <para>What happened: Two sections were opened, and the path for a dying group left by a goto that went past one of the
/// two ends. The task runs with preemption off from then on.</para>
/// <para>Source: the fourth thread, a variant discussed.</para>
/// <para>Repaired: <see cref="Memcontrol.MemCgroupIter"/> ends both sections in one place.</para>
/// </remarks>
public static class Variant4g_SectionLeftOpen
{
    /// <summary>Tries to get hold of a group.</summary>
    public static int Visit(MemCgroup memcg)
    {
        int id = 0;
        Rcu.ReadLock();
        Rcu.ReadLockSched();
        if (!CssTryget(memcg))
            goto dying;
        id = memcg.Id;
        CssPut(memcg);
        Rcu.ReadUnlockSched();
    dying:
        Rcu.ReadUnlock();
        return id; //~ MML2006
    }
}
