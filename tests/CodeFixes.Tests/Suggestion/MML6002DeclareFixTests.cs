using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockFixVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer, MmLock.CodeFixes.Suggestion.MML6002DeclareFix>;

namespace MmLock.CodeFixes.Tests.Suggestion;

public class MML6002DeclareFixTests
{
    [Fact]
    public Task InferredContract_IsWrittenDown() => Verify.Fixes(
        """
        using MmLock;

        public class Counter
        {
            private readonly object _gate = new();
            [GuardedBy("_gate")] private int _count;

            private void Add() => _count++; //~ MML6002
            public void AddOne() { lock (_gate) Add(); }
        }

        """,
        """
        using MmLock;

        public class Counter
        {
            private readonly object _gate = new();
            [GuardedBy("_gate")] private int _count;

            [MustHold("_gate")]
            private void Add() => _count++;
            public void AddOne() { lock (_gate) Add(); }
        }

        """);
}
