using MmKernel;
using MmLock;

namespace HistoricBugs;

/// <summary>
/// 5D: gathered pages are freed while their rmaps are still pending.
/// </summary>
/// <remarks>
/// <para>What happened: The gather was full and freed its pages; the list of rmaps to remove pointed at them still.</para>
/// <para>Source: the fifth thread, a variant discussed.</para>
/// <para>Repaired: <see cref="Memory.ZapPteRange"/> removes the rmaps, unlocks, then frees.</para>
/// </remarks>
public static class Variant5d_PagesFreedBeforeTheirRmaps
{
    /// <summary>A full batch.</summary>
    [MustHold("tlb.RmapsPending"), Releases("tlb.Flushed")]
    public static void FreeBatch(MmuGather tlb)
    {
        Tlb.FlushMmu(tlb); //~ MML2002
    }
}
