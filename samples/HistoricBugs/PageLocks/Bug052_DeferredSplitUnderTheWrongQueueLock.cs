using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B52: a page leaves a split queue under the lock of another.
/// </summary>
/// <remarks>
/// <para>What happened: Each memcg has its queue of huge pages worth splitting, found through the page's memcg. The charge
/// moved with the page still queued; later it was unlinked from the first group's list under the lock of the second.</para>
/// <para>Source: fixed by f8f931bba0f9 (v6.12), an older one by 87eaceb3faa5.</para>
/// <para>Repaired: the page is taken off its queue before its memcg changes.</para>
/// </remarks>
public static class Bug052_DeferredSplitUnderTheWrongQueueLock
{
    /// <summary>Takes a page off its queue after its charge moved.</summary>
    public static void Unqueue(Page page, DeferredSplitQueue linked, DeferredSplitQueue now)
    {
        now.Lock.LockIrqSave(out ulong flags);
        linked.Remove(page); //~ MML2001
        now.Lock.UnlockIrqRestore(flags);
    }
}
