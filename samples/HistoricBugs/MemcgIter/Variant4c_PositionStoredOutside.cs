using MmKernel;
using static MmKernel.Cgroup;

namespace HistoricBugs;

/// <summary>
/// 4C: the position is stored after both sections ended.
/// </summary>
/// <remarks>
/// <para>What happened: The group was held by a reference, so the store looked harmless. But the invalidation for this very
/// group may run between the end of the sections and the store, and nothing wipes the position after that.</para>
/// <para>Source: the fourth thread, a variant discussed.</para>
/// <para>Repaired: <see cref="Memcontrol.MemCgroupIter"/> stores in the section in which the tryget succeeded.</para>
/// </remarks>
public static class Variant4c_PositionStoredOutside
{
    /// <summary>Remembers a group.</summary>
    public static void Remember(ReclaimIter iter, MemCgroup memcg)
    {
        Rcu.ReadLock();
        Rcu.ReadLockSched();
        bool alive = CssTryget(memcg);
        Rcu.ReadUnlockSched();
        Rcu.ReadUnlock();
        if (!alive)
            return;
        MemcgWalk.StorePosition(iter, memcg); //~ MML2001
        CssPut(memcg);
    }
}
