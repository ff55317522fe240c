using MmKernel;
using static MmKernel.PageLock;

namespace HistoricBugs;

/// <summary>
/// B50: a page lock is taken under i_mmap_rwsem.
/// </summary>
/// <remarks>
/// <para>What happened: Splitting the pmd of a huge page began to take the page lock, and truncation comes there with
/// i_mmap_rwsem held: the two in the opposite order of everybody else.</para>
/// <para>Source: introduced in v5.8, fixed by 1c2f67308af4 (v5.11).</para>
/// <para>Repaired: <see cref="HugeMemory.SplitHugePageToList"/> has the page lock first.</para>
/// </remarks>
public static class Bug050_PageLockUnderIMmapRwsem
{
    /// <summary>Splits the mappings of a file page during truncation.</summary>
    public static void SplitUnderTruncation(AddressSpace mapping, Page page)
    {
        mapping.IMmapRwsem.DownRead();
        LockPage(page); //~ MML1001
        UnlockPage(page);
        mapping.IMmapRwsem.UpRead();
    }
}
