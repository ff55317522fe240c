using MmKernel;
using MmLock;

namespace HistoricBugs;

/// <summary>
/// B42: the TLB is flushed only after the page-table lock was dropped.
/// </summary>
/// <remarks>
/// <para>What happened: Dropping the lock lets page_mkclean in, which sees an empty pte and takes the page for clean; the
/// CPU with the stale entry writes afterwards.</para>
/// <para>Source: fixed by 1cf35d47712d (v3.15).</para>
/// <para>Repaired: <see cref="Memory.ZapPteRange"/> flushes under the lock.</para>
/// </remarks>
public static class Bug042_FlushAfterThePtl
{
    /// <summary>The end of a zap round.</summary>
    [MustHold("tlb.Active"), Acquires("tlb.Flushed")]
    public static void EndOfRound(MmuGather tlb, PteTable table, int index)
    {
        table.Ptl.Lock();
        table.Ptes[index] = default;
        table.Ptl.Unlock();
        Tlb.FlushMmuTlbonly(tlb, table); //~ MML2001
    }
}
