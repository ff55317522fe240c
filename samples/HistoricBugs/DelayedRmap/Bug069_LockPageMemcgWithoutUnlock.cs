using MmKernel;
using static MmKernel.Memcontrol;

namespace HistoricBugs;

/// <summary>
/// B69: an early return leaves lock_page_memcg open.
/// </summary>
/// <remarks>
/// <para>What happened: lock_page_memcg returns inside an RCU reader even for a page without a group. The path for such a
/// page returned, and the task never left the reader: no grace period ends any more.</para>
/// <para>Source: constructed.</para>
/// <para>Repaired: <see cref="PageWritebackOps.SetPageDirty"/> unlocks on every path.</para>
/// </remarks>
public static class Bug069_LockPageMemcgWithoutUnlock
{
    /// <summary>Is the page's group charged at all?</summary>
    public static bool Charged(Page page)
    {
        var memcg = LockPageMemcg(page);
        if (memcg == null)
            return false; //~ MML2006
        bool charged = memcg.Charged > 0;
        UnlockPageMemcg(page, memcg);
        return charged;
    }
}
