using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockFixVerifier<MmLock.Analyzers.Hosts.DeclarationAnalyzer, MmLock.CodeFixes.Annotation.MML9005RemoveFix>;

namespace MmLock.CodeFixes.Tests.Annotation;

public class MML9005RemoveFixTests
{
    [Fact]
    public Task OneOfTwoThatContradict_Goes() => Verify.Fixes(
        """
        using MmLock;

        public class Counter
        {
            private readonly object _gate = new();

            [MustHold("_gate")]
            [MustNotHold("_gate")] //~ MML9005
            public void Add() { }
        }

        """,
        """
        using MmLock;

        public class Counter
        {
            private readonly object _gate = new();

            [MustHold("_gate")]
            public void Add() { }
        }

        """);
}
