using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockFixVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer, MmLock.CodeFixes.Order.MML1004RemoveFix>;

namespace MmLock.CodeFixes.Tests.Order;

public class MML1004RemoveFixTests
{
    [Fact]
    public Task SecondAcquisition_GoesWithItsRelease() => Verify.Fixes(
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public void Twice()
            {
                _lock.Lock();
                _lock.Lock(); //~ MML1004
                System.Console.WriteLine();
                _lock.Unlock();
                _lock.Unlock(); //~ MML2005
            }

            public void Surplus(bool again)
            {
                _lock.Lock();
                _lock.Unlock();
                if (again)
                    _lock.Unlock(); //~ MML2005
            }
        }

        """ + Scene.SpinLock,
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public void Twice()
            {
                _lock.Lock();
                System.Console.WriteLine();
                _lock.Unlock();
            }

            public void Surplus(bool again)
            {
                _lock.Lock();
                _lock.Unlock();
                if (again)
                    { }
            }
        }

        """ + Scene.SpinLock);

    [Fact]
    public Task ReleaseOfTheCallersLock_IsDeclared() => Verify.Fixes(
        FixKeys.DeclareReleases,
        """
        using MmLock;

        public class Lru
        {
            public readonly SpinLock Lock = new();

            public void Finish()
            {
                Lock.Unlock(); //~ MML2005
            }
        }

        """ + Scene.SpinLock,
        """
        using MmLock;

        public class Lru
        {
            public readonly SpinLock Lock = new();

            [Releases("Lock")]
            public void Finish()
            {
                Lock.Unlock();
            }
        }

        """ + Scene.SpinLock);

    [Fact]
    public Task SecondGuard_IsUnwrapped() => Verify.Fixes(
        """
        using MmLock;

        public class Rmap
        {
            private readonly KMutex _lock = new();

            public void Map()
            {
                using (_lock.Hold())
                {
                    using (_lock.Hold()) //~ MML1004
                    {
                        System.Console.WriteLine();
                    }
                }
            }
        }
        """ + Scene.GuardedMutex,
        """
        using MmLock;

        public class Rmap
        {
            private readonly KMutex _lock = new();

            public void Map()
            {
                using (_lock.Hold())
                {
                    System.Console.WriteLine();
                }
            }
        }
        """ + Scene.GuardedMutex);

    [Fact]
    public Task ReleaseOnSomePaths_AsksAFlag() => Verify.Fixes(
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
                _lock.Unlock(); //~ MML2005
            }
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
    public Task OrItIsTakenInAnyCase() => Verify.Fixes(
        FixKeys.TakeInAnyCase,
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
                _lock.Unlock(); //~ MML2005
            }
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
    public Task Jump_TakesItBackBeforeItLeaves() => Verify.Fixes(
        FixKeys.TakeAgain,
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public void Isolate(int[] pages)
            {
                _lock.Lock();
                foreach (var page in pages)
                {
                    _lock.Unlock(); //~ MML2005
                    if (page == 0)
                        continue;
                    _lock.Lock();
                }
                _lock.Unlock(); //~ MML2005
            }
        }

        """ + Scene.SpinLock,
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public void Isolate(int[] pages)
            {
                _lock.Lock();
                foreach (var page in pages)
                {
                    _lock.Unlock();
                    if (page == 0)
                    {
                        _lock.Lock();
                        continue;
                    }
                    _lock.Lock();
                }
                _lock.Unlock();
            }
        }

        """ + Scene.SpinLock);

    [Fact]
    public Task ReleaseInALoop_GoesBehindIt() => Verify.Fixes(
        FixKeys.ReleaseBehindLoop,
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public void Isolate(int[] pages)
            {
                _lock.Lock();
                foreach (var page in pages)
                {
                    System.Console.WriteLine(page);
                    _lock.Unlock(); //~ MML2005
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
                _lock.Lock();
                foreach (var page in pages)
                {
                    System.Console.WriteLine(page);
                }
                _lock.Unlock();
            }
        }

        """ + Scene.SpinLock);

    [Fact]
    public Task TakenInEveryRound_IsReleasedInEveryRound() => Verify.Fixes(
        FixKeys.ReleaseOnExits,
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public void Isolate(int[] pages)
            {
                foreach (var page in pages)
                {
                    _lock.Lock(); //~ MML1004
                    System.Console.WriteLine(page);
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
    public Task ReleasedByTheCallee_IsAsked() => Verify.Fixes(
        """
        using MmLock;

        public class Page
        {
            public readonly SpinLock Lock = new();

            [Releases("Lock", On = Outcome.True), NoLockAnalysis("model of the device")]
            public bool StartWriteback() => true;

            public static void Pageout(Page page)
            {
                page.Lock.Lock();
                var started = page.StartWriteback();
                page.Lock.Unlock(); //~ MML2005
            }
        }

        """ + Scene.SpinLock,
        """
        using MmLock;

        public class Page
        {
            public readonly SpinLock Lock = new();

            [Releases("Lock", On = Outcome.True), NoLockAnalysis("model of the device")]
            public bool StartWriteback() => true;

            public static void Pageout(Page page)
            {
                page.Lock.Lock();
                var started = page.StartWriteback();
                if (!started)
                    page.Lock.Unlock();
            }
        }

        """ + Scene.SpinLock);
}
