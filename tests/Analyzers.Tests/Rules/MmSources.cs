namespace MmLock.Analyzers.Tests.Rules;

/// <summary>Sources that the stories of several rules share.</summary>
internal static class MmSources
{
    /// <summary>
    /// The kernel's primitives, known by their contracts: locks in all forms, RCU by flavour and role, switches of this
    /// processor, and a page that is counted.
    /// </summary>
    public const string Primitives = """
        global using MmLock;

        [LockType(LockKind.Spin), NoLockAnalysis("primitive")]
        public sealed class SpinLock
        {
            [Acquires] public void Lock() { }
            [Releases] public void Unlock() { }
            [TryAcquires] public bool TryLock() => true;
            [Acquires, DisablesIrq] public void LockIrq() { }
            [Releases, EnablesIrq] public void UnlockIrq() { }
            [TryAcquires, DisablesIrq(On = Outcome.True)] public bool TryLockIrq() => true;
            [Acquires, SavesIrq("flags")] public void LockIrqSave(out ulong flags) { flags = 0; }
            [TryAcquires, SavesIrq("flags", On = Outcome.True)] public bool TryLockIrqSave(out ulong flags) { flags = 0; return true; }
            [Acquires, SavesIrq("return")] public ulong LockIrqSave() => 0;
            [Releases, RestoresIrq("flags")] public void UnlockIrqRestore(ulong flags) { }
            [Acquires, DisablesBh] public void LockBh() { }
            [Releases, EnablesBh] public void UnlockBh() { }
            [AssertsHeld] public void AssertHeld() { }
        }

        [LockType(LockKind.RawSpin), NoLockAnalysis("primitive")]
        public sealed class RawSpinLock
        {
            [Acquires] public void Lock() { }
            [Releases] public void Unlock() { }
            [TryAcquires] public bool TryLock() => true;
            [Acquires, DisablesIrq] public void LockIrq() { }
            [Releases, EnablesIrq] public void UnlockIrq() { }
        }

        [LockType(LockKind.ReaderWriterSpin), NoLockAnalysis("primitive")]
        public sealed class RwLock
        {
            [AcquiresShared] public void ReadLock() { }
            [ReleasesShared] public void ReadUnlock() { }
            [TryAcquiresShared] public bool TryReadLock() => true;
            [Acquires] public void WriteLock() { }
            [Releases] public void WriteUnlock() { }
            [AcquiresShared, DisablesIrq] public void ReadLockIrq() { }
            [ReleasesShared, EnablesIrq] public void ReadUnlockIrq() { }
            [Acquires, DisablesIrq] public void WriteLockIrq() { }
            [Releases, EnablesIrq] public void WriteUnlockIrq() { }
        }

        [LockType(LockKind.Mutex), NoLockAnalysis("primitive")]
        public sealed class Mutex
        {
            [Acquires] public void Lock() { }
            [Releases] public void Unlock() { }
            [TryAcquires] public bool TryLock() => true;
            [TryAcquires(On = Outcome.Zero, Waits = true)] public int LockKillable() => 0;
        }

        [LockType(LockKind.ReaderWriterSemaphore), NoLockAnalysis("primitive")]
        public sealed class RwSem
        {
            [AcquiresShared] public void DownRead() { }
            [ReleasesShared] public void UpRead() { }
            [TryAcquiresShared] public bool TryDownRead() => true;
            [Acquires] public void DownWrite() { }
            [Releases] public void UpWrite() { }
            [TryAcquires] public bool TryDownWrite() => true;
        }

        [LockType(LockKind.Bit), NoLockAnalysis("primitive")]
        public sealed class PageLock
        {
            [Acquires] public void Lock() { }
            [Releases] public void Unlock() { }
            [TryAcquires] public bool TryLock() => true;
        }

        [LockType(LockKind.Sequence), NoLockAnalysis("primitive")]
        public sealed class SeqLock
        {
            [Acquires] public void WriteBegin() { }
            [Releases] public void WriteEnd() { }
            [AcquiresShared] public uint ReadBegin() => 0;
            [ReleasesShared] public bool ReadRetry(uint sequence) => false;
        }

        [LockType(LockKind.Token), NoLockAnalysis("primitive")]
        public sealed class Isolation
        {
            [Acquires] public void Take() { }
            [Releases] public void PutBack() { }
            [TryAcquires] public bool TryTake() => true;
        }

        [NoLockAnalysis("primitive")]
        public static class Irq
        {
            [DisablesIrq] public static void Disable() { }
            [EnablesIrq] public static void Enable() { }
            [SavesIrq("flags")] public static void Save(out ulong flags) { flags = 0; }
            [SavesIrq("return")] public static ulong Save() => 0;
            [RestoresIrq("flags")] public static void Restore(ulong flags) { }
        }

        [NoLockAnalysis("primitive")]
        public static class Preempt
        {
            [DisablesPreemption] public static void Disable() { }
            [EnablesPreemption] public static void Enable() { }
        }

        [NoLockAnalysis("primitive")]
        public static class Bh
        {
            [DisablesBh] public static void Disable() { }
            [EnablesBh] public static void Enable() { }
        }

        [NoLockAnalysis("primitive")]
        public static class Sched
        {
            [MaySleep] public static void Schedule() { }
            [NeverSleeps] public static void Delay() { }
        }

        [NoLockAnalysis("primitive")]
        public static class Rcu
        {
            [AcquiresShared("@rcu")] public static void ReadLock() { }
            [ReleasesShared("@rcu")] public static void ReadUnlock() { }
            [AcquiresShared("@rcu_bh")] public static void ReadLockBh() { }
            [ReleasesShared("@rcu_bh")] public static void ReadUnlockBh() { }
            [AcquiresShared("@rcu_sched")] public static void ReadLockSched() { }
            [ReleasesShared("@rcu_sched")] public static void ReadUnlockSched() { }
            [AcquiresShared("@rcu")] public static RcuSection Section() => default;
            [AssertsHeldShared("@rcu")] public static void AssertReader() { }

            [RcuAccessor(RcuRole.Dereference, Flavor = "@rcu")] public static T? Dereference<T>(ref T? pointer) where T : class => pointer;
            [RcuAccessor(RcuRole.Dereference, Flavor = "@rcu_bh")] public static T? DereferenceBh<T>(ref T? pointer) where T : class => pointer;
            [RcuAccessor(RcuRole.Dereference, Flavor = "@rcu_sched")] public static T? DereferenceSched<T>(ref T? pointer) where T : class => pointer;
            [RcuAccessor(RcuRole.Dereference)] public static T? DereferenceAny<T>(ref T? pointer) where T : class => pointer;
            [RcuAccessor(RcuRole.DereferenceProtected)] public static T? DereferenceProtected<T>(ref T? pointer) where T : class => pointer;
            [RcuAccessor(RcuRole.DereferenceCheck)] public static T? DereferenceCheck<T>(ref T? pointer) where T : class => pointer;
            [RcuAccessor(RcuRole.Peek)] public static T? Peek<T>(ref T? pointer) where T : class => pointer;
            [RcuAccessor(RcuRole.Assign)] public static void Assign<T>(ref T? pointer, T? value) where T : class { pointer = value; }
            [RcuAccessor(RcuRole.Initialize)] public static void Initialize<T>(ref T? pointer, T? value) where T : class { pointer = value; }

            [WaitsForReaders("@rcu")] public static void Synchronize() { }
            [WaitsForReaders("@rcu_bh")] public static void SynchronizeBh() { }
            [WaitsForReaders("@rcu_sched")] public static void SynchronizeSched() { }
        }

        [ScopedLock, NoLockAnalysis("primitive")]
        public ref struct RcuSection
        {
            public void Dispose() { }
        }

        [LockType(LockKind.SleepableContext), NoLockAnalysis("primitive")]
        public sealed class SrcuDomain
        {
            [AcquiresShared] public int ReadLock() => 0;
            [ReleasesShared] public void ReadUnlock(int index) { }
            [WaitsForReaders("this")] public void Synchronize() { }
        }

        [NoLockAnalysis("primitive")]
        public static class Srcu
        {
            [RcuAccessor(RcuRole.Dereference, Flavor = "domain")]
            public static T? Dereference<T>(ref T? pointer, SrcuDomain domain) where T : class => pointer;
        }

        [ScopedLock, NoLockAnalysis("primitive")]
        public ref struct SpinGuard
        {
            [Acquires("l")] public SpinGuard(SpinLock l) { }
            public void Dispose() { }
        }

        [ScopedLock, NoLockAnalysis("primitive")]
        public ref struct SpinIrqGuard
        {
            [Acquires("l"), DisablesIrq] public SpinIrqGuard(SpinLock l) { }
            [EnablesIrq] public void Dispose() { }
        }

        [ScopedLock, NoLockAnalysis("primitive")]
        public ref struct SpinIrqSaveGuard
        {
            [Acquires("l"), SavesIrq("return")] public SpinIrqSaveGuard(SpinLock l) { }
            public void Dispose() { }
        }
        """;
}
