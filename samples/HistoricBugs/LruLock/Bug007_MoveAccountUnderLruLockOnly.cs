using MmKernel;
using MmLock;

namespace HistoricBugs;

/// <summary>
/// B07, variant 1g: the charge mover changes the memcg with lru_lock as its only protection.
/// </summary>
/// <remarks>
/// <para>What happened: To stop the race with the batches, lru_lock was put around the store in mem_cgroup_move_account.
/// That covers one side only: whoever relies on isolation or on lock_page_memcg still sees the memcg change under its feet,
/// and the new nesting adds an edge to the order.</para>
/// <para>Source: the first thread, item 4; not merged: since v5.11 the mover isolates and locks the page.</para>
/// <para>Repaired: <see cref="Memcontrol.MemCgroupMoveAccount"/> has page lock, isolation and the move_lock.</para>
/// </remarks>
public static class Bug007_MoveAccountUnderLruLockOnly
{
    /// <summary>The store of the mover.</summary>
    [MustHold("page.Lock")]
    public static void MoveAccount(Page page, MemCgroup from, MemCgroup to)
    {
        var lruvec = from.Nodes[page.Nid].Lruvec;
        lruvec.LruLock.LockIrq();
        page.MemCgroup = to; //~ MML2004
        lruvec.LruLock.UnlockIrq();
    }

    /// <summary>The other side, under the same lock: it is not the one that keeps the field.</summary>
    public static bool StillOurs(Page page, Lruvec lruvec)
    {
        lruvec.LruLock.LockIrq();
        bool ours = page.MemCgroup == lruvec.Memcg; //~ MML2003
        lruvec.LruLock.UnlockIrq();
        return ours;
    }
}
