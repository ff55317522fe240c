using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockFixVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer, MmLock.CodeFixes.Held.MML2009KeepFix>;

namespace MmLock.CodeFixes.Tests.Held;

public class MML2009KeepFixTests
{
    [Fact]
    public Task PromisedRelease_IsDone() => Verify.Fixes(
        """
        using MmLock;

        public class Lru
        {
            public readonly SpinLock Lock = new();

            [Releases("Lock")]
            public void Finish(bool now)
            {
                if (!now)
                    return; //~ MML2009
                Lock.Unlock();
            }
        }

        """ + Scene.SpinLock,
        """
        using MmLock;

        public class Lru
        {
            public readonly SpinLock Lock = new();

            [Releases("Lock")]
            public void Finish(bool now)
            {
                if (!now)
                {
                    Lock.Unlock();
                    return;
                }
                Lock.Unlock();
            }
        }

        """ + Scene.SpinLock);

    [Fact]
    public Task OneMoreClass_IsListed() => Verify.Fixes(
        """
        using MmLock;

        public class Lru
        {
            [LockClass("lru_lock")] private readonly SpinLock _lru = new();
            [LockClass("ptl")] private readonly SpinLock _ptl = new();

            [MayAcquire("@ptl")]
            public void Walk()
            {
                _lru.Lock(); //~ MML2009
                _lru.Unlock();
            }
        }

        """ + Scene.SpinLock,
        """
        using MmLock;

        public class Lru
        {
            [LockClass("lru_lock")] private readonly SpinLock _lru = new();
            [LockClass("ptl")] private readonly SpinLock _ptl = new();

            [MayAcquire("@ptl", "@lru_lock")]
            public void Walk()
            {
                _lru.Lock();
                _lru.Unlock();
            }
        }

        """ + Scene.SpinLock);

    [Fact]
    public Task BrokenPromise_IsKeptOrTakenBack() => Verify.Fixes(
        FixKeys.KeepPromise,
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            [MustHold("_lock")]
            public void Forget(bool on)
            {
                if (on)
                {
                    _lock.Unlock();
                    return; //~ MML2009
                }
                System.Console.WriteLine();
            }

            [Acquires("_lock")]
            public void Take()
            {
                System.Console.WriteLine();
            } //~ MML2009
        }

        """ + Scene.SpinLock,
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            [MustHold("_lock")]
            public void Forget(bool on)
            {
                if (on)
                {
                    _lock.Unlock();
                    _lock.Lock();
                    return;
                }
                System.Console.WriteLine();
            }

            [Acquires("_lock")]
            public void Take()
            {
                _lock.Lock();
                System.Console.WriteLine();
            }
        }

        """ + Scene.SpinLock);

    [Fact]
    public Task OrTheContractSaysSo() => Verify.Fixes(
        FixKeys.CorrectContract,
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            [MustHold("_lock")]
            public void Forget()
            {
                _lock.Unlock();
            } //~ MML2009
        }

        """ + Scene.SpinLock,
        """
        using MmLock;

        public class Lru
        {
            private readonly SpinLock _lock = new();

            [Releases("_lock")]
            public void Forget()
            {
                _lock.Unlock();
            }
        }

        """ + Scene.SpinLock);
}
