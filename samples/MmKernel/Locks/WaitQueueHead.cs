using System.Collections.Generic;
using MmLock;

namespace MmKernel;

/// <summary>One waiter on a page bit: what the kernel keeps in a wait_page_queue on the waiter's stack.</summary>
/// <param name="task">Who waits.</param>
/// <param name="page">The page waited for; only compared by the waker, never followed.</param>
/// <param name="bit">The bit waited for.</param>
/// <param name="exclusive">Does the waiter want the bit for itself (lock_page)?</param>
public sealed class WaitPageQueue(TaskStruct task, Page page, PageFlag bit, bool exclusive)
{
    /// <summary>Who waits.</summary>
    public TaskStruct Task { get; } = task;

    /// <summary>The page waited for.</summary>
    public Page Page { get; } = page;

    /// <summary>The bit waited for.</summary>
    public PageFlag Bit { get; } = bit;

    /// <summary>Wants the bit for itself.</summary>
    public bool Exclusive { get; } = exclusive;

    /// <summary>Set by the waker, after it took the entry off the queue.</summary>
    public volatile bool Woken;
}

/// <summary>
/// One head of the hashed page wait table: pages share heads, so a head's waiters may wait for different pages.
/// Its lock is taken by whoever unlocks a page, often an interrupt handler: always with interrupts off.
/// </summary>
public sealed class WaitQueueHead
{
    /// <summary>The innermost lock of all.</summary>
    [LockClass(LockClasses.PageWaitQueue, TakenIn = IrqContext.Hardirq)]
    public readonly SpinLock Lock = new(LockClasses.PageWaitQueue);

    /// <summary>The waiters, in the order they came.</summary>
    [PointeeGuardedBy("Lock")]
    public readonly List<WaitPageQueue> Entries = [];
}
