using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B65: hugetlb migration locks the mapping of a page that has none.
/// </summary>
/// <remarks>
/// <para>What happened: The mapping was read without the page lock and its i_mmap_rwsem taken. For an anonymous page the
/// field means something else, and for any page it may have changed: a lock was taken in memory that was no mapping.</para>
/// <para>Source: fixed by 336bf30eb765 (v5.10).</para>
/// <para>Repaired: <see cref="Memory.UnmapMappingPage"/> wants the page lock.</para>
/// </remarks>
public static class Bug065_MappingOfAnAnonymousHugePage
{
    /// <summary>Locks the file of a huge page.</summary>
    public static void LockMapping(Page page)
    {
        var mapping = page.Mapping;
        if (mapping == null)
            return;
        mapping.IMmapRwsem.DownWrite(); //~ MML2015
        mapping.IMmapRwsem.UpWrite();
    }
}
