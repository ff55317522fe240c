using MmKernel;
using MmLock;
using static MmKernel.Cgroup;

namespace HistoricBugs;

/// <summary>
/// B10: a memcg goes while uncharged pages are still on its LRU list.
/// </summary>
/// <remarks>
/// <para>What happened: The last charge keeps the group. Pages in an unfinished gather were uncharged first and taken off
/// the group's list later; a removal in between freed the group, and the unlinking walked into freed memory.</para>
/// <para>Source: fixed by 7512102cf64d (v3.3).</para>
/// <para>Repaired: <see cref="Memcontrol.MemCgroupUncharge"/> comes after the page left its list.</para>
/// </remarks>
public static class Bug010_MemcgGoneWhilePagesOnItsLru
{
    /// <summary>Gives up the charge, then looks at the group's list.</summary>
    public static long UnchargeThenUnlink([ReleasesRef] MemCgroup charged, int nid)
    {
        CssPut(charged);
        var lruvec = charged.Nodes[nid].Lruvec; //~ MML5001
        return lruvec.Size(LruListKind.InactiveFile);
    }
}
