using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B48: unlock_page_memcg asks the page again whose lock to release.
/// </summary>
/// <remarks>
/// <para>What happened: The page may have been uncharged, even freed, since the lock was taken: its field names nobody, or
/// somebody else. The lock taken stays taken, now with interrupts on, and another one is released that was not.</para>
/// <para>Source: fixed by 739f79fc9db1 (v4.13).</para>
/// <para>Repaired: <see cref="Memcontrol.UnlockPageMemcg"/> releases the group that the lock returned.</para>
/// </remarks>
public static class Bug048_UnlockThroughTheFieldReadAgain
{
    /// <summary>Lowers a statistic.</summary>
    public static void UpdateStat(Page page)
    {
        var memcg = Charges.LockMoving(page, out ulong flags);
        Bug.On(memcg.Charged < 0, "uncharged below zero");
        page.MemCgroup!.MoveLock.UnlockIrqRestore(flags); //~ MML2003 MML2005 MML4002
    } //~ MML2006
}
