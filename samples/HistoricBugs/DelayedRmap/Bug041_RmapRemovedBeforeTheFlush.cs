using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B41, variant 5a: the rmap of a dirty file page is removed before the TLB flush.
/// </summary>
/// <remarks>
/// <para>What happened: The pte was cleared and the page taken out of rmap; the flush came later. In between another CPU
/// could still write through its TLB, while page_mkclean found no mapping any more and did not wait for the page-table
/// lock: a page marked clean was written to, and the data lost.</para>
/// <para>Source: the fifth thread (November 2022); fixed by 5df397dec7c4 (v6.2).</para>
/// <para>Repaired: <see cref="Memory.ZapPteRange"/>: set dirty, flush, remove the rmap, drop the lock, free.</para>
/// </remarks>
public static class Bug041_RmapRemovedBeforeTheFlush
{
    /// <summary>One page of a zap; the gather has the entry's reference, the flush comes later.</summary>
    public static void ZapPte(MmuGather tlb, PteTable table, int index, Page page, AddressSpace mapping)
    {
        table.Ptl.Lock();
        table.Ptes[index] = default;
        PageWritebackOps.SetPageDirty(page, mapping);
        Tlb.PageRemoveRmap(tlb, table, page); //~ MML2001
        table.Ptl.Unlock();
    }
}
