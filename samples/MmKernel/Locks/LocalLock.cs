using MmLock;

namespace MmKernel;

/// <summary>
/// local_lock_t: the right to this CPU's own data. Taking it turns preemption off (the irqsave form: interrupts),
/// so on an ordinary kernel nobody ever waits for it; on a real-time kernel it is a spin lock per CPU. It is
/// declared as a spin lock, the stricter of the two, because the order and the ban on sleeping hold for both.
/// </summary>
/// <param name="lockClass">The lock class.</param>
[LockType(LockKind.Spin)]
[NoLockAnalysis("primitive: a per-CPU lock is the ban on leaving the CPU")]
public sealed class LocalLock(string lockClass) : KernelLock(lockClass)
{
    private readonly TaskStruct?[] _holders = new TaskStruct?[64];

    internal override LockKind Kind => LockKind.Spin;

    /// <summary>local_lock.</summary>
    [Acquires, NeverSleeps]
    public void Lock()
    {
        Sched.Window();
        LockValidator.Acquiring(this, shared: false, tried: false);
        var task = TaskStruct.Current;
        task.PreemptCount++;
        task.SchedReaderChanged();
        // An interrupt handler that comes here while its CPU is inside would see the data half changed.
        Bug.On(_holders[task.Cpu.Id] != null, $"{ClassName} of this CPU is taken twice");
        _holders[task.Cpu.Id] = task;
        LockValidator.Acquired(this, shared: false, tried: false);
        task.Cpu.DeliverInterrupts(task);
    }

    /// <summary>local_unlock.</summary>
    [Releases, NeverSleeps]
    public void Unlock()
    {
        var task = TaskStruct.Current;
        LockValidator.Releasing(this, shared: false);
        Bug.On(_holders[task.Cpu.Id] != task, $"{ClassName} of this CPU is released by a task that does not hold it");
        _holders[task.Cpu.Id] = null;
        task.PreemptCount--;
        task.SchedReaderChanged();
        Sched.Window();
    }

    /// <summary>local_lock_irqsave: for data that interrupt handlers touch too.</summary>
    [Acquires, SavesIrq("flags"), NeverSleeps]
    public void LockIrqSave(out ulong flags)
    {
        Sched.Window();
        Irq.Save(out flags);
        Lock();
    }

    /// <summary>local_unlock_irqrestore.</summary>
    [Releases, RestoresIrq("flags"), NeverSleeps]
    public void UnlockIrqRestore(ulong flags)
    {
        Unlock();
        Irq.Restore(flags);
    }
}
