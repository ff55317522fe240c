using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockFixVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer, MmLock.CodeFixes.Order.MML1001ReorderFix>;

namespace MmLock.CodeFixes.Tests.Order;

public class MML1001ReorderFixTests
{
    [Fact]
    public Task CallsSideBySide_ChangePlaces() => Verify.Fixes(
        """
        using MmLock;

        [assembly: LockHierarchy("outer\n  inner")]

        public class Pair
        {
            [LockClass("outer")] private readonly SpinLock _outer = new();
            [LockClass("inner")] private readonly SpinLock _inner = new();

            public void Both()
            {
                _inner.Lock(); // first
                _outer.Lock(); //~ MML1001
                System.Console.WriteLine();
                _outer.Unlock();
                _inner.Unlock();
            }
        }

        """ + Scene.SpinLock,
        """
        using MmLock;

        [assembly: LockHierarchy("outer\n  inner")]

        public class Pair
        {
            [LockClass("outer")] private readonly SpinLock _outer = new();
            [LockClass("inner")] private readonly SpinLock _inner = new();

            public void Both()
            {
                _outer.Lock(); // first
                _inner.Lock();
                System.Console.WriteLine();
                _inner.Unlock();
                _outer.Unlock();
            }
        }

        """ + Scene.SpinLock);

    [Fact]
    public Task NestedStatements_ChangeTheirLocks() => Verify.Fixes(
        """
        using MmLock;

        [assembly: LockHierarchy("outer\n  inner")]

        public class Pair
        {
            [LockClass("outer")] private readonly object _outer = new();
            [LockClass("inner")] private readonly object _inner = new();

            public void Both()
            {
                lock (_inner)
                {
                    lock (_outer) //~ MML1001
                    {
                    }
                }
            }
        }

        """,
        """
        using MmLock;

        [assembly: LockHierarchy("outer\n  inner")]

        public class Pair
        {
            [LockClass("outer")] private readonly object _outer = new();
            [LockClass("inner")] private readonly object _inner = new();

            public void Both()
            {
                lock (_outer)
                {
                    lock (_inner)
                    {
                    }
                }
            }
        }

        """);
}
