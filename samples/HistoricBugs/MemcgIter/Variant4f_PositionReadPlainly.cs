using MmKernel;

namespace HistoricBugs;

/// <summary>
/// 4F: the cached position is read with a plain load.
/// </summary>
/// <remarks>
/// <para>What happened: A plain load may be torn, repeated or moved by the compiler, and it tells nobody that the pointer
/// is RCU's. The value tested need not be the value used.</para>
/// <para>Source: the fourth thread, a variant discussed.</para>
/// <para>Repaired: <see cref="Memcontrol.MemCgroupIter"/> uses rcu_dereference inside a reader.</para>
/// </remarks>
public static class Variant4f_PositionReadPlainly
{
    /// <summary>Has the walk begun?</summary>
    public static bool Begun(ReclaimIter iter)
    {
        Rcu.ReadLock();
        var position = iter.Position; //~ MML3001
        Rcu.ReadUnlock();
        return position != null;
    }
}
