using MmKernel;

namespace HistoricBugs;

/// <summary>
/// 1D: the page lock around the mapping test is replaced by an RCU reader.
/// </summary>
/// <remarks>
/// <para>What happened: The trylock in the isolation test looked expensive, and RCU would keep the mapping's memory. But
/// RCU keeps the memory, not the state: the page may enter the swap cache, or leave its file, at any moment, and the
/// mapping followed is not the one it belongs to.</para>
/// <para>Source: the first thread (June 2020), proposal.</para>
/// <para>Repaired: <see cref="Vmscan.IsolateLruPagePrepare"/> tries the page lock.</para>
/// </remarks>
public static class Variant1d_RcuInsteadOfPageLock
{
    /// <summary>May the page be migrated without waiting?</summary>
    public static bool Migratable(Page page)
    {
        Rcu.ReadLock();
        var mapping = page.Mapping;
        bool migratable = mapping == null || mapping.NrPages > 0; //~ MML2015
        Rcu.ReadUnlock();
        return migratable;
    }
}
