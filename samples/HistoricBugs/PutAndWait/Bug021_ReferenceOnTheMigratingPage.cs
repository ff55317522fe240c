using MmKernel;
using static MmKernel.PageRef;
using static MmKernel.Lru;

namespace HistoricBugs;

/// <summary>
/// B21: a reference is taken on the migrating page only to wait for it.
/// </summary>
/// <remarks>
/// <para>What happened: The wait for a device page took a reference, and the migration of a device page is over only when
/// it is the last one: two faults that wait in turn keep the page from ever becoming free.</para>
/// <para>Source: fixed by ffa65753c431 (v5.17).</para>
/// <para>Repaired: <see cref="Migrate.MigrationEntryWait"/>: its second way queues under the page-table lock and needs no
/// reference.</para>
/// </remarks>
public static class Bug021_ReferenceOnTheMigratingPage
{
    /// <summary>Waits for a device page.</summary>
    public static void WaitForDevicePage(PteTable table, int pfn)
    {
        Page page = MemMap.PfnToPage(pfn);
        table.Ptl.Lock();
        if (!GetPageUnlessZero(page))
        {
            table.Ptl.Unlock();
            return;
        }
        PageWaits.MigrationEntryWaitOnLocked(table, page); //~ MML5004
        PutPage(page);
    }
}
