using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B60: mremap moves page tables without the rmap lock.
/// </summary>
/// <remarks>
/// <para>What happened: A walker over all mappings of a page looks at the old place and at the new one. Without the rmap
/// lock the entries can move from the one not yet visited to the one already visited: the walker misses the page.</para>
/// <para>Source: fixed by 97113eb39fa7 (v5.14).</para>
/// <para>Repaired: the rmap locks around the move.</para>
/// </remarks>
public static class Bug060_PageTablesMovedWithoutRmapLock
{
    /// <summary>Moves a table.</summary>
    public static void MoveTable(AddressSpace mapping, PteTable from, PteTable to)
    {
        AnonVmas.MovePtes(mapping, from, to); //~ MML2001
    }
}
