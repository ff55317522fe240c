using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B18: a hugetlb migration entry is read under the wrong page-table lock.
/// </summary>
/// <remarks>
/// <para>What happened: The entry of a huge page is guarded by the lock of its own level. The wait took the lock of the
/// level above and read the entry while its real lock was free for anybody.</para>
/// <para>Source: fixed by 30dad30922cc (v3.10).</para>
/// <para>Repaired: <see cref="Memory.HandleMmFault"/> takes the lock of the table that the entry stands in.</para>
/// </remarks>
public static class Bug018_WrongPtlForHugetlbEntry
{
    /// <summary>Reads the entry of a huge page.</summary>
    public static bool IsMigrating(PteTable upper, PteTable huge, int index)
    {
        upper.Ptl.Lock();
        bool migrating = huge.Ptes[index].Kind == PteKind.Migration; //~ MML2003
        upper.Ptl.Unlock();
        return migrating;
    }
}
