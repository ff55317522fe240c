using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B71: lru_lock is taken in its plain form with interrupts on.
/// </summary>
/// <remarks>
/// <para>What happened: The end of a write takes lru_lock in an interrupt. If the interrupt comes on the CPU that holds the
/// lock in its plain form, the handler spins for a lock that cannot be released before it returns.</para>
/// <para>Source: constructed; the plain form in __split_huge_page is legal only because its caller turned interrupts
/// off.</para>
/// <para>Repaired: <see cref="Vmscan.ShrinkInactiveList"/> uses the irq form.</para>
/// </remarks>
public static class Bug071_PlainLruLockWithInterruptsOn
{
    /// <summary>A look at the cost.</summary>
    public static long Cost(Lruvec lruvec)
    {
        lruvec.LruLock.Lock(); //~ MML4002
        long cost = lruvec.AnonCost + lruvec.FileCost;
        lruvec.LruLock.Unlock();
        return cost;
    }
}
