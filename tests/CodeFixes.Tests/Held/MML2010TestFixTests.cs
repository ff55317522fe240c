using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockFixVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer, MmLock.CodeFixes.Held.MML2010TestFix>;

namespace MmLock.CodeFixes.Tests.Held;

public class MML2010TestFixTests
{
    [Fact]
    public Task Failure_IsLeft() => Verify.Fixes(
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public bool Add()
            {
                _lock.TryLock(); //~ MML2010
                _lock.Unlock(); //~ MML2005
                return true;
            }
        }

        """ + Scene.SpinLock,
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public bool Add()
            {
                if (!_lock.TryLock())
                    return false;
                _lock.Unlock();
                return true;
            }
        }

        """ + Scene.SpinLock);

    [Fact]
    public Task OrItWaits() => Verify.Fixes(
        FixKeys.WaitInstead,
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public void Add(bool now)
            {
                _ = _lock.TryLock(); //~ MML2010
                _lock.Unlock(); //~ MML2005
            }
        }

        """ + Scene.SpinLock,
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            public void Add(bool now)
            {
                _lock.Lock();
                _lock.Unlock();
            }
        }

        """ + Scene.SpinLock);
}
