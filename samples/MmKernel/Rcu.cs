using System;
using System.Collections.Generic;
using System.Threading;
using MmLock;

namespace MmKernel;

/// <summary>A callback of call_rcu: runs in softirq context after a grace period, so it may not sleep.</summary>
[RunsIn(MmLock.ExecutionContext.Softirq), NeverSleeps]
public delegate void RcuCallback();

/// <summary>
/// Read-copy-update (kernel/rcu), with the flavours of the kernels before v4.20: a grace period of one flavour says
/// nothing about the readers of another. Grace periods are real: they end when every task that was inside a reader of
/// the flavour has been outside once.
/// </summary>
[NoLockAnalysis("primitive: counts readers per task and waits for the counts to move")]
public static class Rcu
{
    private static readonly object CallbackGate = new();
    private static readonly Queue<(RcuCallback Callback, RcuFlavour Flavour)> Callbacks = new();
    private static readonly SemaphoreSlim CallbackSignal = new(0);
    private static long Ended;
    private static int Pending;

    /// <summary>Grace periods that ended so far.</summary>
    public static long GracePeriods => Interlocked.Read(ref Ended);

    /// <summary>Is this task in a reader of the main flavour?</summary>
    public static bool ReadLockHeld => TaskStruct.Current.RcuNesting > 0;

    /// <summary>rcu_read_lock.</summary>
    [AcquiresShared("@rcu"), NeverSleeps]
    public static void ReadLock()
    {
        var task = TaskStruct.Current;
        if (task.RcuNesting++ == 0)
            Interlocked.Increment(ref task.RcuSequence);
    }

    /// <summary>rcu_read_unlock.</summary>
    [ReleasesShared("@rcu"), NeverSleeps]
    public static void ReadUnlock()
    {
        var task = TaskStruct.Current;
        Bug.On(task.RcuNesting == 0, "an RCU reader ends that never began");
        if (--task.RcuNesting == 0)
            Interlocked.Increment(ref task.RcuSequence);
        Sched.Window();
    }

    /// <summary>rcu_read_lock_bh.</summary>
    [AcquiresShared("@rcu_bh"), NeverSleeps]
    public static void ReadLockBh()
    {
        TaskStruct.Current.RcuBhNesting++;
        Bh.Disable();
    }

    /// <summary>rcu_read_unlock_bh.</summary>
    [ReleasesShared("@rcu_bh"), NeverSleeps]
    public static void ReadUnlockBh()
    {
        TaskStruct.Current.RcuBhNesting--;
        Bh.Enable();
    }

    /// <summary>rcu_read_lock_sched.</summary>
    [AcquiresShared("@rcu_sched"), NeverSleeps]
    public static void ReadLockSched()
    {
        var task = TaskStruct.Current;
        task.RcuSchedNesting++;
        task.PreemptCount++;
        task.SchedReaderChanged();
    }

    /// <summary>rcu_read_unlock_sched.</summary>
    [ReleasesShared("@rcu_sched"), NeverSleeps]
    public static void ReadUnlockSched()
    {
        var task = TaskStruct.Current;
        Bug.On(task.RcuSchedNesting == 0, "an rcu_sched reader ends that never began");
        task.RcuSchedNesting--;
        task.PreemptCount--;
        task.SchedReaderChanged();
        Sched.Window();
    }

    /// <summary>rcu_dereference: a pointer to follow, inside a reader.</summary>
    [RcuAccessor(RcuRole.Dereference, Flavor = "@rcu"), NeverSleeps]
    public static T? Dereference<T>(ref T? pointer) where T : class
    {
        LockValidator.RcuDereference(TaskStruct.Current.RcuNesting > 0, "rcu");
        return Volatile.Read(ref pointer);
    }

    /// <summary>rcu_dereference_sched.</summary>
    [RcuAccessor(RcuRole.Dereference, Flavor = "@rcu_sched"), NeverSleeps]
    public static T? DereferenceSched<T>(ref T? pointer) where T : class
    {
        var task = TaskStruct.Current;
        LockValidator.RcuDereference(task.PreemptCount > 0 || task.IrqsOff, "rcu_sched");
        return Volatile.Read(ref pointer);
    }

    /// <summary>rcu_dereference_check: in a reader, or under the update lock.</summary>
    [RcuAccessor(RcuRole.DereferenceCheck, Flavor = "@rcu"), NeverSleeps]
    public static T? DereferenceCheck<T>(ref T? pointer, KernelLock updateLock) where T : class
    {
        LockValidator.RcuDereference(TaskStruct.Current.RcuNesting > 0 || LockValidator.IsHeld(updateLock), "rcu");
        return Volatile.Read(ref pointer);
    }

    /// <summary>rcu_dereference_protected: under the update lock only.</summary>
    [RcuAccessor(RcuRole.DereferenceProtected), NeverSleeps]
    public static T? DereferenceProtected<T>(ref T? pointer, KernelLock updateLock) where T : class
    {
        LockValidator.RcuDereference(!LockValidator.Enabled || LockValidator.IsHeld(updateLock), "rcu, update side");
        return pointer;
    }

    /// <summary>rcu_access_pointer: compared, never followed.</summary>
    [RcuAccessor(RcuRole.Peek), NeverSleeps]
    public static T? AccessPointer<T>(ref T? pointer) where T : class => Volatile.Read(ref pointer);

    /// <summary>rcu_assign_pointer: publishes a finished object.</summary>
    [RcuAccessor(RcuRole.Assign), NeverSleeps]
    public static void AssignPointer<T>(ref T? pointer, T? value) where T : class => Volatile.Write(ref pointer, value);

    /// <summary>RCU_INIT_POINTER: nobody can see the slot yet.</summary>
    [RcuAccessor(RcuRole.Initialize), NeverSleeps]
    public static void InitPointer<T>(ref T? pointer, T? value) where T : class => pointer = value;

    /// <summary>cmpxchg on an RCU pointer: publishes if the pointer is still what the caller read; true if it was.</summary>
    [RcuAccessor(RcuRole.Assign), NeverSleeps]
    public static bool CmpxchgPointer<T>(ref T? pointer, T? value, T? expected) where T : class =>
        ReferenceEquals(Interlocked.CompareExchange(ref pointer, value, expected), expected);

    /// <summary>synchronize_rcu: sleeps until all readers that run now have ended.</summary>
    [WaitsForReaders("@rcu"), MaySleep]
    public static void Synchronize() => Wait(RcuFlavour.Rcu);

    /// <summary>synchronize_sched: the same for regions with preemption or interrupts off.</summary>
    [WaitsForReaders("@rcu_sched"), MaySleep]
    public static void SynchronizeSched() => Wait(RcuFlavour.Sched);

    /// <summary>call_rcu: after a grace period, from softirq context.</summary>
    [NeverSleeps]
    public static void CallRcu(RcuCallback callback) => Queue(callback, RcuFlavour.Rcu);

    /// <summary>call_rcu_sched.</summary>
    [NeverSleeps]
    public static void CallRcuSched(RcuCallback callback) => Queue(callback, RcuFlavour.Sched);

    /// <summary>rcu_barrier: all callbacks queued so far have run.</summary>
    [MaySleep]
    public static void Barrier() => Sched.PollUntil(() => Volatile.Read(ref Pending) == 0, "rcu_barrier");

    /// <summary>Starts the thread that runs callbacks.</summary>
    internal static void Boot(int seed) => TaskStruct.Start("rcu_softirq", seed, RunCallbacks);

    private static void Queue(RcuCallback callback, RcuFlavour flavour)
    {
        lock (CallbackGate)
            Callbacks.Enqueue((callback, flavour));
        Interlocked.Increment(ref Pending);
        CallbackSignal.Release();
    }

    private static void RunCallbacks()
    {
        var batch = new List<(RcuCallback Callback, RcuFlavour Flavour)>();
        while (true)
        {
            Sched.PollUntil(static () => CallbackSignal.Wait(0), "callbacks");
            batch.Clear();
            lock (CallbackGate)
            {
                while (Callbacks.TryDequeue(out var next))
                    batch.Add(next);
            }
            foreach (var flavour in new[] { RcuFlavour.Rcu, RcuFlavour.Sched })
            {
                var ready = batch.FindAll(b => b.Flavour == flavour);
                if (ready.Count == 0)
                    continue;
                Wait(flavour);
                Bh.Disable();
                TaskStruct.Current.InSoftirq = true;
                foreach (var (callback, _) in ready)
                {
                    callback();
                    Interlocked.Decrement(ref Pending);
                }
                TaskStruct.Current.InSoftirq = false;
                Bh.Enable();
            }
        }
    }

    private static void Wait(RcuFlavour flavour)
    {
        var self = TaskStruct.Current;
        LockValidator.MightSleep("a grace period");
        if (flavour == RcuFlavour.Rcu ? self.RcuNesting > 0 : self.PreemptCount > 0 || self.IrqsOff)
        {
            LockValidator.Report("rcu", "a grace period is waited for inside a reader of its flavour");
            throw new BugException("self-deadlock: a reader waits for itself");
        }
        Interlocked.MemoryBarrier();
        foreach (var task in TaskStruct.Snapshot())
        {
            if (task == self)
                continue;
            long seen = Sequence(task, flavour);
            if ((seen & 1) == 1)
                Sched.PollUntil(() => Sequence(task, flavour) != seen, "a grace period");
        }
        Interlocked.Increment(ref Ended);
    }

    private static long Sequence(TaskStruct task, RcuFlavour flavour) =>
        flavour == RcuFlavour.Rcu ? Interlocked.Read(ref task.RcuSequence) : Interlocked.Read(ref task.SchedSequence);

    private enum RcuFlavour
    {
        Rcu,
        Sched,
    }
}

/// <summary>
/// srcu_struct: a domain of readers that may sleep. A wait covers the readers of this domain only, and the cookie of a
/// reader goes back to the domain it came from.
/// </summary>
[LockType(LockKind.SleepableContext)]
[NoLockAnalysis("primitive: two counters, flipped by each grace period")]
public sealed class SrcuStruct
{
    private readonly object _gate = new();
    private readonly int[] _readers = new int[2];
    private int _index;

    /// <summary>srcu_read_lock.</summary>
    [AcquiresShared]
    public int ReadLock()
    {
        while (true)
        {
            int index = Volatile.Read(ref _index);
            Interlocked.Increment(ref _readers[index]);
            if (Volatile.Read(ref _index) == index)
                return index;
            Interlocked.Decrement(ref _readers[index]);
        }
    }

    /// <summary>srcu_read_unlock.</summary>
    [ReleasesShared]
    public void ReadUnlock(int cookie)
    {
        Bug.On(Interlocked.Decrement(ref _readers[cookie]) < 0, "an SRCU reader ends that never began");
        Sched.Window();
    }

    /// <summary>synchronize_srcu.</summary>
    [WaitsForReaders("this"), MaySleep]
    public void Synchronize()
    {
        Sched.MightSleep("synchronize_srcu");
        for (int flip = 0; flip < 2; flip++)
        {
            int old;
            lock (_gate)
            {
                old = _index;
                Volatile.Write(ref _index, 1 - old);
            }
            Interlocked.MemoryBarrier();
            Sched.PollUntil(() => Volatile.Read(ref _readers[old]) == 0, "synchronize_srcu");
        }
    }

    /// <summary>Loads a pointer that this domain protects.</summary>
    [RcuAccessor(RcuRole.Dereference, Flavor = "domain"), NeverSleeps]
    public static T? Dereference<T>(ref T? pointer, SrcuStruct domain) where T : class => Volatile.Read(ref pointer);
}
