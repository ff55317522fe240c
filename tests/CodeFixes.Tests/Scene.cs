namespace MmLock.CodeFixes.Tests;

/// <summary>Lock types as models declare them, for tests to put below their sources.</summary>
internal static class Scene
{
    /// <summary>A spin lock with its three forms.</summary>
    public const string SpinLock = """

        [LockType(LockKind.Spin), NoLockAnalysis("primitive")]
        public sealed class SpinLock
        {
            [Acquires, NeverSleeps] public void Lock() { }
            [TryAcquires, NeverSleeps] public bool TryLock() => true;
            [Releases, NeverSleeps] public void Unlock() { }
            [Acquires, DisablesIrq, NeverSleeps] public void LockIrq() { }
            [Releases, EnablesIrq, NeverSleeps] public void UnlockIrq() { }
            [Acquires, SavesIrq("flags"), NeverSleeps] public void LockIrqSave(out ulong flags) => flags = 0;
            [Releases, RestoresIrq("flags"), NeverSleeps] public void UnlockIrqRestore(ulong flags) { }
        }

        """;

    /// <summary>A sleeping reader-writer lock.</summary>
    public const string RwSem = """

        [LockType(LockKind.ReaderWriterSemaphore), NoLockAnalysis("primitive")]
        public sealed class RwSem
        {
            [AcquiresShared] public void DownRead() { }
            [TryAcquiresShared] public bool TryDownRead() => true;
            [ReleasesShared] public void UpRead() { }
            [Acquires] public void DownWrite() { }
            [TryAcquires] public bool TryDownWrite() => true;
            [Releases] public void UpWrite() { }
        }

        """;

    /// <summary>A sleeping lock with a scoped form.</summary>
    public const string GuardedMutex = """

        [LockType(LockKind.Mutex), NoLockAnalysis("primitive")]
        public sealed class KMutex
        {
            [Acquires] public void Lock() { }
            [Releases] public void Unlock() { }
            [Acquires] public Held Hold() => new();

            [ScopedLock]
            public readonly struct Held : System.IDisposable
            {
                public void Dispose() { }
            }
        }

        """;

    /// <summary>Reader sections.</summary>
    public const string Rcu = """

        [NoLockAnalysis("primitive")]
        public static class Rcu
        {
            [AcquiresShared("@rcu"), NeverSleeps] public static void ReadLock() { }
            [ReleasesShared("@rcu"), NeverSleeps] public static void ReadUnlock() { }
        }

        """;

    /// <summary>Accessors of RCU pointers, and what removes and frees objects.</summary>
    public const string RcuAccessors = """

        [NoLockAnalysis("primitive")]
        public static class RcuPtr
        {
            [RcuAccessor(RcuRole.Dereference)] public static T? Dereference<T>(ref T? place) where T : class => place;
            [RcuAccessor(RcuRole.DereferenceProtected)] public static T? DereferenceProtected<T>(ref T? place) where T : class => place;
            [RcuAccessor(RcuRole.Peek)] public static T? Peek<T>(ref T? place) where T : class => place;
            [RcuAccessor(RcuRole.Assign)] public static void Assign<T>(ref T? place, T? value) where T : class => place = value;
            [Unpublishes("x")] public static void Unlink(object x) { }
            [Frees("x")] public static void Free(object x) { }
            [FreesAfterGracePeriod("x")] public static void FreeRcu(object x) { }
            [WaitsForReaders("@rcu")] public static void Synchronize() { }
        }

        """;
}
