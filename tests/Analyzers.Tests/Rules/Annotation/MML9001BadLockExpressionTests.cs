using System.Threading.Tasks;
using MmLock.Analyzers.Hosts;
using MmLock.Verification;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Annotation;

/// <summary>A lock expression that does not parse, or names nothing here.</summary>
public sealed class MML9001BadLockExpressionTests
{
    [Fact]
    public Task DoesNotParse_IsReported() => Marked("""
        class Story
        {
            public readonly SpinLock Lock = new();
            public readonly SpinLock[] Many = new SpinLock[2];

            [MustHold("")] void Empty() { } //~ MML9001
            [MustHold(" ")] void Blank() { } //~ MML9001
            [MustHold("Lock.")] void DotAtTheEnd() { } //~ MML9001
            [MustHold(".Lock")] void DotAtTheStart() { } //~ MML9001
            [MustHold("this..Lock")] void TwoDots() { } //~ MML9001
            [MustHold("Many[")] void Open() { } //~ MML9001
            [MustHold("Many[]")] void NoIndex() { } //~ MML9001
            [MustHold("Many[0")] void NotClosed() { } //~ MML9001
            [MustHold("Many[i+1]", "Lock")] void Sum(int i) { } //~ MML9001
            [MustHold("Many[-1]")] void Negative() { } //~? MML9001
            [MustHold("@")] void NoName() { } //~ MML9001
            [MustHold("Lock()")] void Call() { } //~ MML9001
            [MustHold("Lock Lock")] void TwoWords() { } //~ MML9001
            [MustHold("!Lock")] void Negated() { } //~ MML9001
            [MustHold("Lock, Lock")] void Comma() { } //~ MML9001
            [MustHold("Many[*]", "Many[0]", "Many[i]", "this.Lock", "Lock")] void Fine(int i) { }
        }
        """);

    [Fact]
    public Task NamesNothing_IsReportedOnEveryAnnotation() => Marked("""
        class Other
        {
            public readonly SpinLock Gate = new();
        }

        class Story
        {
            public readonly SpinLock Lock = new();
            public readonly Other Part = new();

            [MustHold("Lok")] void MustHold() { } //~ MML9001
            [MustHoldShared("Lok")] void MustHoldShared() { } //~ MML9001
            [MustHoldAny("Lock", "Lok")] void MustHoldAny() { } //~ MML9001
            [MustNotHold("Lok")] void MustNotHold() { } //~ MML9001
            [Acquires("Lok")] void Acquires() { } //~ MML9001 //~? MML2009
            [Releases("Lok")] void Releases() { } //~ MML9001 //~? MML2009
            [TryAcquires("Lok")] bool TryAcquires() => true; //~ MML9001 //~? MML2009
            [MayAcquire("Lok")] void MayAcquire() { } //~ MML9001
            [Drops("Lok")] void Drops() { } //~ MML9001
            [AssertsHeld("Lok")] void AssertsHeld() { } //~ MML9001
            [ReturnsLock("Lok")] SpinLock ReturnsLock() => Lock; //~ MML9001
            [WaitsForReaders("Lok")] void WaitsForReaders() { } //~ MML9001
            [GuardedBy("Lok")] public int GuardedBy; //~ MML9001
            [StableUnder("Lock", "Lok")] public int StableUnder; //~ MML9001
            [WriteGuardedBy("Lok")] public int WriteGuardedBy; //~ MML9001
            [PointeeGuardedBy("Lok")] public int[]? PointeeGuardedBy; //~ MML9001
            [RcuGuarded("Lok")] public Other? Flavour; //~ MML9001
            [RcuGuarded("@rcu", UpdateLock = "Lok")] public Other? UpdateLock; //~ MML9001
            [AcquiredBefore("Lok")] public readonly SpinLock Before = new(); //~ MML9001
            [MustHold("Part.Gat")] void Member() { } //~ MML9001
            [MustHold("other.Gate")] void Parameter(Other othr) { } //~ MML9001
            [MustHold("Nowhere.Gate")] void Type() { } //~ MML9001
            [MustHold("return.Gate")] void NothingReturned() { } //~ MML9001
            [Acquires("return.Gat")] Other Returned() => Part; //~ MML9001 //~? MML2009
            [Frees("objct")] void Frees(Other obj) { } //~ MML9001
            [Unpublishes("objct")] void Unpublishes(Other obj) { } //~ MML9001
            [FreesAfterGracePeriod("objct")] void FreesLater(Other obj) { } //~ MML9001
            [RcuAccessor(RcuRole.Dereference, Flavor = "domian")] Other? Accessor(ref Other? pointer, SrcuDomain domain) => pointer; //~ MML9001
        }
        """);

    [Fact]
    public Task InstanceMemberInAStaticOne_IsReported() => Marked("""
        class Story
        {
            public readonly SpinLock Lock = new();
            public static readonly SpinLock Static = new();

            [MustHold("Lock")] static void Method() { } //~ MML9001
            [MustHold("this.Lock")] static void This() { } //~ MML9001
            [MustHold("this")] static void ThisAlone() { } //~ MML9001
            [GuardedBy("Lock")] public static int Field; //~ MML9001
            [MustHold("Static")] static void Fine() { }
            [MustHold("Story.Static")] static void FineByType() { }
            [GuardedBy("Static")] public static int FineField;
            [GuardedBy("Static")] public int InstanceByStatic;
        }
        """);

    [Fact]
    public Task RootsAndPaths_ThatAreThere_AreSilent() => Marked("""
        namespace Kernel.Mm
        {
            class Lruvec
            {
                public readonly SpinLock LruLock = new();
                public static readonly SpinLock Global = new();
            }
        }

        namespace Kernel
        {
            class Page
            {
                public Mm.Lruvec? Lruvec;
                public SpinLock[,] Table = new SpinLock[1, 1];
                public System.Collections.Generic.List<SpinLock> List = new();
            }

            class Story
            {
                protected readonly SpinLock lockOfBase = new();

                [MustHold("page.Lruvec.LruLock")] void Path(Page page) { }
                [MustHold("Mm.Lruvec.Global")] void ByNamespace() { }
                [MustHold("Kernel.Mm.Lruvec.Global")] void ByFullName() { }
                [Acquires("return.LruLock"), NoLockAnalysis("story")] Mm.Lruvec Return() => new();
                [Acquires("found.LruLock"), NoLockAnalysis("story")] void Out(out Mm.Lruvec found) => found = new();
                [MustHold("@rcu", "@rcu_bh", "@rcu_sched", "@preempt", "@bh", "@irq")] void Contexts() { }

                public void Outer(Mm.Lruvec lruvec)
                {
                    Inner(lruvec); //~ MML2001

                    [MustHold("vec.LruLock")]
                    void Inner(Mm.Lruvec vec) { }
                }
            }

            class Derived : Story
            {
                [MustHold("lockOfBase")] void Inherited() { }
                [GuardedBy("lockOfBase")] int byBase;
            }
        }
        """);

    [Fact]
    public Task Finding_StandsInsideTheString_AndNamesTheNearest() => Spans("""
        using MmLock;
        class Lruvec
        {
            public readonly object LruLock = new();
            public readonly object Other = new();
        }
        class Story
        {
            [MustHold("lruvec.{|#0:LruLok|}")] public void M(Lruvec lruvec) { }
            [MustHold("{|#1:lruvce|}.LruLock")] public void N(Lruvec lruvec) { }
        }
        """,
        new ExpectedFinding("MML9001").At(0).Saying("LruLok", "LruLock"),
        new ExpectedFinding("MML9001").At(1).Saying("lruvce", "lruvec"));

    [Fact]
    public Task OutcomeInAParameter_IsAnOutputThatIsThere() => Marked("""
        class Story
        {
            readonly Mutex mutex = new();

            [TryAcquires("mutex", Result = "nope")] public void NoSuch(out bool won) { won = false; } //~ MML9001
            [TryAcquires("mutex", Result = "won")] public void NoOutput(bool won) { } //~ MML9001
            [TryAcquires("mutex", Result = "won")] public void Output(out bool won) { won = mutex.TryLock(); }
            [SavesIrq("nope")] public void NoSuchFlags(out ulong flags) { flags = 0; } //~ MML9001
        }
        """);

    [Fact]
    public Task HierarchyThatLacksAName_IsReported() => Marked("""
        [assembly: LockHierarchy("top\n  left or or right")] //~ MML9001
        [assembly: LockHierarchy("top\n  or other")] //~ MML9001
        [assembly: LockHierarchy("top\n  left or right # or neither\n")]

        class Story
        {
            [LockClass("top")] readonly Mutex top = new();
            [LockClass("left")] readonly Mutex left = new();
            [LockClass("right")] readonly Mutex right = new();
            [LockClass("other")] readonly Mutex other = new();
        }
        """);

    private static Task Spans(string source, params ExpectedFinding[] expected) =>
        new LockVerifier(new DeclarationAnalyzer()) { Expected = expected }.Check(source);

    private static Task Marked(string source) =>
        new LockVerifier(new DeclarationAnalyzer(), new LockFlowAnalyzer()).Check(source, MmSources.Primitives);
}
