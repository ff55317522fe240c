using System;
using System.Threading;
using MmLock;

namespace MmKernel;

/// <summary>The size and the seed of a machine.</summary>
public sealed record MachineOptions
{
    /// <summary>Virtual CPUs.</summary>
    public int Cpus { get; init; } = 4;

    /// <summary>Memory nodes.</summary>
    public int Nodes { get; init; } = 2;

    /// <summary>Page frames per node.</summary>
    public int FramesPerNode { get; init; } = 384;

    /// <summary>Seed of everything done by chance.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Run the lock validator.</summary>
    public bool Validator { get; init; } = true;
}

/// <summary>Boots the model, and stops its world for a look at all of it.</summary>
[NoLockAnalysis("the driver is outside of the kernel")]
public static class Machine
{
    private static volatile bool Pausing;
    private static volatile bool Stopping;
    private static int Parked;
    private static int Workers;

    /// <summary>Is the run coming to its end?</summary>
    public static bool Stop => Stopping;

    /// <summary>Boots everything.</summary>
    public static void Boot(MachineOptions options)
    {
        LockValidator.Enabled = options.Validator;
        LockValidator.Boot();
        MemMap.Boot(options.Nodes, options.FramesPerNode);
        Memcontrol.Boot(options.Nodes);
        Compaction.Boot(MemMap.Pages.Length);
        Cpu.Boot(options.Cpus, options.Seed);
        Rcu.Boot(options.Seed);
        BlockDevice.Boot(options.Seed);
        DestroyWorkqueue.Boot(options.Seed);
    }

    /// <summary>
    /// Starts a task that repeats one step until the run ends, and parks between two steps when the world stops.
    /// </summary>
    public static void StartWorker(string name, int seed, Action<TaskStruct> step)
    {
        Interlocked.Increment(ref Workers);
        TaskStruct.Start(name, seed, () =>
        {
            try
            {
                var task = TaskStruct.Current;
                while (!Stopping && !Bug.Broken)
                {
                    step(task);
                    LockValidator.CheckNothingHeld(task, "between two operations");
                    Sched.Window();
                    if (Pausing)
                        Park();
                }
            }
            finally
            {
                Interlocked.Decrement(ref Workers);
            }
        });
    }

    /// <summary>Runs a piece of code as a task and waits for it. False when it did not end in time.</summary>
    public static bool RunTask(string name, Action body)
    {
        var thread = TaskStruct.Start(name, 0, body);
        return thread.Join(TimeSpan.FromSeconds(30));
    }

    /// <summary>Stops all workers between two operations, runs a look at everything, and lets them go on.</summary>
    public static bool StopTheWorld(Action look)
    {
        Pausing = true;
        try
        {
            var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(30);
            while (Volatile.Read(ref Parked) < Volatile.Read(ref Workers))
            {
                if (Bug.Broken)
                    return false;
                if (DateTime.UtcNow > deadline)
                {
                    Bug.Record("the world does not stop: somebody waits for ever" + Environment.NewLine + WhoWaits());
                    return false;
                }
                Thread.Sleep(1);
            }
            bool looked = RunTask("look", () =>
            {
                Lru.LruAddDrainAll();
                Sched.PollUntil(static () => BlockDevice.InFlight == 0, "the disk");
                Sched.PollUntil(static () => Cgroup.Going == 0 || Bug.Broken, "dying groups to be gone");
                Lru.LruAddDrainAll();
                look();
            });
            if (!looked)
                Bug.Record("the audit does not end: it waits for something that never comes" + Environment.NewLine + WhoWaits());
            return looked && !Bug.Broken;
        }
        finally
        {
            Pausing = false;
        }
    }

    /// <summary>Ends all workers.</summary>
    public static bool StopWorkers()
    {
        Stopping = true;
        var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(30);
        while (Volatile.Read(ref Workers) > 0)
        {
            if (DateTime.UtcNow > deadline)
            {
                Bug.Record("the workers do not end: somebody waits for ever" + Environment.NewLine + WhoWaits());
                return false;
            }
            Thread.Sleep(1);
        }
        return true;
    }

    /// <summary>Every task, what it holds and what it waits for.</summary>
    public static string WhoWaits()
    {
        var text = new System.Text.StringBuilder();
        foreach (var task in TaskStruct.Snapshot())
            text.AppendLine($"  {task.Name}: waits for {task.WaitingFor ?? "a CPU or nothing"}, holds {task.HeldText}");
        return text.ToString();
    }

    private static void Park()
    {
        Interlocked.Increment(ref Parked);
        Sched.PollUntil(static () => !Pausing || Stopping || Bug.Broken, "the world to go on");
        Interlocked.Decrement(ref Parked);
    }
}
