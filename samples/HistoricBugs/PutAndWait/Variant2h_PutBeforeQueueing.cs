using MmKernel;
using MmLock;
using static MmKernel.Lru;

namespace HistoricBugs;

/// <summary>
/// 2H: the reference goes before the waiter stands in the queue.
/// </summary>
/// <remarks>
/// <para>What happened: The queue is found through the page, and the unlock that would wake the waiter looks there. Whoever
/// drops the reference first looks up the queue of a page that may be another's by now, and misses the wake.</para>
/// <para>Source: the second thread, a variant discussed.</para>
/// <para>Repaired: <see cref="Filemap.PutAndWaitOnPageLocked"/> queues first.</para>
/// </remarks>
public static class Variant2h_PutBeforeQueueing
{
    /// <summary>Gives up the reference, then queues.</summary>
    public static WaitQueueHead PutThenQueue([ReleasesRef] Page page)
    {
        PutPage(page);
        return PageWaits.Queue(page); //~ MML5001
    }
}
