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
}
