using MmKernel;
using MmLock;

namespace HistoricBugs;

/// <summary>
/// B44: pages are freed before the TLB flush that their table needs.
/// </summary>
/// <remarks>
/// <para>What happened: Unsharing a hugetlb page table drops a whole table of entries at once. The flush for them was not
/// remembered, and the pages could be freed while stale entries still led to them.</para>
/// <para>Source: fixed by a4a118f2eead (v5.16).</para>
/// <para>Repaired: <see cref="Memory.ZapPteRange"/> frees nothing before the flush.</para>
/// </remarks>
public static class Bug044_PagesFreedBeforeTheFlush
{
    /// <summary>Unshares a table and frees what it mapped.</summary>
    [MustHold("tlb.Active")]
    public static void UnshareAndFree(MmuGather tlb, PteTable shared, int index)
    {
        shared.Ptl.Lock();
        shared.Ptes[index] = default;
        shared.Ptl.Unlock();
        Tlb.FlushMmu(tlb); //~ MML2005
    }
}
