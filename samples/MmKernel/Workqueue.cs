using System.Collections.Concurrent;
using System.Threading;
using MmLock;

namespace MmKernel;

/// <summary>work_struct: work for a kernel thread, and a way to wait for its end.</summary>
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

    /// <summary>
    /// queue_work_on(mm_percpu_wq): short work that never waits for a lock of somebody who might flush it.
    /// </summary>
    [NeverSleeps]
    public void ScheduleOn(Cpu cpu) => cpu.QueueWork(this);

    /// <summary>
    /// queue_work(cgroup_destroy_wq): work that takes cgroup_mutex has threads of its own. On the per-CPU threads it
    /// would wait for a holder of cgroup_mutex who waits for those threads to drain the LRU batches: a deadlock without
    /// a lock in the middle.
    /// </summary>
    [NeverSleeps]
    public void Schedule() => DestroyWorkqueue.Queue(this);

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

/// <summary>cgroup_destroy_wq.</summary>
[NoLockAnalysis("primitive: a queue and the threads that serve it")]
internal static class DestroyWorkqueue
{
    private static readonly ConcurrentQueue<Work> Works = new();

    public static void Queue(Work work) => Works.Enqueue(work);

    public static void Boot(int seed)
    {
        for (int i = 0; i < 3; i++)
            TaskStruct.Start($"cgroup_destroy/{i}", seed + i, Serve);
    }

    private static void Serve()
    {
        while (true)
        {
            Work? work = null;
            Sched.PollUntil(() => Works.TryDequeue(out work), "work");
            work!.Execute();
        }
    }
}
