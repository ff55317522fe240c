using MmLock;

namespace MmKernel;

/// <summary>Interrupts of this CPU: local_irq_disable and its kin.</summary>
[NoLockAnalysis("primitive: the interrupt flag itself")]
public static class Irq
{
    /// <summary>local_irq_disable.</summary>
    [DisablesIrq, NeverSleeps]
    public static void Disable()
    {
        var task = TaskStruct.Current;
        task.IrqsOff = true;
        task.SchedReaderChanged();
    }

    /// <summary>local_irq_enable: turns them on whoever turned them off, which is why nested code must not use it.</summary>
    [EnablesIrq, NeverSleeps]
    public static void Enable()
    {
        var task = TaskStruct.Current;
        if (task.InHardirq)
            LockValidator.Report("irq", "interrupts are enabled inside an interrupt handler");
        LockValidator.EnablingIrqs(task);
        task.IrqsOff = false;
        task.SchedReaderChanged();
        Sched.Window();
    }

    /// <summary>local_irq_save.</summary>
    [SavesIrq("flags"), NeverSleeps]
    public static void Save(out ulong flags)
    {
        var task = TaskStruct.Current;
        flags = task.IrqsOff ? 0UL : 1UL;
        task.IrqsOff = true;
        task.SchedReaderChanged();
    }

    /// <summary>local_irq_restore.</summary>
    [RestoresIrq("flags"), NeverSleeps]
    public static void Restore(ulong flags)
    {
        var task = TaskStruct.Current;
        if (flags == 0)
            return;
        LockValidator.EnablingIrqs(task);
        task.IrqsOff = false;
        task.SchedReaderChanged();
        Sched.Window();
    }

    /// <summary>irqs_disabled.</summary>
    public static bool Disabled => TaskStruct.Current.IrqsOff;
}

/// <summary>Preemption of this task.</summary>
[NoLockAnalysis("primitive: the preemption count itself")]
public static class Preempt
{
    /// <summary>preempt_disable.</summary>
    [DisablesPreemption, NeverSleeps]
    public static void Disable()
    {
        var task = TaskStruct.Current;
        task.PreemptCount++;
        task.SchedReaderChanged();
    }

    /// <summary>preempt_enable.</summary>
    [EnablesPreemption, NeverSleeps]
    public static void Enable()
    {
        var task = TaskStruct.Current;
        if (--task.PreemptCount < 0)
            LockValidator.Report("context", "preemption is enabled more often than disabled");
        task.SchedReaderChanged();
        Sched.Window();
    }
}

/// <summary>Bottom halves (softirqs) of this CPU.</summary>
[NoLockAnalysis("primitive: the softirq count itself")]
public static class Bh
{
    /// <summary>local_bh_disable.</summary>
    [DisablesBh, NeverSleeps]
    public static void Disable()
    {
        var task = TaskStruct.Current;
        if (++task.BhCount == 1)
            System.Threading.Interlocked.Increment(ref task.BhSequence);
        task.SchedReaderChanged();
    }

    /// <summary>local_bh_enable.</summary>
    [EnablesBh, NeverSleeps]
    public static void Enable()
    {
        var task = TaskStruct.Current;
        if (--task.BhCount == 0)
            System.Threading.Interlocked.Increment(ref task.BhSequence);
        task.SchedReaderChanged();
        Sched.Window();
    }
}
