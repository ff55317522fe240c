using MmKernel;
using MmLock;
using static MmKernel.Cgroup;

namespace HistoricBugs;

/// <summary>
/// B82: css_get on a group that only RCU keeps.
/// </summary>
/// <remarks>
/// <para>What happened: RCU keeps the memory, not the count: it may be zero already. A plain get revives a group whose
/// release is under way.</para>
/// <para>Source: constructed.</para>
/// <para>Repaired: <see cref="Cgroup.CssTryget"/>, whose result is looked at.</para>
/// </remarks>
public static class Bug082_CssGetUnderRcuOnly
{
    /// <summary>The group of a task, with a reference.</summary>
    [return: AcquiresRef]
    public static MemCgroup? GetFromTask(MemCgroup[] groups, int task)
    {
        Rcu.ReadLock();
        var memcg = MemcgWalk.FromTask(groups, task);
        if (memcg != null)
            CssGet(memcg); //~ MML5002
        Rcu.ReadUnlock();
        return memcg;
    }
}
