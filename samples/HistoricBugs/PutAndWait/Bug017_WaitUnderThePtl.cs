using MmKernel;
using MmLock;
using static MmKernel.Lru;
using static MmKernel.Filemap;

namespace HistoricBugs;

/// <summary>
/// B17, variant 2e: the page-table lock is held during the wait.
/// </summary>
/// <remarks>
/// <para>What happened: The page-table lock is a spinlock: whoever sleeps under it stops everybody who spins for it, and
/// the migration that would wake the sleeper needs that same lock to finish.</para>
/// <para>Source: constructed.</para>
/// <para>Repaired: <see cref="Migrate.MigrationEntryWait"/> drops the lock before it sleeps.</para>
/// </remarks>
public static class Bug017_WaitUnderThePtl
{
    /// <summary>Waits for a migration entry.</summary>
    public static void MigrationEntryWait(PteTable table, int index, [ReleasesRef] Page page)
    {
        table.Ptl.Lock();
        if (table.Ptes[index].Kind != PteKind.Migration)
        {
            table.Ptl.Unlock();
            PutPage(page);
            return;
        }
        PutAndWaitOnPageLocked(page); //~ MML4001
        table.Ptl.Unlock();
    }
}
