using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockFixVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer, MmLock.CodeFixes.Suggestion.MML6001DeclareFix>;

namespace MmLock.CodeFixes.Tests.Suggestion;

public class MML6001DeclareFixTests
{
    [Fact]
    public Task ObservedGuard_IsWrittenDown() => Verify.Fixes(
        """
        using MmLock;

        public class Counter
        {
            private readonly object _gate = new();
            private int _count; //~ MML6001

            public void A() { lock (_gate) _count++; }
            public void B() { lock (_gate) _count++; }
            public void C() { lock (_gate) _count++; }
            public void D() { lock (_gate) _count++; }
            public void E() { lock (_gate) _count++; }
        }

        """,
        """
        using MmLock;

        public class Counter
        {
            private readonly object _gate = new();
            [GuardedBy("_gate")]
            private int _count;

            public void A() { lock (_gate) _count++; }
            public void B() { lock (_gate) _count++; }
            public void C() { lock (_gate) _count++; }
            public void D() { lock (_gate) _count++; }
            public void E() { lock (_gate) _count++; }
        }

        """);
}
