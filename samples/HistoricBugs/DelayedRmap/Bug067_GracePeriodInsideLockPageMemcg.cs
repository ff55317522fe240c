using MmKernel;
using static MmKernel.Memcontrol;

namespace HistoricBugs;

/// <summary>
/// B67: a grace period is waited for between lock_page_memcg and its unlock.
/// </summary>
/// <remarks>
/// <para>What happened: lock_page_memcg leaves an RCU reader open. A grace period that begins inside cannot end before its
/// own waiter does.</para>
/// <para>Source: constructed.</para>
/// <para>Repaired: <see cref="Memcontrol.MoveChargeOfFile"/> waits before it looks at pages.</para>
/// </remarks>
public static class Bug067_GracePeriodInsideLockPageMemcg
{
    /// <summary>Waits in the middle.</summary>
    public static void WaitInside(Page page)
    {
        var memcg = LockPageMemcg(page);
        Rcu.Synchronize(); //~ MML3006 MML4001
        UnlockPageMemcg(page, memcg);
    }
}
