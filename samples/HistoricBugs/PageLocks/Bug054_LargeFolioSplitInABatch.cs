using MmKernel;
using static MmKernel.PageFlags;
using static MmKernel.PageLock;

namespace HistoricBugs;

/// <summary>
/// B54: a split inside a batch waits for a page lock.
/// </summary>
/// <remarks>
/// <para>What happened: The batch only tried its page locks, but the split of a large folio among them waited for one: the
/// same wait for each other, one call further away.</para>
/// <para>Source: fixed by 2e6506e1c4ee (v6.11).</para>
/// <para>Repaired: the split is tried, and the folio put off when it fails.</para>
/// </remarks>
public static class Bug054_LargeFolioSplitInABatch
{
    /// <summary>Splits one folio.</summary>
    public static void SplitFolio(Page folio)
    {
        LockPage(folio);
        SetPageReferenced(folio);
        UnlockPage(folio);
    }

    /// <summary>Migrates two, one of them large.</summary>
    public static bool MigrateBatch(Page first, Page large)
    {
        if (!TryLockPage(first))
            return false;
        SplitFolio(large); //~ MML1003
        UnlockPage(first);
        return true;
    }
}
