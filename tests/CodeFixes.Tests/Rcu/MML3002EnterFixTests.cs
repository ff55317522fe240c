using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockFixVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer, MmLock.CodeFixes.Rcu.MML3002EnterFix>;

namespace MmLock.CodeFixes.Tests.Rcu;

public class MML3002EnterFixTests
{
    [Fact]
    public Task Reader_IsEnteredAroundAllUses() => Verify.Fixes(
        """
        using MmLock;

        public class Memcg
        {
            public int Id;
            [RcuGuarded("@rcu")] private Memcg? _next;

            public int Next()
            {
                var next = RcuPtr.Dereference(ref _next); //~ MML3002
                return next is null ? 0 : next.Id;
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
                try
                {
                    var next = RcuPtr.Dereference(ref _next);
                    return next is null ? 0 : next.Id;
                }
                finally
                {
                    Rcu.ReadUnlock();
                }
            }
        }

        """ + Scene.Rcu + Scene.RcuAccessors);
}
