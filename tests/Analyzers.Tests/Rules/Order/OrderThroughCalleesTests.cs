using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Rules.Order;

/// <summary>What a callee without a word takes is judged at its callers, live in the type and at build beyond it.</summary>
public sealed class OrderThroughCalleesTests
{
    [Fact]
    public Task CalleeThatDropsAndTakesBack_MayDoSoForAResultToo() => Marked("""
        class Lruvec { [LockClass("lru")] public readonly SpinLock Lock = new(); }
        static class Relock
        {
            [MustHold("lruvec.Lock"), Drops("lruvec.Lock")] static void LetOthers(Lruvec lruvec) { lruvec.Lock.Unlock(); lruvec.Lock.Lock(); }
            [MustHold("lruvec.Lock")] static void Again(Lruvec lruvec) { lruvec.Lock.Lock(); } //~ MML1004
            [NoLockAnalysis("x")] static Lruvec Find() => new();
            public static void OfAResult() { var l = Find(); l.Lock.Lock(); LetOthers(l); l.Lock.Unlock(); }
            public static void OfAParameter(Lruvec l) { l.Lock.Lock(); LetOthers(l); l.Lock.Unlock(); }
            public static void WhileAnotherIsHeld() { var l = Find(); var m = Find(); l.Lock.Lock(); m.Lock.Lock(); LetOthers(m); m.Lock.Unlock(); l.Lock.Unlock(); } //~ MML1003 MML1003
        }
        """);

    [Fact]
    public Task DeclaredOrder_IsMml1001AtTheCall() => Marked("""
        [assembly: LockHierarchy("outer\n  inner\n")]

        static class Locks
        {
            [LockClass("outer")] public static readonly Mutex Outer = new();
            [LockClass("inner")] public static readonly Mutex Inner = new();
        }

        static class Elsewhere
        {
            public static void TakesOuter()
            {
                Locks.Outer.Lock();
                Locks.Outer.Unlock();
            }

            public static void Deeper() => TakesOuter();

            public static void Tries()
            {
                if (Locks.Outer.TryLock())
                    Locks.Outer.Unlock();
            }

            [MayAcquire("@outer")]
            public static void SaysSo() => TakesOuter();

            [NoLockAnalysis("trusted")]
            public static void Trusted() => TakesOuter();
        }

        class Story
        {
            private void Own()
            {
                Locks.Outer.Lock();
                Locks.Outer.Unlock();
            }

            public void Calls()
            {
                Locks.Inner.Lock();
                Own(); //~ MML1001
                Elsewhere.TakesOuter(); //~ MML1001
                Elsewhere.Deeper(); //~ MML1001
                Elsewhere.SaysSo(); //~ MML1001
                Elsewhere.Tries();
                Elsewhere.Trusted();
                Locks.Inner.Unlock();
            }

            public void RightWayRound()
            {
                Elsewhere.Deeper();
                Locks.Inner.Lock();
                Locks.Inner.Unlock();
            }
        }
        """);

    [Fact]
    public Task SameLockAgain_IsMml1004AtTheCall() => Marked("""
        static class Lru
        {
            public static readonly SpinLock Lock = new();

            // S1-R8: put_page of a possibly last reference takes lru_lock.
            public static void PutPage()
            {
                Lock.Lock();
                Lock.Unlock();
            }
        }

        class Vec
        {
            public readonly SpinLock Lock = new();

            public void Add()
            {
                Lock.Lock();
                Lock.Unlock();
            }

            [MustNotHold("Lock")]
            public void AddSaid()
            {
                Lock.Lock();
                Lock.Unlock();
            }
        }

        class Story
        {
            public void Static()
            {
                Lru.Lock.Lock();
                Lru.PutPage(); //~ MML1004
                Lru.Lock.Unlock();
            }

            public void OfOneObject(Vec vec)
            {
                vec.Lock.Lock();
                vec.Add(); //~ MML1004
                vec.Lock.Unlock();
            }

            public void SaidByTheContract(Vec vec)
            {
                vec.Lock.Lock();
                vec.AddSaid(); //~ MML2002
                vec.Lock.Unlock();
            }

            public void AfterTheRelease(Vec vec)
            {
                vec.Lock.Lock();
                vec.Lock.Unlock();
                vec.Add();
            }
        }
        """);

    [Fact]
    public Task AnotherOfTheClass_IsMml1003AtTheCall() => Marked("""
        class Lruvec
        {
            public readonly SpinLock LruLock = new();
            [LockClass("ordered", Nesting = LockNesting.Ordered)] public readonly SpinLock Ordered = new();

            public void NoteCost()
            {
                LruLock.Lock();
                LruLock.Unlock();
            }

            public void NoteOrdered()
            {
                Ordered.Lock();
                Ordered.Unlock();
            }
        }

        class Story
        {
            // Never two lru_locks: lru_note_cost walks up one level at a time.
            public void Wrong(Lruvec lruvec, Lruvec parent)
            {
                lruvec.LruLock.Lock();
                parent.NoteCost(); //~ MML1003
                lruvec.LruLock.Unlock();
            }

            public void Right(Lruvec lruvec, Lruvec parent)
            {
                lruvec.LruLock.Lock();
                lruvec.LruLock.Unlock();
                parent.NoteCost();
            }

            public void Ordered(Lruvec lruvec, Lruvec parent)
            {
                lruvec.Ordered.Lock();
                parent.NoteOrdered();
                lruvec.Ordered.Unlock();
            }
        }
        """);

    [Fact]
    public Task CalleeThatLetsGoFirst_TakesWithoutIt() => Marked("""
        // do_wp_page drops the page-table lock, then locks the page.
        [assembly: LockHierarchy("page_lock\n  ptl\n")]

        class Story
        {
            [LockClass("ptl")] readonly SpinLock ptl = new();
            [LockClass("page_lock")] readonly PageLock page = new();

            [Releases("ptl")]
            public void DoWpPage()
            {
                ptl.Unlock();
                page.Lock();
                page.Unlock();
            }

            [Releases("ptl"), MayAcquire("@page_lock"), MaySleep]
            public void DoWpPageSaid()
            {
                ptl.Unlock();
                page.Lock();
                page.Unlock();
            }

            [Drops("ptl"), MayAcquire("@page_lock", "@ptl"), MaySleep]
            public void DropsAndTakesBack()
            {
                ptl.Unlock();
                page.Lock();
                page.Unlock();
                ptl.Lock();
            }

            public void Fault()
            {
                ptl.Lock();
                DoWpPage();
                ptl.Lock();
                DoWpPageSaid();
            }

            public void FaultAgain()
            {
                ptl.Lock();
                DropsAndTakesBack();
                ptl.Unlock();
            }
        }
        """);

    [Fact]
    public Task IrqUse_ThroughCallees_IsJudgedWhereItIsTaken() => Marked("""
        class Device
        {
            readonly SpinLock gate = new();

            [RunsIn(ExecutionContext.Hardirq)]
            public void Handler() => First();

            private void First() => Second();

            private void Second()
            {
                gate.Lock();
                gate.Unlock();
            }

            public void Process()
            {
                gate.Lock(); //~ MML4002
                gate.Unlock();
            }

            public void ProcessSafely()
            {
                gate.LockIrqSave(out var flags);
                gate.UnlockIrqRestore(flags);
            }
        }
        """);

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives);
}
