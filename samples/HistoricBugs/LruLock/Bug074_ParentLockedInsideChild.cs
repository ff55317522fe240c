using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B74: the lru_locks of a group and of its parent are held at once.
/// </summary>
/// <remarks>
/// <para>What happened: The cost of reclaim is told to all ancestors. Taking the parent's lock inside the child's nests two
/// locks of one class, and another path that meets the two the other way round is as good: there is no order between
/// them.</para>
/// <para>Source: constructed; lru_note_cost walks up one lock at a time.</para>
/// <para>Repaired: <see cref="Lru.LruNoteCost"/>.</para>
/// </remarks>
public static class Bug074_ParentLockedInsideChild
{
    /// <summary>Notes a cost on two levels.</summary>
    public static void NoteCost(Lruvec child, Lruvec parent, int pages)
    {
        child.LruLock.LockIrq();
        parent.LruLock.Lock(); //~ MML1003
        child.FileCost += pages;
        parent.FileCost += pages;
        parent.LruLock.Unlock();
        child.LruLock.UnlockIrq();
    }
}
