using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B95: an allocation that may sleep is made under the root anon_vma lock.
/// </summary>
/// <remarks>
/// <para>What happened: The allocation may enter reclaim, reclaim walks the mappings of anonymous pages, and that takes the
/// same lock: the allocation waits for itself.</para>
/// <para>Source: constructed; anon_vma_clone allocates without waiting, and drops the lock to wait.</para>
/// <para>Repaired: <see cref="Rmap.AnonVmaPrepare"/> allocates before it locks.</para>
/// </remarks>
public static class Bug095_AllocationUnderTheAnonVmaLock
{
    /// <summary>Clones under the lock.</summary>
    public static void Clone(AnonVma tree)
    {
        tree.Rwsem.DownWrite();
        var page = PageAlloc.AllocPages(0, 0); //~ MML1001
        tree.Rwsem.UpWrite();
        if (page != null)
            PageAlloc.FreeUnrefPage(page);
    }
}
