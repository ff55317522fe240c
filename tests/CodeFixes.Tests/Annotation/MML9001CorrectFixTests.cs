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

    [Fact]
    public Task ClassThatNobodyHas_IsRemoved() => Verify.Fixes(
        """
        using MmLock;

        public class Lruvec
        {
            [LockClass("lru_lock")] public readonly object Lock = new();
            [MustHold("@lru_lock", "@nobody_has_this")] public void Move() { } //~ MML9004

            // Nobody knows.
            [MustHold("@nobody_has_this")] //~ MML9004
            public void Isolate() { }
        }
        """,
        """
        using MmLock;

        public class Lruvec
        {
            [LockClass("lru_lock")] public readonly object Lock = new();
            [MustHold("@lru_lock")] public void Move() { }

            // Nobody knows.
            public void Isolate() { }
        }
        """);

    [Fact]
    public Task ClassThatNearlySomebodyHas_IsCorrected() => Verify.Fixes(
        """
        using MmLock;

        public class Lruvec
        {
            [LockClass("lru_lock")] public readonly object Lock = new();
            [GuardedBy("@lru_lok")] public int Size; //~ MML9004
        }
        """,
        """
        using MmLock;

        public class Lruvec
        {
            [LockClass("lru_lock")] public readonly object Lock = new();
            [GuardedBy("@lru_lock")] public int Size;
        }
        """);
}
