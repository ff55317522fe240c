using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockFixVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer, MmLock.CodeFixes.Rcu.MML3001AccessFix>;

namespace MmLock.CodeFixes.Tests.Rcu;

public class MML3001AccessFixTests
{
    [Fact]
    public Task Read_GoesThroughTheAccessorThatFits() => Verify.Fixes(
        """
        using MmLock;

        public class Memcg
        {
            public int Id;
            [RcuGuarded("@rcu", UpdateLock = "_lock")] private Memcg? _next;
            private readonly object _lock = new();

            public int Next()
            {
                Rcu.ReadLock();
                var next = _next; //~ MML3001
                var id = next is null ? 0 : next.Id;
                Rcu.ReadUnlock();
                return id;
            }

            public void Set(Memcg next)
            {
                lock (_lock)
                {
                    _next = next; //~ MML3003
                }
            }
        }

        """ + Scene.Rcu + Scene.RcuAccessors,
        """
        using MmLock;

        public class Memcg
        {
            public int Id;
            [RcuGuarded("@rcu", UpdateLock = "_lock")] private Memcg? _next;
            private readonly object _lock = new();

            public int Next()
            {
                Rcu.ReadLock();
                var next = RcuPtr.Dereference(ref _next);
                var id = next is null ? 0 : next.Id;
                Rcu.ReadUnlock();
                return id;
            }

            public void Set(Memcg next)
            {
                lock (_lock)
                {
                    RcuPtr.Assign(ref _next, next);
                }
            }
        }

        """ + Scene.Rcu + Scene.RcuAccessors);

    [Fact]
    public Task PeekedPointer_IsDereferenced() => Verify.Fixes(
        """
        using MmLock;

        public class Memcg
        {
            public int Id;
            [RcuGuarded("@rcu")] private Memcg? _next;

            public int Next()
            {
                Rcu.ReadLock();
                var id = RcuPtr.Peek(ref _next)!.Id; //~ MML3008
                Rcu.ReadUnlock();
                return id;
            }
        }

        """ + Scene.Rcu + Scene.RcuAccessors,
        """
        using MmLock;

        public class Memcg
        {
            public int Id;
            [RcuGuarded("@rcu")] private Memcg? _next;

            public int Next()
            {
                Rcu.ReadLock();
                var id = RcuPtr.Dereference(ref _next)!.Id;
                Rcu.ReadUnlock();
                return id;
            }
        }

        """ + Scene.Rcu + Scene.RcuAccessors);
}
