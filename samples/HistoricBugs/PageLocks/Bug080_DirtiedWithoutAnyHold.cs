using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B80: set_page_dirty with neither the page lock nor the page-table lock.
/// </summary>
/// <remarks>
/// <para>What happened: Without one of the two the page can be cleaned and thrown away between the test and the store:
/// dirty data that nobody writes.</para>
/// <para>Source: constructed from the rule of set_page_dirty.</para>
/// <para>Repaired: <see cref="PageWritebackOps.SetPageDirty"/> says which of the two it wants.</para>
/// </remarks>
public static class Bug080_DirtiedWithoutAnyHold
{
    /// <summary>A late change to a page.</summary>
    public static void Touch(Page page, AddressSpace mapping)
    {
        PageWritebackOps.SetPageDirty(page, mapping); //~ MML2001
    }
}
