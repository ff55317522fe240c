using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B61: a collapse frees a page table that rmap walkers can still find.
/// </summary>
/// <remarks>
/// <para>What happened: mmap_lock keeps faults away. Walkers that come through the file or the anon_vma do not take it:
/// they were in the middle of the table when it was freed.</para>
/// <para>Source: fixed by 8d3c106e19e8 (v6.1).</para>
/// <para>Repaired: <see cref="Rmap.PageMkclean"/> is one of the walkers that have to be kept out.</para>
/// </remarks>
public static class Bug061_PageTableFreedWithoutRmapLocks
{
    /// <summary>Frees the table under a collapsed range.</summary>
    public static void Collapse(MmStruct mm, AddressSpace mapping, AnonVma tree, PteTable table)
    {
        mm.MmapLock.DownWrite();
        AnonVmas.FreePageTable(mapping, tree, table); //~ MML2001
        mm.MmapLock.UpWrite();
    }
}
