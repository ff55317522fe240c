using System.Threading.Tasks;
using MmLock.Analyzers.Hosts;
using MmLock.Verification;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Held;

/// <summary>A call lacks what its contract requires.</summary>
public sealed class MML2001RequiredLockNotHeldTests
{
    [Fact]
    public Task Requirement_InEveryForm() => LockScene.Marked("""
        public sealed class Req
        {
            private readonly Gate _a = new();
            private readonly Gate _b = new();
            private readonly RwSem _sem = new();
            [MustHold("_a")] public void One() { }
            [MustHold("_a", "_b")] public void Two() { }
            [MustHold("_a")][MustHold("_b")] public void Repeated() { }
            [MustHoldShared("_sem")] public void Shared() { }
            [MustHold("_sem")] public void Exclusive() { }
            [MustHoldAny("_a", "_b")] public void Any() { }
            [MustHoldAny("_a", "_b")][MustHoldAny("_b", "_sem")] public void AnyOfEach() { }
            [MustHold("_a")] public int Prop { get; set; }
            [MustHold("_a")] public static implicit operator int(Req r) => 1; //~ MML9001
            public void M1() { One(); } //~ MML2001
            public void M2() { _a.Lock(); Two(); _a.Unlock(); } //~ MML2001
            public void M3() { _a.Lock(); Repeated(); _a.Unlock(); } //~ MML2001
            public void M4() { Shared(); } //~ MML2001
            public void M5() { _sem.DownRead(); Exclusive(); _sem.UpRead(); } //~ MML2001
            public void M6() { Any(); } //~ MML2001
            public void M7() { _a.Lock(); AnyOfEach(); _a.Unlock(); } //~ MML2001
            public void M8() { Prop = 1; } //~ MML2001
            public int M9() => Prop; //~ MML2001
            public void M10() { Prop++; } //~ MML2001
            public void K1() { _a.Lock(); One(); _a.Unlock(); }
            public void K2() { _a.Lock(); _b.Lock(); Two(); Repeated(); AnyOfEach(); _b.Unlock(); _a.Unlock(); }
            public void K4() { _sem.DownRead(); Shared(); _sem.UpRead(); }
            public void K5() { _sem.DownWrite(); Exclusive(); Shared(); _sem.UpWrite(); }
            public void K6() { _b.Lock(); Any(); AnyOfEach(); _b.Unlock(); }
            public void K7() { _a.Lock(); _sem.DownRead(); AnyOfEach(); _sem.UpRead(); _a.Unlock(); }
            public void K8() { _a.Lock(); Prop++; _a.Unlock(); }
        }
        """);

    [Fact]
    public Task SeveralMissing_AreOneFinding() => LockScene.Marked("""
        public sealed class Once
        {
            private readonly Gate _a = new();
            private readonly Gate _b = new();
            [MustHold("_a")][MustHold("_b")] public void Both() { }
            [MustHold("_a")][MustHoldAny("_b")] public void Mixed() { }
            public void Neither() { Both(); } //~ MML2001
            public void NeitherMixed() { Mixed(); } //~ MML2001
        }
        """);

    [Fact]
    public Task Contract_InEveryPlace() => LockScene.Marked("""
        public sealed class Places
        {
            public readonly Gate Gate = new();
            [MustHold("Gate")] public int Prop { get => 1; set { } }
            public int Half { [MustHold("Gate")] get => 1; set { } }
            [MustHold("Gate")] public int this[int i] => i;
            public event Action Happened { [MustHold("Gate")] add { } remove { } }
            [MustHold("p.Gate")] public Places(Places p) { }
            public Places() { }
            [MustHold("a.Gate")] public static Places operator +(Places a, int b) => a;
            [MustHold("a.Gate")] public static Places operator ++(Places a) => a;
            [MustHold("a.Gate")] public static explicit operator int(Places a) => 1;
            [MustHold("a.Gate")] public static bool operator true(Places a) => true;
            [MustHold("a.Gate")] public static bool operator false(Places a) => false;
            [MustHold("Gate")] public void Deconstruct(out int a, out int b) { a = 1; b = 2; }
            [MustHold("Gate")] public List<int>.Enumerator GetEnumerator() => new List<int>().GetEnumerator();
            [MustHold("Gate")] public void Add(int i) { }
            [MustHold("Gate")] public void Dispose() { }
        }
        public static class Uses
        {
            public static void Getter(Places p) { Outside.Use(p.Prop); } //~ MML2001
            public static void Setter(Places p) { p.Prop = 1; } //~ MML2001
            public static void HalfGet(Places p) { Outside.Use(p.Half); } //~ MML2001
            public static void HalfSet(Places p) { p.Half = 1; }
            public static void HalfCompound(Places p) { p.Half += 1; } //~ MML2001
            public static void Index(Places p) { Outside.Use(p[1]); } //~ MML2001
            public static void Event(Places p) { p.Happened += () => { }; } //~ MML2001
            public static void EventRemove(Places p) { p.Happened -= () => { }; }
            public static void Constructor(Places p) { new Places(p); } //~ MML2001
            public static void Operator(Places p) { p = p + 1; } //~ MML2001
            public static void CompoundOperator(Places p) { p += 1; } //~ MML2001
            public static void Increment(Places p) { p++; } //~ MML2001
            public static void Conversion(Places p) { Outside.Use((int)p); } //~ MML2001
            public static void TrueOperator(Places p) { if (p) Outside.Use(1); } //~ MML2001
            public static void Deconstructs(Places p) { var (a, b) = p; } //~ MML2001
            public static void ForEach(Places p) { foreach (var i in p) Outside.Use(i); } //~ MML2001
            public static void Pattern(Places p) { if (p is { Prop: 1 }) Outside.Use(1); } //~ MML2001
            public static void SwitchPattern(Places p) { switch (p) { case { Prop: 1 }: break; } } //~ MML2001
            public static void Positional(Places p) { if (p is (1, 2)) Outside.Use(1); } //~ MML2001
            public static void Interpolated(Places p) { Outside.Use($"{p.Prop}"); } //~ MML2001
            public static void Initializer(Places p) { Outside.Use(new { p.Prop }); } //~ MML2001
            public static void Conditional(Places? p) { Outside.Use(p?.Prop); } //~ MML2001
            public static void NullCoalescing(Places? p) { Outside.Use((object?)p?.Prop ?? 1); } //~ MML2001
            public static void NameOf(Places p) { Outside.Use(nameof(p.Prop)); }
            public static void Held(Places p)
            {
                p.Gate.Lock();
                Outside.Use(p.Prop); p.Prop = 1; Outside.Use(p[1]); new Places(p); Outside.Use((int)p);
                if (p) Outside.Use(1);
                var (a, b) = p;
                foreach (var i in p) Outside.Use(i);
                if (p is { Prop: 1 }) Outside.Use(1);
                p.Happened += () => { };
                p.Gate.Unlock();
            }
        }
        """);

    [Fact]
    public Task Contract_OnEveryKindOfType() => LockScene.Marked("""
        public class Page { public readonly Gate Gate = new(); public int Value; }
        public static class PageExtensions
        {
            [MustHold("page.Gate")] public static void Touch(this Page page) { }
        }
        public record Rec(Gate Gate)
        {
            [MustHold("Gate")] public void Need() { }
            public void Calls() { Need(); } //~ MML2001
            public void Locked() { Gate.Lock(); Need(); Gate.Unlock(); }
        }
        public record struct RecStruct(Gate Gate)
        {
            [MustHold("Gate")] public void Need() { }
            public void Locked() { Gate.Lock(); Need(); Gate.Unlock(); }
            public void Calls() { Need(); } //~ MML2001
        }
        public class Primary(Gate gate)
        {
            [GuardedBy("gate")] private int _x;
            [MustHold("gate")] public void Need() { _x = 1; }
            public void Calls() { Need(); } //~ MML2001
            public void Locked() { gate.Lock(); Need(); gate.Unlock(); }
        }
        public ref struct Span(Page page)
        {
            public readonly Page Page = page;
            [MustHold("Page.Gate")] public void Need() { }
            public void Calls() { Need(); } //~ MML2001
            public void Locked() { Page.Gate.Lock(); Need(); Page.Gate.Unlock(); }
        }
        public static class Uses
        {
            public static void Extension(Page p) { p.Touch(); } //~ MML2001
            public static void Locked(Page p) { p.Gate.Lock(); p.Touch(); p.Gate.Unlock(); }
            [MustHold("item.Gate")] public static void Generic<T>(T item) where T : Page { }
            public static void CallsGeneric(Page p) { Generic(p); } //~ MML2001
            public static void LocksGeneric(Page p) { p.Gate.Lock(); Generic(p); p.Gate.Unlock(); }
            public static void LocalFunctions(Page p)
            {
                [MustHold("q.Gate")] static void Local(Page q) { q.Value = 1; }
                Local(p); //~ MML2001
                p.Gate.Lock();
                Local(p);
                p.Gate.Unlock();
            }
        }
        """);

    [Fact]
    public Task ClassOrContext_IsRequired() => LockScene.Marked("""
        public sealed class Cls
        {
            [LockClass("zone")] public readonly Spin Zone = new();
            [MustHold("@zone")] public void SomeZone() { }
            [MustHold("@rcu")] public void InReader() { }
            [MustHoldShared("@rcu")] public void InReaderShared() { }
            [MustHold("@irq")] public void IrqsOff() { }
            [MustHold("@preempt")] public void NoPreempt() { }
            [MustHold("@rcu_sched")] public void InSched() { }
            public void M1() { SomeZone(); } //~ MML2001
            public void M2() { InReader(); } //~ MML2001
            public void M3() { IrqsOff(); } //~ MML2001
            public void M4() { NoPreempt(); } //~ MML2001
            public void M5(Spin s) { s.Lock(); InReader(); s.Unlock(); } //~ MML2001
            public void M6(Spin s) { s.Lock(); IrqsOff(); s.Unlock(); } //~ MML2001
            public void K1(Cls other) { other.Zone.Lock(); SomeZone(); other.Zone.Unlock(); }
            public void K2() { Rcu.ReadLock(); InReader(); InReaderShared(); Rcu.ReadUnlock(); }
            public void K3() { Irq.Disable(); IrqsOff(); NoPreempt(); InSched(); Irq.Enable(); }
            public void K4(Spin s, RawSpin r, RwSpin rw, SeqLock q) { s.Lock(); NoPreempt(); InSched(); s.Unlock(); r.Lock(); NoPreempt(); r.Unlock(); rw.ReadLock(); NoPreempt(); rw.ReadUnlock(); q.WriteBegin(); NoPreempt(); q.WriteEnd(); }
            public void K5(SeqLock q) { var s = q.ReadBegin(); NoPreempt(); Outside.Use(q.ReadRetry(s)); } //~ MML2001
            public void K6(Spin s) { s.LockIrq(); IrqsOff(); s.UnlockIrq(); }
        }
        """);

    [Fact]
    public Task NullArgument_AsksNothing() => LockScene.Marked("""
        public sealed class Lruvec { public readonly Spin Lock = new(); }
        public sealed class Page { public Lruvec Lru = new(); }
        public static class Relocks
        {
            [Releases("locked.Lock"), Acquires("return.Lock"), NoLockAnalysis("relock")] public static Lruvec Relock(Lruvec? locked, Page page) => page.Lru;
            [MustHold("x.Lock")] public static void Need(Lruvec? x) { }
            [Releases("x.Lock"), NoLockAnalysis("x")] public static void Release(Lruvec? x) { }
            public static void NeedsNothing() { Need(null); Need(default); Release(null); }
            public static void KnownNull() { Lruvec? l = null; Need(l); Release(l); }
            public static void KnownNullByTest(Lruvec? l) { if (l == null) { Need(l); Release(l); } }
            public static void NotNull(Lruvec l) { Need(l); } //~ MML2001
            public static void Loop(Page[] pages)
            {
                Lruvec? locked = null;
                foreach (var page in pages)
                    locked = Relock(locked, page);
                if (locked != null)
                    locked.Lock.Unlock();
            }
            public static void LoopForgets(Page[] pages)
            {
                Lruvec? locked = null;
                foreach (var page in pages)
                    locked = Relock(locked, page);
            } //~ MML2006
            public static void LoopWithReleaseOfMaybeNull(Page[] pages)
            {
                Lruvec? locked = null;
                foreach (var page in pages)
                    locked = Relock(locked, page);
                Release(locked);
            }
            public static void LoopConditionalAccess(Page[] pages)
            {
                Lruvec? locked = null;
                foreach (var page in pages)
                    locked = Relock(locked, page);
                locked?.Lock.Unlock();
            }
        }
        """);

    [Fact]
    public Task AnyElement_SomeWhereRequiredEveryWhereAcquired() => LockScene.Marked("""
        public sealed class Striped
        {
            [LockClass("stripe", Nesting = LockNesting.Ordered)] private readonly Gate[] _stripes = new Gate[8];
            [GuardedBy("_stripes[*]")] private int _x;
            [Acquires("_stripes[*]")] public void All() { foreach (var s in _stripes) s.Lock(); }
            [Releases("_stripes[*]")] public void None() { foreach (var s in _stripes) s.Unlock(); }
            [Acquires("_stripes[*]")] public void AllFor() { for (int i = 0; i < _stripes.Length; i++) _stripes[i].Lock(); }
            [Releases("_stripes[*]")] public void NoneFor() { for (int i = _stripes.Length - 1; i >= 0; i--) _stripes[i].Unlock(); }
            public void User() { All(); _x = 1; None(); }
            public void One(int i) { _stripes[i].Lock(); _x = 1; _stripes[i].Unlock(); }
            [MustHold("_stripes[i]")] public void NeedsI(int i) { }
            [MustHold("_stripes[*]")] public void NeedsSome() { _x = 2; }
            public void Calls(int i, int j)
            {
                All(); NeedsI(i); NeedsSome(); None();
                _stripes[i].Lock(); NeedsI(i); NeedsSome();
                NeedsI(j); //~ MML2001
                _stripes[i].Unlock();
                NeedsSome(); //~ MML2001
            }
        }
        """);

    [Fact]
    public Task Finding_SaysWhatAndWhere() => LockScene.Told(
        """
        public sealed class Story
        {
            private readonly Gate _a = new();
            private readonly RwSem _sem = new();
            [MustHold("_a")][MustHoldShared("_sem")] public void Need() { }
            [GuardedBy("_a")] private int _n;
            private void Inner() { _n = 1; }
            private void Outer() { Inner(); }
            public void M() { {|#0:Need()|}; }
            public void Chain() { {|#1:Outer()|}; }
        }
        """,
        LockScene.Finding("MML2001").At(0).WithMessage(
            "Calling 'Story.Need' requires '_a' (class 'Story._a') held exclusively and '_sem' (class 'Story._sem') held at least shared, which is not the case"),
        LockScene.Finding("MML2001").At(1).WithMessage(
            "Calling 'Story.Outer' through 'Story.Inner' requires '_a' (class 'Story._a') held exclusively, which is not the case"));

    [Fact]
    public Task PrivateLockOfAnotherAssembly_IsKnownByItsName() => new LockVerifier(new LockFlowAnalyzer())
    {
        Projects =
        [
            new TestProject("Library")
            {
                Files =
                [
                    new("Store.cs", """
                        using MmLock;
                        [LockType(LockKind.Mutex), NoLockAnalysis("primitive")]
                        public sealed class Gate
                        {
                            [Acquires] public void Lock() { }
                            [Releases] public void Unlock() { }
                        }
                        public class Store
                        {
                            private readonly Gate _gate = new();
                            [WriteGuardedBy("_gate")] public int Count;
                            [MustHold("_gate")] protected void Touch() { }
                            [Acquires("_gate")] public void Begin() { _gate.Lock(); }
                            [Releases("_gate")] public void End() { _gate.Unlock(); }
                        }
                        """),
                ],
            },
            new TestProject("Client")
            {
                References = ["Library"],
                Files =
                [
                    new("Client.cs", """
                        class Client : Store
                        {
                            public void Paired() { Begin(); Count = 1; Touch(); End(); }
                            public void OfAnother(Store store) { store.Begin(); store.Count = 1; store.End(); }
                            public void Kept(Store store) { store.Begin(); } //~ MML2006
                            public void NeverTaken(Store store) { store.End(); } //~ MML2005
                            public void Unlocked(Store store) { store.Count = 1; } //~ MML2004
                            public void Asked() { Touch(); } //~ MML2001
                        }
                        """),
                ],
            },
        ],
    }.Check();

    [Fact]
    public Task EveryContractThatIsBroken_IsAPlace() => LockScene.Told("""
        class Story
        {
            readonly Gate gate = new();
            readonly Gate other = new();
            [{|#1:MustHold("gate")|}, {|#2:MustHold("other")|}] public void Both() { }
            public void Neither() { {|#0:Both()|}; }
            [{|#4:GuardedBy("gate")|}] int count;
            private void Step() => {|#5:count|} = 1;
            public void Unlocked() { {|#3:Step()|}; }
        }
        """,
        LockScene.Finding("MML2001").At(0).WithPlaces(1, 2),
        LockScene.Finding("MML2001").At(3).WithPlaces(5, 4));
}
