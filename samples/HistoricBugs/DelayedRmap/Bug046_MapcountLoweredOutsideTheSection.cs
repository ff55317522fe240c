using MmKernel;
using MmLock;
using static MmKernel.Memcontrol;

namespace HistoricBugs;

/// <summary>
/// B46, variant 5e: lock_page_memcg is taken after the mapcount went down.
/// </summary>
/// <remarks>
/// <para>What happened: The count and the statistic have to change in one section. Between the two a mover saw "not
/// mapped", left the statistic where it was and moved the charge; the late update then lowered a counter of the new group
/// that never had been raised.</para>
/// <para>Source: the fifth thread, analysed and rejected.</para>
/// <para>Repaired: <see cref="Rmap.PageRemoveRmap"/> has both in the section, or does without it under the rule of
/// c7c3dec1c9db (v6.3).</para>
/// </remarks>
public static class Bug046_MapcountLoweredOutsideTheSection
{
    /// <summary>page_remove_rmap with the section as short as it seemed to need.</summary>
    [MustHold("table.Ptl")]
    public static void PageRemoveRmap(PteTable table, Page page)
    {
        Charges.MapcountDec(page); //~ MML2001
        var memcg = LockPageMemcg(page);
        Charges.StatDec(page);
        UnlockPageMemcg(page, memcg);
    }
}
