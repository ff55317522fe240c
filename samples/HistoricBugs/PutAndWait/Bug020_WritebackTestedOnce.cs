using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B20: one wake is taken for the end of writeback.
/// </summary>
/// <remarks>
/// <para>What happened: wait_on_page_writeback tested the flag once and went to sleep. By the time the woken task ran the
/// page could be under writeback again, and the caller went on to change data that a device was reading.</para>
/// <para>Source: fixed by c2407cf7d22d (v5.11).</para>
/// <para>Repaired: <see cref="Filemap.WaitOnPageWriteback"/> tests again after each wake.</para>
/// </remarks>
public static class Bug020_WritebackTestedOnce
{
    /// <summary>Takes a page out of the swap cache once its write is over.</summary>
    public static void Delete(SwapCachePage page)
    {
        if (Swap.UnderWriteback(page))
            Swap.SleepOnWriteback(page);
        Swap.DeleteFromCache(page); //~ MML2005
    }
}
