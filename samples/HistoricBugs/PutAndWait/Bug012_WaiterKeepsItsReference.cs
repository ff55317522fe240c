using MmKernel;
using static MmKernel.PageRef;
using static MmKernel.Lru;

namespace HistoricBugs;

/// <summary>
/// B12, variant 2a: a fault waits for a migration with a reference on the page.
/// </summary>
/// <remarks>
/// <para>What happened: Migration compares the number of references with the one it expects. Every fault that waited for it
/// held one more, so the migration failed, was tried again, and met new waiters: with memory offlining, which tries without
/// end, a livelock.</para>
/// <para>Source: the second thread (November 2018); fixed by 9a1ea439b16b (v5.0).</para>
/// <para>Repaired: <see cref="Migrate.MigrationEntryWait"/> gives the reference up once the waiter is queued.</para>
/// </remarks>
public static class Bug012_WaiterKeepsItsReference
{
    /// <summary>__migration_entry_wait up to v4.20.</summary>
    public static void MigrationEntryWait(PteTable table, int index, int pfn)
    {
        table.Ptl.Lock();
        Page page = MemMap.PfnToPage(pfn);
        if (table.Ptes[index].Kind != PteKind.Migration || !GetPageUnlessZero(page))
        {
            table.Ptl.Unlock();
            return;
        }
        table.Ptl.Unlock();
        PageWaits.WaitForMigration(page); //~ MML5004
        PutPage(page);
    }
}
