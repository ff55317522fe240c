using MmKernel;
using MmLock;

namespace HistoricBugs;

/// <summary>
/// B87, variant 5b: the page-table lock is dropped with delayed rmaps pending.
/// </summary>
/// <remarks>
/// <para>What happened: The rmaps that were put off can only be removed under the lock. Dropped before, page_mkclean and
/// the statistics see a mapping that is not there any more.</para>
/// <para>Source: constructed.</para>
/// <para>Repaired: <see cref="Memory.ZapPteRange"/> removes the rmaps before it unlocks.</para>
/// </remarks>
public static class Bug087_PtlDroppedWithRmapsPending
{
    /// <summary>One page of a zap.</summary>
    [MustHold("tlb.Active"), Acquires("tlb.RmapsPending")]
    public static void ZapOne(MmuGather tlb, PteTable table, int index)
    {
        table.Ptl.Lock();
        Tlb.ClearDirtyPte(tlb, table, index);
        Tlb.PteUnmapUnlock(tlb, table); //~ MML2002
    }
}
