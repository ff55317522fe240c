using MmKernel;
using MmLock;

namespace HistoricBugs;

/// <summary>
/// The steps of a zap in the order of v6.2, with the contracts that the model gives them: clear, flush, remove rmaps, drop the
/// ptl, free. The model keeps the inner ones to itself.
/// </summary>
[NoLockAnalysis("stands for the private steps of Memory.ZapPteRange")]
public static class Tlb
{
    /// <summary>Clears the pte of a dirty file page: the page is marked dirty, its rmap stays until the flush.</summary>
    [MustHold("table.Ptl", "tlb.Active"), Acquires("tlb.RmapsPending"), NeverSleeps]
    public static void ClearDirtyPte(MmuGather tlb, PteTable table, int index)
    {
        table.Ptes[index] = default;
        tlb.RmapsPending.Begin();
    }

    /// <summary>tlb_flush_mmu_tlbonly: while the ptl keeps anybody from mapping anew.</summary>
    [MustHold("table.Ptl"), Acquires("tlb.Flushed"), NeverSleeps]
    public static void FlushMmuTlbonly(MmuGather tlb, PteTable table) => tlb.Flushed.Begin();

    /// <summary>page_remove_rmap of a page whose pte was dirty.</summary>
    [MustHold("table.Ptl", "tlb.Flushed"), NeverSleeps]
    public static void PageRemoveRmap(MmuGather tlb, PteTable table, Page page) => Rmap.PageRemoveRmap(page, table);

    /// <summary>tlb_flush_rmaps: removes the rmaps that were put off.</summary>
    [MustHold("table.Ptl", "tlb.Flushed"), Releases("tlb.RmapsPending"), NeverSleeps]
    public static void FlushRmaps(MmuGather tlb, PteTable table) => tlb.RmapsPending.End();

    /// <summary>pte_unmap_unlock at the end of a zap round.</summary>
    [MustNotHold("tlb.RmapsPending"), Releases("table.Ptl"), NeverSleeps]
    public static void PteUnmapUnlock(MmuGather tlb, PteTable table) => table.Ptl.Unlock();

    /// <summary>tlb_flush_mmu: frees what was gathered.</summary>
    [Releases("tlb.Flushed"), MustNotHold("tlb.RmapsPending", "@ptl"), NeverSleeps]
    public static void FlushMmu(MmuGather tlb) => tlb.Flushed.End();
}
