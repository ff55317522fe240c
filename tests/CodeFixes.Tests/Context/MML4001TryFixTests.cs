using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockFixVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer, MmLock.CodeFixes.Context.MML4001TryFix>;

namespace MmLock.CodeFixes.Tests.Context;

public class MML4001TryFixTests
{
    [Fact]
    public Task Wait_BecomesATry() => Verify.Fixes(
        """
        using MmLock;

        public class Memory
        {
            private readonly SpinLock _ptl = new();
            private readonly RwSem _sem = new();

            public void Fault()
            {
                _ptl.Lock();
                try
                {
                    _sem.DownWrite(); //~ MML4001
                    _sem.UpWrite();
                }
                finally
                {
                    _ptl.Unlock();
                }
            }
        }

        """ + Scene.SpinLock + Scene.RwSem,
        """
        using MmLock;

        public class Memory
        {
            private readonly SpinLock _ptl = new();
            private readonly RwSem _sem = new();

            public void Fault()
            {
                _ptl.Lock();
                try
                {
                    if (!_sem.TryDownWrite())
                        return;
                    _sem.UpWrite();
                }
                finally
                {
                    _ptl.Unlock();
                }
            }
        }

        """ + Scene.SpinLock + Scene.RwSem);

    [Fact]
    public Task Promise_IsTakenBack() => Verify.Fixes(
        FixKeys.DeclareMaySleep,
        """
        using MmLock;

        public class Memory
        {
            [MaySleep] public static void Sleep() { }

            [NeverSleeps]
            public static void Fault()
            {
                Sleep(); //~ MML4001
            }
        }

        """,
        """
        using MmLock;

        public class Memory
        {
            [MaySleep] public static void Sleep() { }

            [MaySleep]
            public static void Fault()
            {
                Sleep();
            }
        }

        """);

    [Fact]
    public Task SleepingCall_MovesOutInFront() => Verify.Fixes(
        FixKeys.MoveBefore,
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public void Reclaim(int pages)
            {
                _lock.Lock();
                System.Console.WriteLine(pages);
                for (var i = 0; i < pages; i++)
                    Wait(); //~ MML4001
                _lock.Unlock();
            }

            [MaySleep] public static void Wait() { }
        }

        """ + Scene.SpinLock,
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public void Reclaim(int pages)
            {
                for (var i = 0; i < pages; i++)
                    Wait();
                _lock.Lock();
                System.Console.WriteLine(pages);
                _lock.Unlock();
            }

            [MaySleep] public static void Wait() { }
        }

        """ + Scene.SpinLock);

    [Fact]
    public Task OrBehind() => Verify.Fixes(
        FixKeys.MoveAfter,
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public void Reclaim(int pages)
            {
                if (_lock.TryLock())
                {
                    // Nobody may look.
                    Wait(); //~ MML4001
                    System.Console.WriteLine(pages);
                    _lock.Unlock();
                }
            }

            [MaySleep] public static void Wait() { }
        }

        """ + Scene.SpinLock,
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public void Reclaim(int pages)
            {
                if (_lock.TryLock())
                {
                    System.Console.WriteLine(pages);
                    _lock.Unlock();
                    // Nobody may look.
                    Wait();
                }
            }

            [MaySleep] public static void Wait() { }
        }

        """ + Scene.SpinLock);

    [Fact]
    public Task WhereALocalTiesItDown_TheLockIsLetGoAround() => Verify.Fixes(
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public int Reclaim(int pages)
            {
                _lock.LockIrqSave(out var flags);
                pages++;
                pages = Wait(pages); //~ MML4001
                pages--;
                _lock.UnlockIrqRestore(flags);
                return pages;
            }

            [MaySleep] public static int Wait(int pages) => pages;
        }

        """ + Scene.SpinLock,
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public int Reclaim(int pages)
            {
                _lock.LockIrqSave(out var flags);
                pages++;
                _lock.UnlockIrqRestore(flags);
                pages = Wait(pages);
                _lock.LockIrqSave(out flags);
                pages--;
                _lock.UnlockIrqRestore(flags);
                return pages;
            }

            [MaySleep] public static int Wait(int pages) => pages;
        }

        """ + Scene.SpinLock);

    [Fact]
    public Task TryThatLeaves_LetsGoFirst() => Verify.Fixes(
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            private readonly RwSem _sem = new();

            public bool Reclaim()
            {
                _lock.Lock();
                _sem.DownWrite(); //~ MML4001
                System.Console.WriteLine();
                _sem.UpWrite();
                _lock.Unlock();
                return true;
            }
        }

        """ + Scene.SpinLock + Scene.RwSem,
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            private readonly RwSem _sem = new();

            public bool Reclaim()
            {
                _lock.Lock();
                if (!_sem.TryDownWrite())
                {
                    _lock.Unlock();
                    return false;
                }
                System.Console.WriteLine();
                _sem.UpWrite();
                _lock.Unlock();
                return true;
            }
        }

        """ + Scene.SpinLock + Scene.RwSem);
}
