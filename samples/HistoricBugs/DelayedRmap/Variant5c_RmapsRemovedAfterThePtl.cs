using MmKernel;
using MmLock;

namespace HistoricBugs;

/// <summary>
/// 5C: the delayed rmaps are removed after the page-table lock was dropped.
/// </summary>
/// <remarks>
/// <para>What happened: The flush had happened in time, the removal had not: without the lock a concurrent fault maps the
/// page again, and the counts are wrong.</para>
/// <para>Source: the fifth thread, a variant discussed.</para>
/// <para>Repaired: <see cref="Memory.ZapPteRange"/> removes them before the unlock.</para>
/// </remarks>
public static class Variant5c_RmapsRemovedAfterThePtl
{
    /// <summary>The end of a zap round.</summary>
    [MustHold("tlb.Flushed"), Releases("tlb.RmapsPending")]
    public static void EndOfRound(MmuGather tlb, PteTable table, int index)
    {
        table.Ptl.Lock();
        table.Ptes[index] = default;
        table.Ptl.Unlock();
        Tlb.FlushRmaps(tlb, table); //~ MML2001
    }
}
