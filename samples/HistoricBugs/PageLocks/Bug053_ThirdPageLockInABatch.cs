using MmKernel;
using static MmKernel.PageLock;

namespace HistoricBugs;

/// <summary>
/// B53: a batch blocks on a page lock while it holds others.
/// </summary>
/// <remarks>
/// <para>What happened: Migration in batches held the locks of the pages it had prepared and waited for the next one, or
/// for its write. Two batches with the same pages in another order wait for each other: pages have no order.</para>
/// <para>Source: fixed by fb3592c41a44 (v6.3).</para>
/// <para>Repaired: <see cref="Migrate.MigratePages"/> moves one page at a time and only tries the second lock.</para>
/// </remarks>
public static class Bug053_ThirdPageLockInABatch
{
    /// <summary>Locks two pages of a batch.</summary>
    public static bool LockBoth(Page first, Page second)
    {
        if (!TryLockPage(first))
            return false;
        LockPage(second); //~ MML1003
        UnlockPage(second);
        UnlockPage(first);
        return true;
    }
}
