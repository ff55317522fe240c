using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B51: the mapcount of a huge page changes while somebody relies on it.
/// </summary>
/// <remarks>
/// <para>What happened: Whether a page may be written in place depends on its mapcount, read under the page lock. Splitting
/// the mappings changed the counts without that lock, half of them before the read and half after.</para>
/// <para>Source: fixed by c444eb564fb1 (v5.8).</para>
/// <para>Repaired: the page lock around the change.</para>
/// </remarks>
public static class Bug051_HugeMapcountChangedWithoutPageLock
{
    /// <summary>Splits the mapping of a huge page.</summary>
    public static void SplitHugePmd(PteTable table, Page head)
    {
        table.Ptl.Lock();
        AnonVmas.SplitMapcount(head); //~ MML2001
        table.Ptl.Unlock();
    }
}
