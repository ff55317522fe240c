using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockFixVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer, MmLock.CodeFixes.Rcu.MML3009DeferFix>;

namespace MmLock.CodeFixes.Tests.Rcu;

public class MML3009DeferFixTests
{
    [Fact]
    public Task Free_IsDeferred() => Verify.Fixes(
        """
        using MmLock;

        public class Memcg
        {
            [RcuGuarded("@rcu")] private Memcg? _next;

            public void Drop(Memcg old)
            {
                RcuPtr.Unlink(old);
                RcuPtr.Free(old); //~ MML3009
            }
        }

        """ + Scene.Rcu + Scene.RcuAccessors,
        """
        using MmLock;

        public class Memcg
        {
            [RcuGuarded("@rcu")] private Memcg? _next;

            public void Drop(Memcg old)
            {
                RcuPtr.Unlink(old);
                RcuPtr.FreeRcu(old);
            }
        }

        """ + Scene.Rcu + Scene.RcuAccessors);

    [Fact]
    public Task OrReadersAreWaitedFor() => Verify.Fixes(
        FixKeys.WaitForReaders,
        """
        using MmLock;

        public class Memcg
        {
            [RcuGuarded("@rcu")] private Memcg? _next;

            public void Drop(Memcg old)
            {
                RcuPtr.Unlink(old);
                RcuPtr.Free(old); //~ MML3009
            }
        }

        """ + Scene.Rcu + Scene.RcuAccessors,
        """
        using MmLock;

        public class Memcg
        {
            [RcuGuarded("@rcu")] private Memcg? _next;

            public void Drop(Memcg old)
            {
                RcuPtr.Unlink(old);
                RcuPtr.Synchronize();
                RcuPtr.Free(old);
            }
        }

        """ + Scene.Rcu + Scene.RcuAccessors);
}
