using MmKernel;
using MmLock;
using static MmKernel.Cgroup;

namespace HistoricBugs;

/// <summary>
/// B40: a group is touched after its reference was put.
/// </summary>
/// <remarks>
/// <para>What happened: The reference was the caller's only hold on the group. What followed the put read freed memory
/// whenever it was the last one.</para>
/// <para>Source: fixed by fd0ccaf2bd04 (about v3.10).</para>
/// <para>Repaired: <see cref="Memcontrol.MemCgroupIter"/> puts the group it is done with last.</para>
/// </remarks>
public static class Bug040_MemcgUsedAfterPut
{
    /// <summary>Lets go of a group and reports it.</summary>
    public static int PutAndReport([ReleasesRef] MemCgroup memcg)
    {
        CssPut(memcg);
        return memcg.Id; //~ MML5001
    }
}
