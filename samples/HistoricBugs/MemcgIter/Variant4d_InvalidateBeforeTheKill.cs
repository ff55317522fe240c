using MmKernel;

namespace HistoricBugs;

/// <summary>
/// 4D: the positions are wiped before css_tryget is sure to fail.
/// </summary>
/// <remarks>
/// <para>What happened: The wipe ran first and the kill second. A walker whose tryget still succeeded stored the position
/// again, and nobody wiped it a second time.</para>
/// <para>Source: the fourth thread, a variant discussed.</para>
/// <para>Repaired: <see cref="Cgroup.CgroupRmdir"/> kills, and what it queues wipes after the confirmation.</para>
/// </remarks>
public static class Variant4d_InvalidateBeforeTheKill
{
    /// <summary>The end of a group.</summary>
    public static void Offline(DyingCss css)
    {
        MemcgWalk.Invalidate(css); //~ MML2005
        MemcgWalk.KillAndConfirm(css);
    } //~ MML2006
}
