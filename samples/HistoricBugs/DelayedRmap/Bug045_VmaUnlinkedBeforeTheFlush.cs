using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B45: a VMA leaves the file's tree before its TLB flush.
/// </summary>
/// <remarks>
/// <para>What happened: munmap took the VMA out of the tree first. A truncation running at the same time found nothing to
/// unmap and was done, while CPUs still reached the device memory through stale entries.</para>
/// <para>Source: fixed by b67fbebd4cf9 (v5.19).</para>
/// <para>Repaired: <see cref="Memory.UnmapMappingPage"/> is the truncation that has to find the VMA until its flush is
/// done.</para>
/// </remarks>
public static class Bug045_VmaUnlinkedBeforeTheFlush
{
    /// <summary>The end of a mapping.</summary>
    public static void FreePgtables(MmuGather tlb, VmaRange vma)
    {
        AnonVmas.UnlinkFileVma(tlb, vma); //~ MML2001
    }
}
