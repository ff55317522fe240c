using System;
using MmLock;

// What the other files of the corpus lock with: one compilation together with each of them.

[LockType(LockKind.Spin), NoLockAnalysis("primitive")]
public sealed class Spin
{
    [Acquires, NeverSleeps] public void Lock() { }
    [TryAcquires, NeverSleeps] public bool TryLock() => true;
    [Releases, NeverSleeps] public void Unlock() { }
    [Acquires, DisablesIrq, NeverSleeps] public void LockIrq() { }
    [Releases, EnablesIrq, NeverSleeps] public void UnlockIrq() { }
    [Acquires, SavesIrq("flags"), NeverSleeps] public void LockIrqSave(out ulong flags) => flags = 0;
    [Releases, RestoresIrq("flags"), NeverSleeps] public void UnlockIrqRestore(ulong flags) { }
}

/// <summary>One whose class interrupts take, without a form that turns them off.</summary>
[LockType(LockKind.Spin), NoLockAnalysis("primitive")]
public sealed class BareSpin
{
    [Acquires, NeverSleeps] public void Lock() { }
    [TryAcquires, NeverSleeps] public bool TryLock() => true;
    [Releases, NeverSleeps] public void Unlock() { }
}

[LockType(LockKind.ReaderWriterSemaphore), NoLockAnalysis("primitive")]
public sealed class Semaphore
{
    [AcquiresShared] public void DownRead() { }
    [ReleasesShared] public void UpRead() { }
    [Acquires] public void DownWrite() { }
    [Releases] public void UpWrite() { }
    [Downgrades] public void Downgrade() { }
}

[LockType(LockKind.Mutex), NoLockAnalysis("primitive")]
public sealed class Sleeper
{
    [Acquires] public void Lock() { }
    [TryAcquires] public bool TryLock() => true;
    [Releases] public void Unlock() { }
    [Acquires] public Held Hold() => new();

    [ScopedLock]
    public readonly struct Held : IDisposable
    {
        public void Dispose() { }
    }
}

[NoLockAnalysis("primitive")]
public static class Cpu
{
    [DisablesIrq, NeverSleeps] public static void IrqOff() { }
    [EnablesIrq, NeverSleeps] public static void IrqOn() { }
    [SavesIrq("flags"), NeverSleeps] public static void IrqSave(out ulong flags) => flags = 0;
    [RestoresIrq("flags"), NeverSleeps] public static void IrqRestore(ulong flags) { }
    [DisablesBh, NeverSleeps] public static void BhOff() { }
    [EnablesBh, NeverSleeps] public static void BhOn() { }
    [DisablesPreemption, NeverSleeps] public static void PreemptOff() { }
    [EnablesPreemption, NeverSleeps] public static void PreemptOn() { }
}

[NoLockAnalysis("primitive")]
public static class Rcu
{
    [AcquiresShared("@rcu"), NeverSleeps] public static void ReadLock() { }
    [ReleasesShared("@rcu"), NeverSleeps] public static void ReadUnlock() { }
    [AcquiresShared("@rcu_sched"), NeverSleeps] public static void ReadLockSched() { }
    [ReleasesShared("@rcu_sched"), NeverSleeps] public static void ReadUnlockSched() { }
    [WaitsForReaders("@rcu")] public static void Synchronize() { }
    [RcuAccessor(RcuRole.Dereference)] public static T Dereference<T>(ref T place) where T : class => place;
    [RcuAccessor(RcuRole.Assign)] public static void Assign<T>(ref T place, T value) where T : class => place = value;
}

[NoLockAnalysis("primitive")]
public static class World
{
    [MaySleep] public static void Wait() { }
    [NeverSleeps] public static bool Flip() => true;
    [NeverSleeps] public static void Use(int value) { }
}
