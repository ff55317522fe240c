using System.Threading.Tasks;
using MmLock.Analyzers.Hosts;
using MmLock.Verification;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Annotation;

/// <summary>The declared order contradicts itself.</summary>
public sealed class MML9003HierarchyCycleTests
{
    [Fact]
    public Task TreesThatContradict_AreReported() => Marked("""
        [assembly: LockHierarchy("a1\n  a2\na2\n  a1\n")] //~ MML9003
        [assembly: LockHierarchy("b1\n  b2\n    b3\nb3\n  b1\n")] //~ MML9003
        [assembly: LockHierarchy("c1\n  c1\n")] //~ MML9003
        [assembly: LockHierarchy("ok1\n  ok2  # text\n    ok3\n  ok3\nok1 or ok4\n  ok5\n")]

        class Classes
        {
            [LockClass("a1")] readonly SpinLock a1 = new();
            [LockClass("a2")] readonly SpinLock a2 = new();
            [LockClass("b1")] readonly SpinLock b1 = new();
            [LockClass("b2")] readonly SpinLock b2 = new();
            [LockClass("b3")] readonly SpinLock b3 = new();
            [LockClass("c1")] readonly SpinLock c1 = new();
        }
        """);

    [Fact]
    public Task TwoTrees_AreUnited() => Marked("""
        // The two headings of mm/rmap.c and mm/filemap.c, which draw private_lock and swap_lock either way.
        [assembly: LockHierarchy("swap_lock\n  private_lock\n")] [assembly: LockHierarchy("private_lock\n  swap_lock\n")] //~ MML9003

        class Classes
        {
            [LockClass("swap_lock")] readonly SpinLock swap = new();
            [LockClass("private_lock")] readonly SpinLock priv = new();
        }
        """);

    [Fact]
    public Task MembersThatContradict_AreReported() => Marked("""
        class Two { [AcquiredBefore("B")] public readonly SpinLock A = new(); [AcquiredBefore("A")] public readonly SpinLock B = new(); } //~ MML9003
        class Self { [AcquiredBefore("A")] public readonly SpinLock A = new(); } //~ MML9003
        class BothSides { [AcquiredBefore("B"), AcquiredAfter("B")] public readonly SpinLock A = new(); public readonly SpinLock B = new(); } //~ MML9003

        class Fine
        {
            [AcquiredBefore("B", "C")] public readonly SpinLock A = new();
            [AcquiredAfter("A"), AcquiredBefore("C")] public readonly SpinLock B = new();
            public readonly SpinLock C = new();
        }
        """);

    [Fact]
    public Task MemberAgainstTree_IsReported() => Marked("""
        [assembly: LockHierarchy("outer\n  inner\n")] //~? MML9003

        class Classes
        {
            [LockClass("outer")] public readonly SpinLock Outer = new();
            [LockClass("inner"), AcquiredBefore("Outer")] public readonly SpinLock Inner = new(); //~? MML9003
        }
        """);

    [Fact]
    public Task Finding_ShowsTheRing() =>
        new LockVerifier(new DeclarationAnalyzer())
        {
            Expected = [new ExpectedFinding("MML9003").At(1).WithPlaces(0).WithMessage("The declared lock order contradicts itself: Story.B → Story.A → Story.B")],
        }.Check("""
        using MmLock;
        [LockType(LockKind.Spin)] public sealed class Spin { }
        public sealed class Story
        {
            [{|#0:AcquiredBefore("B")|}] public readonly Spin A = new();
            [{|#1:AcquiredBefore("A")|}] public readonly Spin B = new();
        }
        """);

    private static Task Marked(string source) =>
        new LockVerifier(new DeclarationAnalyzer(), new LockFlowAnalyzer()).Check(source, MmSources.Primitives);
}
