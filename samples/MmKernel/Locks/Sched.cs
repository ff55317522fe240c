using System;
using System.Threading;
using MmLock;

namespace MmKernel;

/// <summary>Sleeping and giving way: the scheduler's side of the model.</summary>
[NoLockAnalysis("primitive: gives the CPU away and gets one back")]
public static class Sched
{
    /// <summary>schedule(): sleeps until somebody wakes this task. Callers test their condition again.</summary>
    [MaySleep]
    public static void Schedule(string what = "an event")
    {
        LockValidator.MightSleep(what);
        var task = TaskStruct.Current;
        task.WaitingFor = what;
        task.Cpu.Leave();
        task.WaitForWakeUp();
        task.WaitingFor = null;
        Cpu.Pick(task).Enter(task);
        Window();
    }

    /// <summary>schedule_timeout(): sleeps for a moment.</summary>
    [MaySleep]
    public static void ScheduleTimeout(int milliseconds = 1)
    {
        LockValidator.MightSleep("a timeout");
        var task = TaskStruct.Current;
        task.WaitingFor = "a timeout";
        task.Cpu.Leave();
        Thread.Sleep(milliseconds);
        task.WaitingFor = null;
        Cpu.Pick(task).Enter(task);
        Window();
    }

    /// <summary>Sleeps until a condition that nobody signals has come true.</summary>
    [MaySleep]
    internal static void PollUntil(Func<bool> condition, string what)
    {
        LockValidator.MightSleep(what);
        if (condition())
            return;
        var task = TaskStruct.Current;
        task.WaitingFor = what;
        task.Cpu.Leave();
        for (int round = 0; !condition(); round++)
        {
            if (round < 10)
                Thread.Yield();
            else
                Thread.Sleep(1);
        }
        task.WaitingFor = null;
        Cpu.Pick(task).Enter(task);
    }

    /// <summary>might_sleep(): says that the code below may sleep, so that a wrong caller is seen every time.</summary>
    [MaySleep]
    public static void MightSleep(string what) => LockValidator.MightSleep(what);

    /// <summary>cond_resched(): a polite pause in a long loop. It may sleep, so no spin lock may be held here.</summary>
    [MaySleep]
    public static void CondResched()
    {
        LockValidator.MightSleep("cond_resched");
        Window();
    }

    /// <summary>A point at which an interrupt or a preemption may come, wherever they are not shut out.</summary>
    [NeverSleeps]
    public static void Window()
    {
        var task = TaskStruct.Current;
        task.Cpu.DeliverInterrupts(task);
        if (task.Random.Next(64) == 0)
            Thread.Yield();
        if (task.PreemptCount > 0 || task.BhCount > 0 || task.IrqsOff || task.InInterrupt || !task.Cpu.Wanted)
            return;
        if (task.Random.Next(32) != 0)
            return;
        task.Cpu.Leave();
        Cpu.Pick(task).Enter(task);
    }

    /// <summary>cpu_relax() of a spinning task: interrupts still come if they are enabled.</summary>
    internal static void Relax(ref SpinWait spinner)
    {
        var task = TaskStruct.Current;
        task.Cpu.DeliverInterrupts(task);
        Bug.StopIfBroken();
        spinner.SpinOnce(sleep1Threshold: 40);
    }
}
