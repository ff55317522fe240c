using System.Threading.Tasks;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Order;

/// <summary>A lock is waited for while one is held that the hierarchy puts inside it.</summary>
public sealed class MML1001LockOrderViolationTests
{
    [Fact]
    public Task DeclaredEdge_IsKeptInEveryForm() => LockScene.Marked("""
        public sealed class Edges
        {
            [AcquiredBefore("_b", "_c")] private readonly Gate _a = new();
            private readonly Gate _b = new();
            private readonly Gate _c = new();
            [AcquiredAfter("_b")][AcquiredAfter("_c")] private readonly Gate _d = new();
            public void Kept() { _a.Lock(); _b.Lock(); _d.Lock(); _d.Unlock(); _b.Unlock(); _a.Unlock(); }
            public void Unordered() { _c.Lock(); _b.Lock(); _b.Unlock(); _c.Unlock(); }
            public void Direct() { _b.Lock(); _a.Lock(); _a.Unlock(); _b.Unlock(); } //~ MML1001
            public void Second() { _c.Lock(); _a.Lock(); _a.Unlock(); _c.Unlock(); } //~ MML1001
            public void Repeated() { _d.Lock(); _c.Lock(); _c.Unlock(); _d.Unlock(); } //~ MML1001
            public void Transitive() { _d.Lock(); _a.Lock(); _a.Unlock(); _d.Unlock(); } //~ MML1001
            public void UnderSeveral() { _b.Lock(); _d.Lock(); _a.Lock(); _a.Unlock(); _d.Unlock(); _b.Unlock(); } //~ MML1001
            public void HeldOnEntryIsNoAcquisition() { _d.AssertHeld(); _a.AssertHeld(); }
        }
        """);

    [Fact]
    public Task DeclaredTree_CommentsAlternativesAndSeveralPlaces() => LockScene.Marked("""
        [assembly: LockHierarchy(@"
        mmap_lock            # outermost
          page_lock
            i_mmap           # as in rmap.c
              anon_vma
                ptl or lruvec
          anon_vma           # a name may stand in several places
        ")]
        [assembly: LockHierarchy("@lruvec\n\t@zone_lock")]
        [assembly: LockHierarchy(@"
          sb_lock
              inode_lock
          other_root
        ")]
        public sealed class Mm
        {
            [LockClass("mmap_lock")] public readonly RwSem Mmap = new();
            [LockClass("page_lock")] public readonly PageBit Page = new();
            [LockClass("i_mmap")] public readonly RwSem IMmap = new();
            [LockClass("anon_vma")] public readonly RwSem AnonVma = new();
            [LockClass("ptl")] public readonly Spin Ptl = new();
            [LockClass("lruvec")] public readonly Spin Lru = new();
            [LockClass("zone_lock")] public readonly Spin Zone = new();
            [LockClass("sb_lock")] public readonly Spin Sb = new();
            [LockClass("inode_lock")] public readonly Spin Inode = new();
            [LockClass("other_root")] public readonly Spin Other = new();
            public void Kept() { Mmap.DownRead(); Page.Lock(); IMmap.DownRead(); AnonVma.DownRead(); Ptl.Lock(); Ptl.Unlock(); AnonVma.UpRead(); IMmap.UpRead(); Page.Unlock(); Mmap.UpRead(); }
            public void OrIsUnordered() { Ptl.Lock(); Lru.Lock(); Lru.Unlock(); Ptl.Unlock(); }
            public void OrBothInside() { Lru.Lock(); Page.Lock(); Page.Unlock(); Lru.Unlock(); } //~ MML1001 //~? MML4001
            public void UnitedTrees() { Zone.Lock(); Lru.Lock(); Lru.Unlock(); Zone.Unlock(); } //~ MML1001
            public void UnitedTransitive() { Zone.Lock(); if (Mmap.TryDownRead()) Mmap.UpRead(); Zone.Unlock(); }
            public void SharedInner() { AnonVma.DownRead(); Mmap.DownRead(); Mmap.UpRead(); AnonVma.UpRead(); } //~ MML1001
            public void IndentedRoot() { Inode.Lock(); Sb.Lock(); Sb.Unlock(); Inode.Unlock(); } //~ MML1001
            public void SiblingsOfTheRoot() { Inode.Lock(); Other.Lock(); Other.Unlock(); Inode.Unlock(); }
            public void OtherInstance(Mm m) { m.Ptl.Lock(); if (true) { m.Ptl.Unlock(); } Ptl.Lock(); m.Ptl.Lock(); m.Ptl.Unlock(); Ptl.Unlock(); } //~ MML1003
        }
        """);

    [Fact]
    public Task UnnamedClass_IsNamedByTypeAndMember() => LockScene.Marked("""
        [assembly: LockHierarchy(@"
        Outer._gate
          Ns.Inner.Gate
            @Outer.Third
        ")]
        public sealed class Outer
        {
            private readonly Gate _gate = new();
            public static readonly Gate Third = new();
            public void Kept(Ns.Inner i) { _gate.Lock(); i.Gate.Lock(); Third.Lock(); Third.Unlock(); i.Gate.Unlock(); _gate.Unlock(); }
            public void Wrong(Ns.Inner i) { i.Gate.Lock(); _gate.Lock(); _gate.Unlock(); i.Gate.Unlock(); } //~ MML1001
            public void WrongStatic() { Third.Lock(); _gate.Lock(); _gate.Unlock(); Third.Unlock(); } //~ MML1001
        }
        namespace Ns { public sealed class Inner { public readonly Gate Gate = new(); } }
        """);

    [Fact]
    public Task LockOfDotNet_HasItsClass() => LockScene.Marked("""
        [assembly: LockHierarchy(@"
        top
          mid
            low
        ")]
        public sealed class Plain
        {
            [LockClass("top")] private readonly object _top = new();
            [LockClass("mid")] private readonly Lock _mid = new();
            [LockClass("low")] private readonly ReaderWriterLockSlim _low = new();
            public void Kept() { lock (_top) lock (_mid) { _low.EnterReadLock(); _low.ExitReadLock(); } }
            public void Statement() { lock (_mid) lock (_top) { } } //~ MML1001
            public void Reader() { _low.EnterReadLock(); lock (_mid) { } _low.ExitReadLock(); } //~ MML1001
            public void Scope() { using (_mid.EnterScope()) Monitor.Enter(_top); Monitor.Exit(_top); } //~ MML1001
            public void Tried() { lock (_mid) if (Monitor.TryEnter(_top)) Monitor.Exit(_top); }
            public void TriedInfinite() { lock (_mid) if (Monitor.TryEnter(_top, Timeout.Infinite)) Monitor.Exit(_top); } //~ MML1001
            public void TriedMinusOne() { lock (_mid) if (Monitor.TryEnter(_top, -1)) Monitor.Exit(_top); } //~ MML1001
            public void TriedInfiniteSpan() { lock (_mid) if (Monitor.TryEnter(_top, Timeout.InfiniteTimeSpan)) Monitor.Exit(_top); } //~ MML1001
            public void UnderATry() { if (!Monitor.TryEnter(_mid, 10)) return; lock (_top) { } Monitor.Exit(_mid); } //~ MML1001
        }
        """);

    [Fact]
    public Task CalleeTakesIt_IsReportedAtTheCall() => LockScene.Marked("""
        [assembly: LockHierarchy("outer\n  inner\n    innermost")]
        public sealed class Calls
        {
            [LockClass("outer")] public readonly Gate Outer = new();
            [LockClass("inner")] public readonly Gate Inner = new();
            [LockClass("innermost")] public readonly Gate Innermost = new();
            [Acquires("Outer")] public void TakeOuter() => Outer.Lock();
            [TryAcquires("Outer")] public bool TryOuter() => Outer.TryLock();
            [TryAcquires("Outer", On = Outcome.Zero, Waits = true)] public int WaitOuter() => Outer.LockKillable();
            [MayAcquire("@outer")] public void MayOuter() { }
            [MayAcquire("Innermost")] public void MayInnermost() { }
            [MustHold("Outer")] public void NeedsOuter() { }
            private void Takes() { Outer.Lock(); Outer.Unlock(); }
            private void Tries() { if (Outer.TryLock()) Outer.Unlock(); }
            public int Value { get { Takes(); return 1; } set { Takes(); } }
            public int this[int i] => Value + i;
            public static Calls operator +(Calls a, Calls b) { a.Takes(); return b; }
            public event Action Changed { add { Takes(); } remove { Tries(); } }
            public void Contract() { Inner.Lock(); TakeOuter(); Outer.Unlock(); Inner.Unlock(); } //~ MML1001
            public void Try() { Inner.Lock(); if (TryOuter()) Outer.Unlock(); Inner.Unlock(); }
            public void WaitingTry() { Inner.Lock(); if (WaitOuter() == 0) Outer.Unlock(); Inner.Unlock(); } //~ MML1001
            public void Promise() { Inner.Lock(); MayOuter(); Inner.Unlock(); } //~ MML1001
            public void PromiseInside() { Inner.Lock(); MayInnermost(); Inner.Unlock(); }
            public void Body() { Inner.Lock(); Takes(); Inner.Unlock(); } //~ MML1001
            public void TryInBody() { Inner.Lock(); Tries(); Inner.Unlock(); }
            public void Getter() { Inner.Lock(); Outside.Use(Value); Inner.Unlock(); } //~ MML1001
            public void Setter() { Inner.Lock(); Value = 1; Inner.Unlock(); } //~ MML1001
            public void Indexer() { Inner.Lock(); Outside.Use(this[1]); Inner.Unlock(); } //~ MML1001
            public void Operator() { Inner.Lock(); Outside.Use(this + this); Inner.Unlock(); } //~ MML1001
            public void EventAdd() { Inner.Lock(); Changed += Takes; Inner.Unlock(); } //~ MML1001
            public void EventRemove() { Inner.Lock(); Changed -= Takes; Inner.Unlock(); }
            public void LocalFunction() { Inner.Lock(); Local(); Inner.Unlock(); void Local() { Takes(); } } //~ MML1001
            public void InvokedLambda() { Inner.Lock(); Outside.Now(() => Takes()); Inner.Unlock(); } //~ MML1001
            public void InvokedGroup() { Inner.Lock(); Outside.Now(Takes); Inner.Unlock(); } //~ MML1001
            public void LaterLambda() { Inner.Lock(); Outside.Later(() => Takes()); Inner.Unlock(); }
            [MustHold("Inner")] public void HeldByContract() { Takes(); } //~ MML1001
            [MustHold("Inner")] public void CallerAnswers() { NeedsOuter(); } //~ MML2001
        }
        """);

    [Fact]
    public Task CalleeLetsGoFirst_IsJudgedByWhatIsLeft() => LockScene.Marked("""
        [assembly: LockHierarchy("page\n  ptl")]
        public sealed class Faults
        {
            [LockClass("page")] public readonly PageBit Page = new();
            [LockClass("ptl")] public readonly Spin Ptl = new();
            [Releases("Ptl"), MayAcquire("Page"), MaySleep] public void DoWpPage() { Ptl.Unlock(); Page.Lock(); Page.Unlock(); }
            [Releases("Ptl"), Acquires("Page")] public void Swap() { Ptl.Unlock(); Page.Lock(); }
            public void Calls() { Ptl.Lock(); DoWpPage(); }
            public void Swaps() { Ptl.Lock(); Swap(); Page.Unlock(); }
            private void Inferred() { Ptl.AssertHeld(); }
            [Drops("Ptl"), MayAcquire("Page")] public void DropAndTake() { Ptl.Unlock(); Page.Lock(); Page.Unlock(); Ptl.Lock(); }
            public void CallsDropping() { Ptl.Lock(); DropAndTake(); Ptl.Unlock(); }
        }
        """);

    [Fact]
    public Task ClassByNameAlone_StandsForAWait() => LockScene.Marked("""
        [assembly: LockHierarchy(@"
        reclaim
          memcg_lock
        ")]
        public sealed class Alloc
        {
            [LockClass("memcg_lock")] private readonly Gate _memcg = new();
            [MayAcquire("@reclaim"), NoLockAnalysis("alloc")] public void AllocPage() { }
            [NoLockAnalysis("alloc")] public void AllocAtomic() { }
            private void Prepare() => AllocPage();
            public void Under() { _memcg.Lock(); AllocPage(); _memcg.Unlock(); } //~ MML1001
            public void UnderThroughABody() { _memcg.Lock(); Prepare(); _memcg.Unlock(); } //~ MML1001
            public void Before() { AllocPage(); _memcg.Lock(); AllocAtomic(); _memcg.Unlock(); }
        }
        """);

    [Fact]
    public Task LockParameterWithoutAClass_HasNoOrder() => LockScene.Marked("""
        [assembly: LockHierarchy("first\n  second")]
        public static class Parameters
        {
            public static void Unknown(Gate a, [LockClass("second")] Gate b) { b.Lock(); a.Lock(); a.Unlock(); b.Unlock(); }
            public static void Known([LockClass("first")] Gate a, [LockClass("second")] Gate b) { b.Lock(); a.Lock(); a.Unlock(); b.Unlock(); } //~ MML1001
            public static void KnownKept([LockClass("first")] Gate a, [LockClass("second")] Gate b) { a.Lock(); b.Lock(); b.Unlock(); a.Unlock(); }
            private static void Takes(Gate g) { g.Lock(); g.Unlock(); }
            public static void PutIn([LockClass("first")] Gate a, [LockClass("second")] Gate b) { b.Lock(); Takes(a); b.Unlock(); } //~ MML1001
        }
        """);

    [Fact]
    public Task Guard_TakesInOrder() => LockScene.Marked("""
        [assembly: LockHierarchy("outer\n  inner")]
        public sealed class Scoped
        {
            [LockClass("outer")] private readonly Gate _outer = new();
            [LockClass("inner")] private readonly Gate _inner = new();
            public void Kept() { using var a = new Hold(_outer); using var b = new Hold(_inner); }
            public void Wrong() { using var b = new Hold(_inner); using var a = new Hold(_outer); } //~ MML1001
            public void WrongFactory() { using var b = new Hold(_inner); using var a = _outer.Enter(); } //~ MML1001
            public void WrongRetake()
            {
                using var a = LooseHold.Take(_outer);
                a.Release();
                using var b = new Hold(_inner);
                a.Retake(); //~ MML1001
            }
            public void RetakeByTry()
            {
                using var a = LooseHold.Take(_outer);
                a.Release();
                using var b = new Hold(_inner);
                if (a.TryRetake()) Outside.Use(1);
            }
        }
        """);

    [Fact]
    public Task TokenOrContext_IsNotOrdered() => LockScene.Marked("""
        [assembly: LockHierarchy("token_class\n  lock_class")]
        public sealed class Unordered
        {
            [LockClass("token_class")] private readonly Token _token = new();
            [LockClass("lock_class")] private readonly Spin _lock = new();
            public void TokenInside() { _lock.Lock(); _token.Take(); _token.Give(); _lock.Unlock(); }
            public void TokenOutside() { _token.Take(); _lock.Lock(); _lock.Unlock(); _token.Give(); }
            public void RcuInside() { _lock.Lock(); Rcu.ReadLock(); Rcu.ReadUnlock(); _lock.Unlock(); }
        }
        """);

    [Fact]
    public Task InheritedLock_HasTheClassOfItsDeclaration() => LockScene.Marked("""
        [assembly: LockHierarchy("BaseGate.Gate\n  Leaf.Own")]
        public class BaseGate { protected readonly Gate Gate = new(); }
        public sealed class Leaf : BaseGate
        {
            private readonly Gate Own = new();
            public void Kept() { Gate.Lock(); Own.Lock(); Own.Unlock(); Gate.Unlock(); }
            public void Wrong() { Own.Lock(); Gate.Lock(); Gate.Unlock(); Own.Unlock(); } //~ MML1001
        }
        """);

    [Fact]
    public Task GenericInstantiations_ShareTheirClasses() => LockScene.Marked("""
        [assembly: LockHierarchy("Box.Gate\n  User._gate")]
        public class Box<T> { public readonly Gate Gate = new(); }
        public sealed class User
        {
            private readonly Gate _gate = new();
            public void Wrong(Box<int> b) { _gate.Lock(); b.Gate.Lock(); b.Gate.Unlock(); _gate.Unlock(); } //~ MML1001
            public void WrongString(Box<string> b) { _gate.Lock(); b.Gate.Lock(); b.Gate.Unlock(); _gate.Unlock(); } //~ MML1001
            public void TwoInstantiations(Box<string> a, Box<int> b) { a.Gate.Lock(); b.Gate.Lock(); b.Gate.Unlock(); a.Gate.Unlock(); } //~ MML1003
        }
        """);

    [Fact]
    public Task LockClassOnACollection_IsThatOfItsElements() => LockScene.Marked("""
        [assembly: LockHierarchy("prop_lock\n  stripe_lock\n    listed")]
        public sealed class Places
        {
            [LockClass("prop_lock")] public Gate Prop { get; } = new();
            [LockClass("stripe_lock")] private readonly Gate[] _stripes = new Gate[4];
            [LockClass("listed")] private readonly List<Gate> _list = new();
            public void Kept(int i) { Prop.Lock(); _stripes[i].Lock(); _list[0].Lock(); _list[0].Unlock(); _stripes[i].Unlock(); Prop.Unlock(); }
            public void Wrong(int i) { _stripes[i].Lock(); Prop.Lock(); Prop.Unlock(); _stripes[i].Unlock(); } //~ MML1001
            public void WrongList(int i) { _list[i].Lock(); _stripes[i].Lock(); _stripes[i].Unlock(); _list[i].Unlock(); } //~ MML1001
            public void WrongElementLocal() { foreach (var g in _list) { g.Lock(); Prop.Lock(); Prop.Unlock(); g.Unlock(); } } //~ MML1001
        }
        """);

    [Fact]
    public Task SleepingLockUnderASpinlock_IsTwoFindings() => LockScene.Marked("""
        [assembly: LockHierarchy("page\n  ptl")]
        public sealed class Two
        {
            [LockClass("page")] private readonly PageBit _page = new();
            [LockClass("ptl")] private readonly Spin _ptl = new();
            public void Wrong() { _ptl.Lock(); _page.Lock(); _page.Unlock(); _ptl.Unlock(); } //~ MML1001 MML4001
        }
        """);

    [Fact]
    public Task TakenTwice_IsNotAlsoOutOfOrder() => LockScene.Marked("""
        [assembly: LockHierarchy("a\n  b")]
        public sealed class Same
        {
            [LockClass("a")] private readonly Gate _a = new();
            [LockClass("b")] private readonly Gate _b = new();
            public void Twice() { _a.Lock(); _b.Lock(); _b.Lock(); _b.Unlock(); _a.Unlock(); } //~ MML1004
            public void Again() { _a.Lock(); _b.Lock(); _a.Lock(); _b.Unlock(); _a.Unlock(); } //~ MML1004 //~? MML1001
        }
        """);

    [Fact]
    public Task Finding_SaysWhatAndWhere() => LockScene.Told(
        """
        [assembly: LockHierarchy({|#2:"outer\n  inner"|})]
        public sealed class Story
        {
            [LockClass("outer")] private readonly Gate _outer = new();
            [LockClass("inner")] private readonly Gate _inner = new();
            public void M() { {|#1:_inner.Lock()|}; {|#0:_outer.Lock()|}; _outer.Unlock(); _inner.Unlock(); }
            private void Takes() { {|#5:_outer.Lock()|}; _outer.Unlock(); }
            public void Through() { {|#4:_inner.Lock()|}; {|#3:Takes()|}; _inner.Unlock(); }
        }
        """,
        LockScene.Finding("MML1001").At(0).WithPlaces(1, 2).WithMessage(
            "Takes '_outer' (class 'outer') while holding '_inner' (class 'inner'), but the declared order is outer → inner"),
        LockScene.Finding("MML1001").At(3).WithPlaces(4, 5, 2).WithMessage(
            "Takes '_outer' (class 'outer') through 'Story.Takes' while holding '_inner' (class 'inner'), but the declared order is outer → inner"));
}
