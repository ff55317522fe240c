using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B84: a node is freed right after it left an RCU list.
/// </summary>
/// <remarks>
/// <para>What happened: Readers that found the node before it was unlinked are still on it. It may be freed when they are
/// done, which is what a grace period is.</para>
/// <para>Source: constructed.</para>
/// <para>Repaired: unlink, wait, free.</para>
/// </remarks>
public static class Bug084_FreedAfterListDel
{
    /// <summary>Removes a node.</summary>
    public static void Remove(ListNode node)
    {
        RcuList.Lock.Lock();
        RcuList.Del(node);
        RcuList.Lock.Unlock();
        RcuList.Free(node); //~ MML3009
    }
}
