using MmKernel;
using MmLock;

namespace HistoricBugs;

/// <summary>
/// B85: a callback of call_rcu takes a mutex.
/// </summary>
/// <remarks>
/// <para>What happened: Callbacks run in softirq context, which cannot sleep. What has to wait goes to a work queue.</para>
/// <para>Source: constructed.</para>
/// <para>Repaired: the callback schedules <see cref="Work"/>.</para>
/// </remarks>
public static class Bug085_CallbackTakesAMutex
{
    /// <summary>Guards the free list.</summary>
    [LockClass("free_list_mutex")]
    public static readonly Mutex FreeListMutex = new("free_list_mutex");

    /// <summary>Frees a node later.</summary>
    public static void FreeLater()
    {
        Rcu.CallRcu(() =>
        {
            FreeListMutex.Lock(); //~ MML4001
            FreeListMutex.Unlock();
        });
    }
}
