using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Rules.Order;

/// <summary>Observed acquisitions form a ring.</summary>
public sealed class MML1002LockOrderCycleTests
{
    [Fact]
    public Task OppositeOrders_CloseARing() => LockScene.Marked("""
        public sealed class Ring
        {
            private readonly Gate _a = new();
            private readonly Gate _b = new();
            private readonly Gate _c = new();
            private readonly Gate _d = new();
            public void Ab() { _a.Lock(); _b.Lock(); _b.Unlock(); _a.Unlock(); } //~ MML1002
            public void Ba() { _b.Lock(); TakeA(); _b.Unlock(); } //~ MML1002
            private void TakeA() { _a.Lock(); _a.Unlock(); }
            public void Cd() { _c.Lock(); _d.Lock(); _d.Unlock(); _c.Unlock(); }
            public void Dc() { _d.Lock(); if (_c.TryLock()) _c.Unlock(); _d.Unlock(); }
        }
        public static class Common
        {
            private static readonly Gate s_outer = new();
            private static readonly Gate s_x = new();
            private static readonly Gate s_y = new();
            public static void Xy() { s_outer.Lock(); s_x.Lock(); s_y.Lock(); s_y.Unlock(); s_x.Unlock(); s_outer.Unlock(); }
            public static void Yx() { s_outer.Lock(); s_y.Lock(); s_x.Lock(); s_x.Unlock(); s_y.Unlock(); s_outer.Unlock(); }
        }
        public static class DotNet
        {
            private static readonly object s_x = new();
            private static readonly Lock s_y = new();
            public static void Xy() { lock (s_x) lock (s_y) Outside.Use(1); } //~ MML1002
            public static void Yx() { lock (s_y) lock (s_x) Outside.Use(1); } //~ MML1002
        }
        public static class Three
        {
            private static readonly object s_x = new();
            private static readonly object s_y = new();
            private static readonly object s_z = new();
            public static void Xy() { lock (s_x) lock (s_y) Outside.Use(1); } //~ MML1002
            public static void Yz() { lock (s_y) Inner(); } //~ MML1002
            private static void Inner() { lock (s_z) Outside.Use(1); }
            public static void Zx() { lock (s_z) Property = 1; } //~ MML1002
            private static int Property { set { lock (s_x) Outside.Use(value); } }
        }
        """);

    [Fact]
    public Task TwoOrders_AreReportedOnBothSides() => Marked("""
        class Story
        {
            readonly SpinLock a = new(), b = new();

            public void First()
            {
                a.Lock();
                b.Lock(); //~ MML1002
                b.Unlock();
                a.Unlock();
            }

            public void Second()
            {
                b.Lock();
                a.Lock(); //~ MML1002
                a.Unlock();
                b.Unlock();
            }

            public void InTurn()
            {
                a.Lock();
                a.Unlock();
                b.Lock();
                b.Unlock();
            }
        }
        """);

    [Fact]
    public Task LongerRing_IsReportedOncePerEdge() => Marked("""
        class A
        {
            public readonly Mutex Lock = new();

            public void Go(B b)
            {
                Lock.Lock();
                b.Lock.Lock(); //~ MML1002
                b.Lock.Unlock();
                Lock.Unlock();
            }
        }

        class B
        {
            public readonly Mutex Lock = new();

            public void Go(C c)
            {
                Lock.Lock();
                c.Lock.Lock(); //~ MML1002
                c.Lock.Unlock();
                Lock.Unlock();
            }
        }

        class C
        {
            public readonly Mutex Lock = new();
            public readonly Mutex Leaf = new();

            public void Go(A a)
            {
                Lock.Lock();
                a.Lock.Lock(); //~ MML1002
                Leaf.Lock();
                Leaf.Unlock();
                a.Lock.Unlock();
                Lock.Unlock();
            }
        }
        """);

    [Fact]
    public Task ThroughCalls_IsReportedOnTheCall() => Marked("""
        static class Lru
        {
            public static readonly SpinLock Lock = new();

            public static void Add()
            {
                Lock.Lock();
                Lock.Unlock();
            }

            public static void AddDeeper() => Add();

            public static void Nested()
            {
                Lock.Lock();
                Pages.Touch(); //~ MML1002
                Lock.Unlock();
            }
        }

        static class Pages
        {
            public static readonly SpinLock Lock = new();

            public static void Touch()
            {
                Lock.Lock();
                Lock.Unlock();
            }

            public static void Nested()
            {
                Lock.Lock();
                Lru.AddDeeper(); //~ MML1002
                Lock.Unlock();
            }
        }
        """);

    [Fact]
    public Task StepThatCannotWait_ClosesNoRing() => Marked("""
        class Story
        {
            readonly SpinLock a = new(), b = new();
            readonly RwLock r = new(), s = new();
            readonly RwSem u = new(), v = new();
            readonly Isolation token = new(), right = new();

            // A try never waits.
            public void Tried()
            {
                a.Lock();
                b.Lock();
                b.Unlock();
                a.Unlock();
                b.Lock();
                if (a.TryLock())
                    a.Unlock();
                b.Unlock();
            }

            // Spinning readers never wait for readers.
            public void Readers()
            {
                r.ReadLock();
                s.ReadLock();
                s.ReadUnlock();
                r.ReadUnlock();
                s.ReadLock();
                r.ReadLock();
                r.ReadUnlock();
                s.ReadUnlock();
            }

            // A reader of a semaphore waits behind a waiting writer.
            public void Semaphores()
            {
                u.DownRead();
                v.DownRead(); //~ MML1002
                v.UpRead();
                u.UpRead();
                v.DownRead();
                u.DownRead(); //~ MML1002
                u.UpRead();
                v.UpRead();
            }

            public void Tokens()
            {
                token.Take();
                right.Take();
                right.PutBack();
                token.PutBack();
                right.Take();
                token.Take();
                token.PutBack();
                right.PutBack();
            }
        }
        """);

    [Fact]
    public Task HeldAfterATry_IsAnOuterLockLikeAnyOther() => Marked("""
        class Story
        {
            readonly SpinLock a = new(), b = new();

            public void First()
            {
                if (a.TryLock())
                {
                    b.Lock(); //~ MML1002
                    b.Unlock();
                    a.Unlock();
                }
            }

            public void Second()
            {
                b.Lock();
                a.Lock(); //~ MML1002
                a.Unlock();
                b.Unlock();
            }
        }
        """);

    [Fact]
    public Task CommonStaticLock_MakesARingImpossible() => Marked("""
        static class Story
        {
            static readonly Mutex gate = new(), other = new();
            static readonly SpinLock a = new(), b = new();
            static readonly SpinLock c = new(), d = new();

            public static void First()
            {
                gate.Lock();
                a.Lock();
                b.Lock();
                b.Unlock();
                a.Unlock();
                gate.Unlock();
            }

            public static void Second()
            {
                gate.Lock();
                b.Lock();
                a.Lock();
                a.Unlock();
                b.Unlock();
                gate.Unlock();
            }

            public static void UnderOneGate()
            {
                gate.Lock();
                c.Lock();
                d.Lock(); //~ MML1002
                d.Unlock();
                c.Unlock();
                gate.Unlock();
            }

            public static void UnderAnother()
            {
                other.Lock();
                d.Lock();
                c.Lock(); //~ MML1002
                c.Unlock();
                d.Unlock();
                other.Unlock();
            }
        }
        """);

    [Fact]
    public Task EdgeThatIsAnOrderViolation_ClosesNoRing() => Marked("""
        [assembly: LockHierarchy("outer\n  inner\n")]

        class Story
        {
            [LockClass("outer")] readonly SpinLock outer = new();
            [LockClass("inner")] readonly SpinLock inner = new();

            public void Right()
            {
                outer.Lock();
                inner.Lock();
                inner.Unlock();
                outer.Unlock();
            }

            public void Wrong()
            {
                inner.Lock();
                outer.Lock(); //~ MML1001
                outer.Unlock();
                inner.Unlock();
            }
        }
        """);

    [Fact]
    public Task SplitOrder_AgainstTheOldOne_IsARing() => Marked("""
        // Variant 1e: v5.11 takes lru_lock inside i_pages, older code the other way round.
        class Mapping
        {
            public readonly SpinLock Pages = new();
        }

        class Lruvec
        {
            public readonly SpinLock LruLock = new();
        }

        class HugeMemory
        {
            public void SplitHugePage(Mapping mapping, Lruvec lruvec)
            {
                Irq.Disable();
                mapping.Pages.Lock();
                lruvec.LruLock.Lock(); //~ MML1002
                lruvec.LruLock.Unlock();
                mapping.Pages.Unlock();
                Irq.Enable();
            }

            public void SplitHugePageOld(Mapping mapping, Lruvec lruvec)
            {
                lruvec.LruLock.LockIrqSave(out var flags);
                mapping.Pages.Lock(); //~ MML1002
                mapping.Pages.Unlock();
                lruvec.LruLock.UnlockIrqRestore(flags);
            }
        }
        """);

    [Fact]
    public Task Finding_NamesTheWholeRing() => Verify.Spans("""
        class Story
        {
            readonly object a = new(), b = new();
            public void First()
            {
                lock (a)
                    lock ({|#0:b|}) { }
            }
            public void Second()
            {
                lock (b)
                    lock ({|#1:a|}) { }
            }
        }
        """,
        Verify.Finding("MML1002").At(0).Saying("Takes 'b' (class 'Story.b') while holding 'a' (class 'Story.a')", "'Story.Second'"),
        Verify.Finding("MML1002").At(1).Saying("Takes 'a' (class 'Story.a') while holding 'b' (class 'Story.b')", "'Story.First'"));

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives);

    [Fact]
    public Task Finding_SaysWhatAndWhere() => LockScene.Told(
        """
        public sealed class Story
        {
            private readonly Gate _a = new();
            private readonly Gate _b = new();
            public void Ab() { {|#1:_a.Lock()|}; {|#0:_b.Lock()|}; _b.Unlock(); _a.Unlock(); }
            public void Ba() { {|#4:_b.Lock()|}; {|#2:TakeA()|}; _b.Unlock(); }
            private void TakeA() { {|#3:_a.Lock()|}; _a.Unlock(); }
        }
        """,
        LockScene.Finding("MML1002").At(0).WithPlaces(1, 2, 3).WithMessage(
            "Takes '_b' (class 'Story._b') while holding '_a' (class 'Story._a'), which closes a ring of lock classes: 'Story._a' → 'Story._b' → 'Story._a'; 'Story._b' → 'Story._a' in 'Story.Ba' through 'Story.TakeA'"),
        LockScene.Finding("MML1002").At(2).WithPlaces(4, 3, 0).WithMessage(
            "Takes '_a' (class 'Story._a') through 'Story.TakeA' while holding '_b' (class 'Story._b'), which closes a ring of lock classes: 'Story._b' → 'Story._a' → 'Story._b'; 'Story._a' → 'Story._b' in 'Story.Ab'"));
}
