using System.Threading;
using MmLock;

namespace MmKernel;

/// <summary>work_struct: work for the kernel thread of one CPU, and a way to wait for its end.</summary>
/// <param name="func">What to do.</param>
[NoLockAnalysis("primitive: hands work to another thread and waits for it")]
public sealed class Work(WorkFunc func)
{
    private TaskStruct? _waiter;
    private volatile bool _done;

    internal void Execute()
    {
        func();
        _done = true;
        Interlocked.MemoryBarrier();
        Volatile.Read(ref _waiter)?.WakeUp();
    }

    /// <summary>schedule_work_on.</summary>
    [NeverSleeps]
    public void ScheduleOn(Cpu cpu) => cpu.QueueWork(this);

    /// <summary>schedule_work.</summary>
    [NeverSleeps]
    public void Schedule() => Cpu.Pick(TaskStruct.Current).QueueWork(this);

    /// <summary>
    /// flush_work. Waiting for work counts like taking what the work takes: the caller's contract has to name it.
    /// </summary>
    [MaySleep]
    public void Flush()
    {
        LockValidator.MightSleep("work");
        Volatile.Write(ref _waiter, TaskStruct.Current);
        Interlocked.MemoryBarrier();
        while (!_done)
            Sched.Schedule("work");
    }
}
