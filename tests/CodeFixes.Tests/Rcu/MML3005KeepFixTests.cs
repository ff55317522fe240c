using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockFixVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer, MmLock.CodeFixes.Rcu.MML3005KeepFix>;

namespace MmLock.CodeFixes.Tests.Rcu;

public class MML3005KeepFixTests
{
    private const string Memcg = """

        [RefCounted]
        public class Memcg
        {
            public int Id;
            [TryAcquiresRef, NoLockAnalysis("primitive")] public bool TryGet() => true;
            [ReleasesRef, NoLockAnalysis("primitive")] public void Put() { }
        }

        """ + Scene.Rcu + Scene.RcuAccessors;

    [Fact]
    public Task ReturnedPointer_IsReferencedBefore() => Verify.Fixes(
        """
        using MmLock;

        public class Page
        {
            [RcuGuarded("@rcu")] private Memcg? _memcg;

            public Memcg? Get()
            {
                Rcu.ReadLock();
                var memcg = RcuPtr.Dereference(ref _memcg);
                Rcu.ReadUnlock();
                return memcg; //~ MML3005
            }
        }
        """ + Memcg,
        """
        using MmLock;

        public class Page
        {
            [RcuGuarded("@rcu")] private Memcg? _memcg;

            public Memcg? Get()
            {
                Rcu.ReadLock();
                var memcg = RcuPtr.Dereference(ref _memcg);
                if (memcg is not null && !memcg.TryGet())
                    memcg = null;
                Rcu.ReadUnlock();
                return memcg;
            }
        }
        """ + Memcg);

    [Fact]
    public Task WithoutATryGet_ItIsUsedInside() => Verify.Fixes(
        """
        using MmLock;

        public class Memcg
        {
            public int Id;
            [RcuGuarded("@rcu")] private Memcg? _next;

            public int Next()
            {
                Rcu.ReadLock();
                var next = RcuPtr.Dereference(ref _next)!;
                Rcu.ReadUnlock();
                return next.Id; //~ MML3005
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
                var next = RcuPtr.Dereference(ref _next)!;
                var result = next.Id;
                Rcu.ReadUnlock();
                return result;
            }
        }

        """ + Scene.Rcu + Scene.RcuAccessors);
}
