using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B96: an allocation that may sleep is made under i_mmap_rwsem.
/// </summary>
/// <remarks>
/// <para>What happened: The same for file pages: reclaim takes i_mmap_rwsem to find who maps a page.</para>
/// <para>Source: constructed.</para>
/// <para>Repaired: allocate first, then lock.</para>
/// </remarks>
public static class Bug096_AllocationUnderIMmapRwsem
{
    /// <summary>Links a VMA with a page of its own.</summary>
    public static void LinkVma(AddressSpace mapping)
    {
        mapping.IMmapRwsem.DownWrite();
        var page = PageAlloc.AllocPages(0, 0); //~ MML1001
        mapping.IMmapRwsem.UpWrite();
        if (page != null)
            PageAlloc.FreeUnrefPage(page);
    }
}
