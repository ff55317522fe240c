using MmKernel;
using static MmKernel.Lru;

namespace HistoricBugs;

/// <summary>
/// B73: the page is put back whether its isolation was won or not.
/// </summary>
/// <remarks>
/// <para>What happened: isolate_lru_page fails when somebody else has the page. Putting the page back all the same links it
/// a second time, and drops a reference that belongs to the winner.</para>
/// <para>Source: constructed.</para>
/// <para>Repaired: <see cref="Memcontrol.MoveChargePage"/> puts back only what it isolated.</para>
/// </remarks>
public static class Bug073_IsolationResultIgnored
{
    /// <summary>Moves a page to the front.</summary>
    public static void Requeue(Page page)
    {
        IsolateLruPage(page); //~ MML2010
        PutbackLruPage(page); //~ MML2005 MML5002
    }
}
