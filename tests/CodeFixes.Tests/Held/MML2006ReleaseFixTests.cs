using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockFixVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer, MmLock.CodeFixes.Held.MML2006ReleaseFix>;

namespace MmLock.CodeFixes.Tests.Held;

public class MML2006ReleaseFixTests
{
    [Fact]
    public Task MissingExit_MakesAFinally() => Verify.Fixes(
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public bool Isolate(bool busy)
            {
                _lock.Lock();
                if (busy)
                    return false; //~ MML2006
                System.Console.WriteLine();
                _lock.Unlock();
                return true;
            }

            public void Forget()
            {
                _lock.LockIrqSave(out var flags);
                System.Console.WriteLine();
            } //~ MML2006
        }

        """ + Scene.SpinLock,
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public bool Isolate(bool busy)
            {
                _lock.Lock();
                try
                {
                    if (busy)
                        return false;
                    System.Console.WriteLine();
                }
                finally
                {
                    _lock.Unlock();
                }
                return true;
            }

            public void Forget()
            {
                _lock.LockIrqSave(out var flags);
                try
                {
                    System.Console.WriteLine();
                }
                finally
                {
                    _lock.UnlockIrqRestore(flags);
                }
            }
        }

        """ + Scene.SpinLock);

    [Fact]
    public Task WhereNoRegionFits_ItIsReleasedAtTheExit() => Verify.Fixes(
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();
            [GuardedBy("_lock")] private int _pages;

            public int Count(bool wait)
            {
                _lock.Lock();
                if (wait)
                {
                    _lock.Unlock();
                    System.Console.WriteLine();
                    _lock.Lock();
                }
                return _pages; //~ MML2006
            }
        }

        """ + Scene.SpinLock,
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();
            [GuardedBy("_lock")] private int _pages;

            public int Count(bool wait)
            {
                _lock.Lock();
                if (wait)
                {
                    _lock.Unlock();
                    System.Console.WriteLine();
                    _lock.Lock();
                }
                var result = _pages;
                _lock.Unlock();
                return result;
            }
        }

        """ + Scene.SpinLock);

    [Fact]
    public Task Guard_IsDisposed() => Verify.Fixes(
        """
        using MmLock;

        public class Rmap
        {
            private readonly KMutex _lock = new();

            public void Map()
            {
                var held = _lock.Hold();
                System.Console.WriteLine();
            } //~ MML2006
        }

        """ + Scene.GuardedMutex,
        """
        using MmLock;

        public class Rmap
        {
            private readonly KMutex _lock = new();

            public void Map()
            {
                using var held = _lock.Hold();
                System.Console.WriteLine();
            }
        }

        """ + Scene.GuardedMutex);

    [Fact]
    public Task Lock_IsHandedToTheCaller() => Verify.Fixes(
        FixKeys.DeclareAcquires,
        """
        using MmLock;

        public class Lru
        {
            public readonly SpinLock Lock = new();

            public void Begin()
            {
                Lock.Lock();
            } //~ MML2006
        }

        """ + Scene.SpinLock,
        """
        using MmLock;

        public class Lru
        {
            public readonly SpinLock Lock = new();

            [Acquires("Lock")]
            public void Begin()
            {
                Lock.Lock();
            }
        }

        """ + Scene.SpinLock);

    [Fact]
    public Task ReleaseInOneBranch_GoesToTheFinally() => Verify.Fixes(
        """
        using System.Threading;

        public class Lru
        {
            private readonly object _gate = new();

            public void Add(bool one)
            {
                Monitor.Enter(_gate);
                System.Console.WriteLine();
                if (one)
                {
                    System.Console.WriteLine();
                    Monitor.Exit(_gate);
                }
            } //~ MML2006
        }
        """,
        """
        using System.Threading;

        public class Lru
        {
            private readonly object _gate = new();

            public void Add(bool one)
            {
                Monitor.Enter(_gate);
                try
                {
                    System.Console.WriteLine();
                    if (one)
                    {
                        System.Console.WriteLine();
                    }
                }
                finally
                {
                    Monitor.Exit(_gate);
                }
            }
        }
        """);

    [Fact]
    public Task HeldOnSomePaths_IsRemembered() => Verify.Fixes(
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public void Isolate(bool on)
            {
                if (on)
                    _lock.Lock();
                System.Console.WriteLine();
            } //~ MML2006
        }

        """ + Scene.SpinLock,
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public void Isolate(bool on)
            {
                var held = false;
                if (on)
                {
                    _lock.Lock();
                    held = true;
                }
                System.Console.WriteLine();
                if (held)
                    _lock.Unlock();
            }
        }

        """ + Scene.SpinLock);

    [Fact]
    public Task Jump_ReleasesBeforeItLeaves() => Verify.Fixes(
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public void Isolate(int[] pages)
            {
                foreach (var page in pages)
                {
                    _lock.Lock();
                    if (page == 0)
                        break;
                    try
                    {
                        System.Console.WriteLine(page);
                    }
                    finally
                    {
                        _lock.Unlock();
                    }
                }
            } //~ MML2006
        }

        """ + Scene.SpinLock,
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public void Isolate(int[] pages)
            {
                foreach (var page in pages)
                {
                    _lock.Lock();
                    if (page == 0)
                    {
                        _lock.Unlock();
                        break;
                    }
                    try
                    {
                        System.Console.WriteLine(page);
                    }
                    finally
                    {
                        _lock.Unlock();
                    }
                }
            }
        }

        """ + Scene.SpinLock);

    [Fact]
    public Task ReleaseUnderACondition_LosesIt() => Verify.Fixes(
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public void Isolate(bool on)
            {
                _lock.Lock();
                System.Console.WriteLine();
                if (on)
                    _lock.Unlock();
            } //~ MML2006
        }

        """ + Scene.SpinLock,
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public void Isolate(bool on)
            {
                _lock.Lock();
                System.Console.WriteLine();
                _lock.Unlock();
            }
        }

        """ + Scene.SpinLock);

    [Fact]
    public Task OutcomeOfATry_IsHandedToTheCaller() => Verify.Fixes(
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public bool Try()
            {
                return _lock.TryLock(); //~ MML2006
            }
        }

        """ + Scene.SpinLock,
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            [TryAcquires("_lock")]
            public bool Try()
            {
                return _lock.TryLock();
            }
        }

        """ + Scene.SpinLock);

    [Fact]
    public Task WinnerOfATry_ReleasesInFinally() => Verify.Fixes(
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public void Try()
            {
                if (_lock.TryLock())
                    System.Console.WriteLine();
            } //~ MML2006
        }

        """ + Scene.SpinLock,
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public void Try()
            {
                if (_lock.TryLock())
                {
                    try
                    {
                        System.Console.WriteLine();
                    }
                    finally
                    {
                        _lock.Unlock();
                    }
                }
            }
        }

        """ + Scene.SpinLock);

    [Fact]
    public Task Sections_EndOnEveryExit() => Verify.Fixes(
        """
        using MmLock;

        public static class Cpu
        {
            [DisablesBh, NoLockAnalysis("primitive")] public static void BhOff() { }
            [EnablesBh, NoLockAnalysis("primitive")] public static void BhOn() { }
            [DisablesPreemption, NoLockAnalysis("primitive")] public static void PreemptOff() { }
            [EnablesPreemption, NoLockAnalysis("primitive")] public static void PreemptOn() { }
        }

        public class Lru
        {
            public void Bh(bool early)
            {
                Cpu.BhOff();
                if (early)
                    return; //~ MML2006
                Cpu.BhOn();
            }

            public void Preempt()
            {
                Cpu.PreemptOff();
                System.Console.WriteLine();
            } //~ MML2006
        }
        """,
        """
        using MmLock;

        public static class Cpu
        {
            [DisablesBh, NoLockAnalysis("primitive")] public static void BhOff() { }
            [EnablesBh, NoLockAnalysis("primitive")] public static void BhOn() { }
            [DisablesPreemption, NoLockAnalysis("primitive")] public static void PreemptOff() { }
            [EnablesPreemption, NoLockAnalysis("primitive")] public static void PreemptOn() { }
        }

        public class Lru
        {
            public void Bh(bool early)
            {
                Cpu.BhOff();
                try
                {
                    if (early)
                        return;
                }
                finally
                {
                    Cpu.BhOn();
                }
            }

            public void Preempt()
            {
                Cpu.PreemptOff();
                try
                {
                    System.Console.WriteLine();
                }
                finally
                {
                    Cpu.PreemptOn();
                }
            }
        }
        """);

    [Fact]
    public Task Exception_ReleasesInFinally() => Verify.Fixes(
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public void Check(int page)
            {
                _lock.Lock();
                if (page == 0)
                    throw new System.ArgumentException(); //~ MML2007
                _lock.Unlock();
            }
        }

        """ + Scene.SpinLock,
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public void Check(int page)
            {
                _lock.Lock();
                try
                {
                    if (page == 0)
                        throw new System.ArgumentException();
                }
                finally
                {
                    _lock.Unlock();
                }
            }
        }

        """ + Scene.SpinLock);
}
