using System;
using System.Collections.Concurrent;
using System.Threading;
using MmLock;

namespace MmKernel;

/// <summary>An interrupt handler: runs on whatever task the CPU happens to run, with interrupts off.</summary>
[RunsIn(MmLock.ExecutionContext.Hardirq)]
public delegate void IrqHandler();

/// <summary>Deferred work: runs in a kernel thread of the CPU, may sleep.</summary>
[RunsIn(MmLock.ExecutionContext.Process), MaySleep]
public delegate void WorkFunc();

/// <summary>
/// A virtual CPU. One task at a time owns it. Interrupts wait in a queue and are delivered on the thread of the
/// task that runs, at the first point where that task has interrupts enabled: so a handler really does interrupt
/// code that holds plain spin locks, and never code that turned interrupts off.
/// </summary>
[NoLockAnalysis("primitive: hands a CPU from thread to thread")]
public sealed class Cpu
{
    private readonly SemaphoreSlim _run = new(1, 1);
    private readonly SemaphoreSlim _signal = new(0);
    private readonly ConcurrentQueue<IrqHandler> _interrupts = new();
    private readonly ConcurrentQueue<Work> _works = new();
    private int _waiting;

    private Cpu(int id) => Id = id;

    /// <summary>All CPUs of the machine.</summary>
    public static Cpu[] All { get; private set; } = [];

    /// <summary>Index into per-CPU data.</summary>
    public int Id { get; }

    /// <summary>Interrupts delivered so far on all CPUs.</summary>
    public static long InterruptsDelivered => Delivered;

    private static long Delivered;

    /// <summary>smp_processor_id: only stable with preemption off, which is why it demands that.</summary>
    [MustHold("@preempt")]
    public static int ThisCpu()
    {
        var task = TaskStruct.Current;
        if (task.PreemptCount == 0 && !task.IrqsOff && !task.InInterrupt && task.BhCount == 0)
            LockValidator.Report("context", "the number of this CPU is used with preemption on");
        return task.Cpu.Id;
    }

    /// <summary>Brings up the machine: one idle thread per CPU takes interrupts and work when nothing else runs.</summary>
    internal static void Boot(int count, int seed)
    {
        All = new Cpu[count];
        for (int i = 0; i < count; i++)
            All[i] = new Cpu(i);
        foreach (var cpu in All)
        {
            var thread = new Thread(() => TaskStruct.RunBound($"kworker/{cpu.Id}", seed, cpu, cpu.WorkerLoop))
            {
                IsBackground = true,
                Name = $"kworker/{cpu.Id}",
            };
            thread.Start();
        }
    }

    internal static Cpu Pick(TaskStruct task) => All[task.Random.Next(All.Length)];

    /// <summary>Raises an interrupt on this CPU. May be called by any thread, devices included.</summary>
    public void RaiseIrq(IrqHandler handler)
    {
        _interrupts.Enqueue(handler);
        _signal.Release();
    }

    /// <summary>Queues work for the kernel thread of this CPU.</summary>
    internal void QueueWork(Work work)
    {
        _works.Enqueue(work);
        _signal.Release();
    }

    internal void Enter(TaskStruct task)
    {
        Interlocked.Increment(ref _waiting);
        _run.Wait();
        Interlocked.Decrement(ref _waiting);
        task.Cpu = this;
    }

    internal void Leave() => _run.Release();

    internal bool Wanted => Volatile.Read(ref _waiting) > 0;

    /// <summary>Delivers what is pending, if the task on this CPU has interrupts enabled.</summary>
    internal void DeliverInterrupts(TaskStruct task)
    {
        while (!task.IrqsOff && !task.InHardirq && _interrupts.TryDequeue(out var handler))
        {
            task.InHardirq = true;
            task.IrqsOff = true;
            task.SchedReaderChanged();
            int locks = task.Held.Count;
            try
            {
                handler();
                LockValidator.CheckHandlerBalanced(task, locks);
            }
            finally
            {
                task.IrqsOff = false;
                task.InHardirq = false;
                task.SchedReaderChanged();
            }
            Interlocked.Increment(ref Delivered);
        }
    }

    private void WorkerLoop(TaskStruct task)
    {
        while (true)
        {
            _signal.Wait();
            Enter(task);
            DeliverInterrupts(task);
            if (_works.TryDequeue(out var work))
                work.Execute();
            Sched.Window();
            task.Cpu.Leave();
        }
    }
}
