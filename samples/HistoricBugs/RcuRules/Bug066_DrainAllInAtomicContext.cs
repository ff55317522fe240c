using MmKernel;
using static MmKernel.Lru;

namespace HistoricBugs;

/// <summary>
/// B66: lru_add_drain_all is called where nobody may sleep.
/// </summary>
/// <remarks>
/// <para>What happened: It queues work on every CPU and waits for it. Under a spinlock or in an RCU reader the work may be
/// waiting for the caller.</para>
/// <para>Source: constructed from the contract of lru_add_drain_all.</para>
/// <para>Repaired: <see cref="Memcontrol.MoveChargeOfFile"/> drains with nothing held.</para>
/// </remarks>
public static class Bug066_DrainAllInAtomicContext
{
    /// <summary>Under a spinlock.</summary>
    public static void UnderALock(AddressSpace mapping)
    {
        mapping.PrivateLock.Lock();
        LruAddDrainAll(); //~ MML4001
        mapping.PrivateLock.Unlock();
    }

    /// <summary>In a reader.</summary>
    public static void InAReader()
    {
        Rcu.ReadLock();
        LruAddDrainAll(); //~ MML4001
        Rcu.ReadUnlock();
    }
}
