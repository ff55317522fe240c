using System;
using System.Collections.Generic;
using System.Threading;
using MmLock;

namespace MmKernel;

/// <summary>
/// A task (the kernel's task_struct): a host thread that may run model code only while it owns a virtual CPU.
/// It carries what the kernel keeps per task or per CPU and what the validator needs to know: preemption and
/// bottom-half counts, interrupt state, reader sections, locks held.
/// </summary>
[NoLockAnalysis("primitive: the scheduler is what the contracts stand on, it is written with .NET's own monitor")]
public sealed class TaskStruct
{
    [ThreadStatic] private static TaskStruct? Running;
    private static readonly List<TaskStruct> Everyone = [];
    private static int NextPid;

    private readonly object _gate = new();
    private bool _woken;

    private TaskStruct(string name, int seed)
    {
        Name = name;
        Pid = Interlocked.Increment(ref NextPid);
        Random = new Random(seed ^ (Pid * 7919));
    }

    /// <summary>The task that runs on this thread.</summary>
    public static TaskStruct Current => Running ?? throw new InvalidOperationException("model code outside a task");

    /// <summary>A name for reports.</summary>
    public string Name { get; }

    /// <summary>A number for reports.</summary>
    public int Pid { get; }

    /// <summary>What this task does by chance; seeded, so that a run can be repeated roughly.</summary>
    public Random Random { get; }

    /// <summary>The CPU this task runs on. Stable only while preemption is off.</summary>
    public Cpu Cpu { get; internal set; } = null!;

    /// <summary>What the task waits for, for the watchdog's report.</summary>
    public string? WaitingFor { get; internal set; }

    /// <summary>Classes of the locks this task holds, outermost first, for reports.</summary>
    public string HeldText => LockValidator.Describe(this);

    internal int PreemptCount;
    internal int BhCount;
    internal bool IrqsOff;
    internal bool InHardirq;
    internal bool InSoftirq;

    /// <summary>Odd while a reader of the flavour is open: what a grace period waits for.</summary>
    internal long RcuSequence, BhSequence, SchedSequence;
    internal int RcuNesting, RcuBhNesting, RcuSchedNesting;

    internal readonly List<HeldLock> Held = [];

    internal bool InInterrupt => InHardirq || InSoftirq;

    internal bool Atomic => PreemptCount > 0 || BhCount > 0 || IrqsOff || InInterrupt || RcuNesting > 0
        || RcuBhNesting > 0 || RcuSchedNesting > 0;

    /// <summary>All tasks alive, for grace periods and reports.</summary>
    public static TaskStruct[] Snapshot()
    {
        lock (Everyone)
            return [.. Everyone];
    }

    /// <summary>Starts a task on a new thread.</summary>
    public static Thread Start(string name, int seed, Action body)
    {
        var thread = new Thread(() => Run(name, seed, body)) { IsBackground = true, Name = name };
        thread.Start();
        return thread;
    }

    /// <summary>Runs a body as a task on this thread.</summary>
    public static void Run(string name, int seed, Action body)
    {
        var task = new TaskStruct(name, seed);
        lock (Everyone)
            Everyone.Add(task);
        Running = task;
        Cpu.Pick(task).Enter(task);
        try
        {
            body();
            LockValidator.CheckNothingHeld(task, "at the end of the task");
        }
        catch (Exception e)
        {
            Bug.Record(e);
        }
        finally
        {
            task.Cpu.Leave();
            Running = null;
            lock (Everyone)
                Everyone.Remove(task);
        }
    }

    /// <summary>A task on the CPU it is bound to: the per-CPU kernel threads.</summary>
    internal static void RunBound(string name, int seed, Cpu cpu, Action<TaskStruct> loop)
    {
        var task = new TaskStruct(name, seed) { Cpu = cpu };
        lock (Everyone)
            Everyone.Add(task);
        Running = task;
        try
        {
            loop(task);
        }
        catch (Exception e)
        {
            Bug.Record(e);
        }
        finally
        {
            lock (Everyone)
                Everyone.Remove(task);
        }
    }

    /// <summary>wake_up_process: the next or the present <see cref="Sched.Schedule"/> of this task returns.</summary>
    internal void WakeUp()
    {
        lock (_gate)
        {
            _woken = true;
            Monitor.PulseAll(_gate);
        }
    }

    internal void WaitForWakeUp()
    {
        lock (_gate)
        {
            while (!_woken)
                Monitor.Wait(_gate);
            _woken = false;
        }
    }

    /// <summary>Preemption or interrupts went on or off: an rcu_sched reader begins or ends with them.</summary>
    internal void SchedReaderChanged()
    {
        bool reader = PreemptCount > 0 || IrqsOff || InHardirq || BhCount > 0 || RcuSchedNesting > 0;
        if (reader != ((Volatile.Read(ref SchedSequence) & 1) == 1))
            Interlocked.Increment(ref SchedSequence);
    }
}
