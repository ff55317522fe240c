using System.Collections.Generic;
using MmLock;

namespace MmKernel;

/// <summary>
/// struct rw_semaphore: many readers or one writer, first come, first served. A reader that comes after a waiting
/// writer waits behind it, so even a second read of the same task can be a deadlock.
/// </summary>
/// <param name="lockClass">The lock class.</param>
[LockType(LockKind.ReaderWriterSemaphore)]
[NoLockAnalysis("primitive: hands itself to the next waiters under a monitor of .NET")]
public sealed class RwSem(string lockClass) : KernelLock(lockClass)
{
    private readonly object _gate = new();
    private readonly Queue<Waiter> _waiters = new();
    private int _readers;
    private bool _writer;

    internal override LockKind Kind => LockKind.ReaderWriterSemaphore;

    /// <summary>down_read.</summary>
    [AcquiresShared]
    public void DownRead() => Down(shared: true);

    /// <summary>down_write.</summary>
    [Acquires]
    public void DownWrite() => Down(shared: false);

    /// <summary>down_read_trylock.</summary>
    [TryAcquiresShared, NeverSleeps]
    public bool DownReadTrylock()
    {
        LockValidator.Acquiring(this, shared: true, tried: true);
        lock (_gate)
        {
            if (_writer || _waiters.Count > 0)
                return false;
            _readers++;
        }
        LockValidator.Acquired(this, shared: true, tried: true);
        return true;
    }

    /// <summary>down_write_trylock.</summary>
    [TryAcquires, NeverSleeps]
    public bool DownWriteTrylock()
    {
        LockValidator.Acquiring(this, shared: false, tried: true);
        lock (_gate)
        {
            if (_writer || _readers > 0)
                return false;
            _writer = true;
            Holder = TaskStruct.Current;
        }
        LockValidator.Acquired(this, shared: false, tried: true);
        return true;
    }

    /// <summary>up_read.</summary>
    [ReleasesShared, NeverSleeps]
    public void UpRead()
    {
        LockValidator.Releasing(this, shared: true);
        lock (_gate)
        {
            Bug.On(_readers <= 0, $"{ClassName} is released by a reader but has none");
            _readers--;
            HandOn();
        }
        Sched.Window();
    }

    /// <summary>up_write.</summary>
    [Releases, NeverSleeps]
    public void UpWrite()
    {
        LockValidator.Releasing(this, shared: false);
        lock (_gate)
        {
            Bug.On(!_writer, $"{ClassName} is released by a writer but has none");
            _writer = false;
            Holder = null;
            HandOn();
        }
        Sched.Window();
    }

    /// <summary>downgrade_write: a writer becomes a reader, and lets other readers in.</summary>
    [Downgrades, NeverSleeps]
    public void DowngradeWrite()
    {
        LockValidator.Releasing(this, shared: false);
        lock (_gate)
        {
            Bug.On(!_writer, $"{ClassName} is downgraded but has no writer");
            _writer = false;
            Holder = null;
            _readers++;
            HandOn();
        }
        LockValidator.Acquired(this, shared: true, tried: true);
    }

    private void Down(bool shared)
    {
        LockValidator.MightSleep(ClassName);
        Sched.Window();
        LockValidator.Acquiring(this, shared, tried: false);
        Waiter? waiter = null;
        lock (_gate)
        {
            if (_waiters.Count == 0 && !_writer && (shared || _readers == 0))
            {
                if (shared)
                    _readers++;
                else
                    (_writer, Holder) = (true, TaskStruct.Current);
            }
            else
            {
                waiter = new Waiter(TaskStruct.Current, shared);
                _waiters.Enqueue(waiter);
            }
        }
        while (waiter != null && !waiter.Granted)
            Sched.Schedule(ClassName);
        LockValidator.Acquired(this, shared, tried: false);
    }

    private void HandOn()
    {
        while (_waiters.TryPeek(out var next))
        {
            if (_writer || (!next.Shared && _readers > 0))
                return;
            _waiters.Dequeue();
            if (next.Shared)
                _readers++;
            else
                (_writer, Holder) = (true, next.Task);
            next.Granted = true;
            next.Task.WakeUp();
        }
    }

    private sealed class Waiter(TaskStruct task, bool shared)
    {
        public readonly TaskStruct Task = task;
        public readonly bool Shared = shared;
        public volatile bool Granted;
    }
}
