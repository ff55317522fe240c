using System.Collections.Generic;
using MmLock;

namespace MmKernel;

/// <summary>struct mutex: one holder, waiters sleep in the order they came.</summary>
/// <param name="lockClass">The lock class.</param>
[LockType(LockKind.Mutex)]
[NoLockAnalysis("primitive: hands itself to the next waiter under a monitor of .NET")]
public sealed class Mutex(string lockClass) : KernelLock(lockClass)
{
    private readonly object _gate = new();
    private readonly Queue<TaskStruct> _waiters = new();

    internal override LockKind Kind => LockKind.Mutex;

    /// <summary>mutex_lock.</summary>
    [Acquires]
    public void Lock()
    {
        LockValidator.MightSleep(ClassName);
        Sched.Window();
        LockValidator.Acquiring(this, shared: false, tried: false);
        var task = TaskStruct.Current;
        bool wait = false;
        lock (_gate)
        {
            if (Holder == null)
            {
                Holder = task;
            }
            else
            {
                _waiters.Enqueue(task);
                wait = true;
            }
        }
        while (wait && Holder != task)
            Sched.Schedule(ClassName);
        LockValidator.Acquired(this, shared: false, tried: false);
    }

    /// <summary>mutex_unlock.</summary>
    [Releases, NeverSleeps]
    public void Unlock()
    {
        LockValidator.Releasing(this, shared: false);
        TaskStruct? next;
        lock (_gate)
        {
            Bug.On(Holder != TaskStruct.Current, $"{ClassName} is unlocked by a task that does not hold it");
            _waiters.TryDequeue(out next);
            Holder = next;
        }
        next?.WakeUp();
        Sched.Window();
    }

    /// <summary>mutex_trylock.</summary>
    [TryAcquires, NeverSleeps]
    public bool TryLock()
    {
        LockValidator.Acquiring(this, shared: false, tried: true);
        lock (_gate)
        {
            if (Holder != null)
                return false;
            Holder = TaskStruct.Current;
        }
        LockValidator.Acquired(this, shared: false, tried: true);
        return true;
    }

    /// <summary>lockdep_assert_held.</summary>
    [AssertsHeld, NeverSleeps]
    public void AssertHeld() => LockValidator.AssertHeld(this);
}
