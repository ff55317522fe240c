using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B88: an error path forgets tlb_finish_mmu.
/// </summary>
/// <remarks>
/// <para>What happened: The gather holds pages and a pending flush. Leaving without finishing it frees neither, and on old
/// kernels leaves preemption off.</para>
/// <para>Source: constructed.</para>
/// <para>Repaired: <see cref="Memory.ZapPageRange"/> finishes what it began.</para>
/// </remarks>
public static class Bug088_GatherNotFinished
{
    /// <summary>Unmaps a range.</summary>
    public static int Unmap(Vma vma, int pages)
    {
        var tlb = new MmuGather();
        Memory.TlbGatherMmu(tlb);
        if (pages == 0)
            return -22; //~ MML2006
        Memory.ZapPteRange(tlb, vma, 0, pages);
        Memory.TlbFinishMmu(tlb);
        return 0;
    }
}
