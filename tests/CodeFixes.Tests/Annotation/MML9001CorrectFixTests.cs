using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockFixVerifier<MmLock.Analyzers.Hosts.DeclarationAnalyzer, MmLock.CodeFixes.Annotation.MML9001CorrectFix>;

namespace MmLock.CodeFixes.Tests.Annotation;

public class MML9001CorrectFixTests
{
    [Fact]
    public Task Slip_IsCorrected() => Verify.Fixes(
        """
        using MmLock;

        public class Counter
        {
            private readonly object _gate = new();
            [GuardedBy("_gaet")] private int _count; //~ MML9001
        }

        public class Page
        {
            public readonly object Lock = new();
            [MustHold("page.Lokc")] public static void Move(Page page) { } //~ MML9001
        }

        """,
        """
        using MmLock;

        public class Counter
        {
            private readonly object _gate = new();
            [GuardedBy("_gate")] private int _count;
        }

        public class Page
        {
            public readonly object Lock = new();
            [MustHold("page.Lock")] public static void Move(Page page) { }
        }

        """);
}
