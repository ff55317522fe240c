using System.Threading;
using MmLock;

namespace MmKernel;

/// <summary>
/// spinlock_t. Whoever holds one may not sleep. The irq forms also shut interrupts out of this CPU, which a class that
/// handlers take needs: a handler that interrupts the holder on its own CPU would spin for ever.
/// </summary>
/// <param name="lockClass">The lock class.</param>
[LockType(LockKind.Spin)]
[NoLockAnalysis("primitive: the lock itself, made of one interlocked word")]
public sealed class SpinLock(string lockClass) : KernelLock(lockClass)
{
    private int _locked;

    internal override LockKind Kind => LockKind.Spin;

    /// <summary>Is anybody holding it? A hint, for assertions and reports.</summary>
    public bool IsLocked => Volatile.Read(ref _locked) != 0;

    /// <summary>spin_lock: interrupts stay as they are.</summary>
    [Acquires, NeverSleeps]
    public void Lock()
    {
        Sched.Window();
        var task = TaskStruct.Current;
        task.PreemptCount++;
        task.SchedReaderChanged();
        Spin(task);
    }

    /// <summary>spin_unlock.</summary>
    [Releases, NeverSleeps]
    public void Unlock()
    {
        var task = TaskStruct.Current;
        Drop(task);
        PreemptEnable(task);
        Sched.Window();
    }

    /// <summary>spin_trylock.</summary>
    [TryAcquires, NeverSleeps]
    public bool TryLock()
    {
        Sched.Window();
        var task = TaskStruct.Current;
        task.PreemptCount++;
        task.SchedReaderChanged();
        if (Try(task))
            return true;
        PreemptEnable(task);
        return false;
    }

    /// <summary>spin_lock_irq: for callers that know interrupts to be on.</summary>
    [Acquires, DisablesIrq, NeverSleeps]
    public void LockIrq()
    {
        Sched.Window();
        Irq.Disable();
        Lock();
    }

    /// <summary>spin_unlock_irq: turns interrupts on, whatever they were before.</summary>
    [Releases, EnablesIrq, NeverSleeps]
    public void UnlockIrq()
    {
        var task = TaskStruct.Current;
        Drop(task);
        Irq.Enable();
        PreemptEnable(task);
        Sched.Window();
    }

    /// <summary>spin_lock_irqsave: for callers that do not know.</summary>
    [Acquires, SavesIrq("flags"), NeverSleeps]
    public void LockIrqSave(out ulong flags)
    {
        Sched.Window();
        Irq.Save(out flags);
        Lock();
    }

    /// <summary>spin_unlock_irqrestore.</summary>
    [Releases, RestoresIrq("flags"), NeverSleeps]
    public void UnlockIrqRestore(ulong flags)
    {
        var task = TaskStruct.Current;
        Drop(task);
        Irq.Restore(flags);
        PreemptEnable(task);
        Sched.Window();
    }

    /// <summary>spin_trylock_irqsave: interrupts are left alone when it fails.</summary>
    [TryAcquires, SavesIrq("flags", On = Outcome.True), NeverSleeps]
    public bool TryLockIrqSave(out ulong flags)
    {
        Irq.Save(out flags);
        if (TryLock())
            return true;
        Irq.Restore(flags);
        return false;
    }

    /// <summary>lockdep_assert_held.</summary>
    [AssertsHeld, NeverSleeps]
    public void AssertHeld() => LockValidator.AssertHeld(this);

    private void Spin(TaskStruct task)
    {
        LockValidator.Acquiring(this, shared: false, tried: false);
        var spinner = new SpinWait();
        while (Interlocked.CompareExchange(ref _locked, 1, 0) != 0)
            Sched.Relax(ref spinner);
        Holder = task;
        LockValidator.Acquired(this, shared: false, tried: false);
    }

    private bool Try(TaskStruct task)
    {
        LockValidator.Acquiring(this, shared: false, tried: true);
        if (Interlocked.CompareExchange(ref _locked, 1, 0) != 0)
            return false;
        Holder = task;
        LockValidator.Acquired(this, shared: false, tried: true);
        return true;
    }

    private void Drop(TaskStruct task)
    {
        LockValidator.Releasing(this, shared: false);
        Bug.On(_locked == 0, $"{ClassName} is unlocked but nobody holds it");
        Bug.On(Holder != task, $"{ClassName} is unlocked by {task.Name} but held by {Holder?.Name}");
        Holder = null;
        Volatile.Write(ref _locked, 0);
    }

    private static void PreemptEnable(TaskStruct task)
    {
        task.PreemptCount--;
        task.SchedReaderChanged();
    }
}
