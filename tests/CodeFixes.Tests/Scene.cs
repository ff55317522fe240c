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
}
