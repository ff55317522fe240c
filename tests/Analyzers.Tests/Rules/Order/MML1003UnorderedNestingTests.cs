using System.Threading.Tasks;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Order;

/// <summary>Two locks of one class nest and nothing orders them.</summary>
public sealed class MML1003UnorderedNestingTests
{
    [Fact]
    public Task TwoInstances_NestOnlyWhenOrdered() => LockScene.Marked("""
        public sealed class Loose { public readonly Gate Pin = new(); public readonly RwSpin Rw = new(); public readonly RwSem Sem = new(); public readonly NestGate Nest = new(); public readonly Token Token = new(); public readonly Srcu Srcu = new(); }
        public sealed class Ranked { [LockClass("ranked", Nesting = LockNesting.Ordered)] public readonly Gate Pin = new(); }
        public static class Nests
        {
            public static void Exclusive(Loose a, Loose b) { a.Pin.Lock(); b.Pin.Lock(); b.Pin.Unlock(); a.Pin.Unlock(); } //~ MML1003
            public static void OrderedOnes(Ranked a, Ranked b) { a.Pin.Lock(); b.Pin.Lock(); b.Pin.Unlock(); a.Pin.Unlock(); }
            public static void SemReaders(Loose a, Loose b) { a.Sem.DownRead(); b.Sem.DownRead(); b.Sem.UpRead(); a.Sem.UpRead(); } //~ MML1003
            public static void SpinReaders(Loose a, Loose b) { a.Rw.ReadLock(); b.Rw.ReadLock(); b.Rw.ReadUnlock(); a.Rw.ReadUnlock(); }
            public static void SpinReaderWriter(Loose a, Loose b) { a.Rw.ReadLock(); b.Rw.WriteLock(); b.Rw.WriteUnlock(); a.Rw.ReadUnlock(); } //~ MML1003
            public static void SpinWriterReader(Loose a, Loose b) { a.Rw.WriteLock(); b.Rw.ReadLock(); b.Rw.ReadUnlock(); a.Rw.WriteUnlock(); } //~ MML1003
            public static void ReentrantToo(Loose a, Loose b) { a.Nest.Lock(); b.Nest.Lock(); b.Nest.Unlock(); a.Nest.Unlock(); } //~ MML1003
            public static void Tokens(Loose a, Loose b) { a.Token.Take(); b.Token.Take(); b.Token.Give(); a.Token.Give(); }
            public static void Contexts(Loose a, Loose b) { a.Srcu.ReadLock(); b.Srcu.ReadLock(); b.Srcu.ReadUnlock(); a.Srcu.ReadUnlock(); }
            public static void Tried(Loose a, Loose b) { a.Pin.Lock(); if (b.Pin.TryLock()) b.Pin.Unlock(); a.Pin.Unlock(); }
            public static void TriedWaiting(Loose a, Loose b) { a.Pin.Lock(); if (b.Pin.LockKillable() == 0) b.Pin.Unlock(); a.Pin.Unlock(); } //~ MML1003
            public static void UnderATry(Loose a, Loose b) { if (!a.Pin.TryLock()) return; b.Pin.Lock(); b.Pin.Unlock(); a.Pin.Unlock(); } //~ MML1003
            public static void Beside(Loose a, Loose b) { a.Pin.Lock(); a.Pin.Unlock(); b.Pin.Lock(); b.Pin.Unlock(); }
            public static void AfterComparison(Loose a, Loose b) { a.Pin.Lock(); if (a != b) b.Pin.Lock(); if (a != b) b.Pin.Unlock(); a.Pin.Unlock(); } //~ MML1003
            public static void EqualOnly(Loose a, Loose b) { if (a == b) { a.Pin.Lock(); b.Pin.Unlock(); } }
            public static void KnownEqualTakenTwice(Loose a, Loose b) { if (ReferenceEquals(a, b)) { a.Pin.Lock(); b.Pin.Lock(); b.Pin.Unlock(); } } //~ MML1004
            public static void Asserted(Loose a, Loose b) { a.Pin.AssertHeld(); b.Pin.AssertHeld(); }
            [MustHold("a.Pin", "b.Pin")] public static void ByContract(Loose a, Loose b) { }
            [MustHold("a.Pin")] public static void UnderAContract(Loose a, Loose b) { b.Pin.Lock(); b.Pin.Unlock(); } //~ MML1003
        }
        """);

    [Fact]
    public Task CalleeTakesTheOther_IsReportedAtTheCall() => LockScene.Marked("""
        public sealed class Account
        {
            private readonly Gate _gate = new();
            private int _balance;
            public void Deposit(int n) { _gate.Lock(); _balance += n; _gate.Unlock(); }
            private void Inner(Account other) { other.Deposit(1); }
            public int Balance { get { _gate.Lock(); var b = _balance; _gate.Unlock(); return b; } }
            public void Transfer(Account other) { _gate.Lock(); other.Deposit(1); _gate.Unlock(); } //~ MML1003
            public void TransferDeep(Account other) { _gate.Lock(); Inner(other); _gate.Unlock(); } //~ MML1003
            public void Compare(Account other) { _gate.Lock(); Outside.Use(other.Balance); _gate.Unlock(); } //~ MML1003
            public void After(Account other) { _gate.Lock(); _gate.Unlock(); other.Deposit(1); }
        }
        public sealed class Bank
        {
            public static void Move(Account a, Account b) { a.Deposit(1); b.Deposit(2); }
        }
        """);

    [Fact]
    public Task LoopTakingAnotherEachRound_IsReported() => LockScene.Marked("""
        public sealed class Item { public readonly Gate Gate = new(); public Item? Next; }
        public sealed class Ordered { [LockClass("o", Nesting = LockNesting.Ordered)] public readonly Gate Gate = new(); public Ordered? Next; }
        public static class Loops
        {
            public static void KeepsAll(Item[] items)
            {
                foreach (var item in items)
                    item.Gate.Lock(); //~ MML1003
            } //~ MML2006
            public static void OneAtATime(Item[] items) { foreach (var item in items) { item.Gate.Lock(); item.Gate.Unlock(); } }
            public static void HandOverHand(Ordered? o)
            {
                if (o == null) return;
                o.Gate.Lock();
                while (o.Next != null)
                {
                    var next = o.Next;
                    next.Gate.Lock();
                    o.Gate.Unlock();
                    o = next;
                }
                o.Gate.Unlock();
            }
            public static void HandOverHandUnordered(Item o)
            {
                o.Gate.Lock();
                while (o.Next != null)
                {
                    var next = o.Next;
                    next.Gate.Lock(); //~ MML1003
                    o.Gate.Unlock();
                    o = next;
                }
                o.Gate.Unlock();
            }
            public static void OrderedGrows(Ordered[] all)
            {
                foreach (var o in all) //~ MML2008
                    o.Gate.Lock();
            } //~ MML2006
        }
        """);

    [Fact]
    public Task MonitorsOfOneClass_NestByType() => LockScene.Marked("""
        public sealed class Tree
        {
            public Tree? Left;
            public void OnThis(Tree other) { lock (this) lock (other) Outside.Use(1); } //~ MML1003
            public void OnObjects(object a, object b) { lock (a) lock (b) Outside.Use(1); }
            public void OnInterfaces(IDisposable a, IDisposable b) { lock (a) lock (b) Outside.Use(1); }
            public void OnTypeParameters<T>(T a, T b) where T : class { lock (a) lock (b) Outside.Use(1); }
            public void OnTypes() { lock (typeof(Tree)) lock (typeof(string)) Outside.Use(1); }
            public void TypeAndThis() { lock (typeof(Tree)) lock (this) Outside.Use(1); }
            public void Child() { lock (this) lock (Left!) Outside.Use(1); } //~? MML1003
        }
        public sealed class Listed
        {
            private readonly List<int> _a = new();
            private readonly List<int> _b = new();
            public void Fields() { lock (_a) lock (_b) Outside.Use(1); }
            public void Parameters(List<int> a, List<int> b) { lock (a) lock (b) Outside.Use(1); } //~ MML1003
        }
        """);

    [Fact]
    public Task Finding_SaysWhatAndWhere() => LockScene.Told(
        """
        public sealed class Story
        {
            private readonly Gate _gate = new();
            public void M(Story other) { {|#1:_gate.Lock()|}; {|#0:other._gate.Lock()|}; other._gate.Unlock(); _gate.Unlock(); }
        }
        """,
        LockScene.Finding("MML1003").At(0).WithPlaces(1).WithMessage(
            "Takes 'other._gate' (class 'Story._gate') while holding '_gate' (class 'Story._gate'), and nothing orders the locks of their class"));

    [Fact]
    public Task CalleeMayTakeTheClass_IsReportedUnderALockOfIt() => LockScene.Marked("""
        public sealed class Lruvec
        {
            [LockClass("lru")] public readonly Spin Lock = new();
            public readonly Lruvec? Parent;
        }
        public sealed class Ranked { [LockClass("ranked", Nesting = LockNesting.Ordered)] public readonly Gate Pin = new(); }
        public static class Pages
        {
            [MayAcquire("@lru"), NoLockAnalysis("x")] public static void Put() { }
            [MayAcquire("@ranked"), NoLockAnalysis("x")] public static void PutRanked() { }
            [MayAcquire("@reclaim"), NoLockAnalysis("x")] public static void Allocate() { } //~? MML9004
            [MayAcquire("l.Lock"), NoLockAnalysis("x")] public static void PutOn(Lruvec l) { }
            [Releases("l.Lock"), MayAcquire("@lru"), NoLockAnalysis("x")] public static void UnlockAndPut(Lruvec l) { }
            [Drops("l.Lock"), MayAcquire("@lru"), NoLockAnalysis("x")] public static void PutDropping(Lruvec l) { }
            [MustNotHold("@lru"), MayAcquire("@lru"), NoLockAnalysis("x")] public static void PutExcluding() { }
            public static void Under(Lruvec l) { l.Lock.Lock(); Put(); l.Lock.Unlock(); } //~ MML1003
            public static void UnderAnother(Lruvec l, Lruvec m) { l.Lock.Lock(); PutOn(m); l.Lock.Unlock(); } //~ MML1003
            public static void UnderTheSame(Lruvec l) { l.Lock.Lock(); PutOn(l); l.Lock.Unlock(); } //~ MML1004
            [MustHold("@lru")] public static void UnderSome() { Put(); } //~ MML1003
            public static void UnderATry(Lruvec l) { if (l.Lock.TryLock()) { Put(); l.Lock.Unlock(); } } //~ MML1003
            public static void Excluded(Lruvec l) { l.Lock.Lock(); PutExcluding(); l.Lock.Unlock(); } //~ MML2002
            public static void After(Lruvec l) { l.Lock.Lock(); l.Lock.Unlock(); Put(); }
            public static void Released(Lruvec l) { l.Lock.Lock(); UnlockAndPut(l); }
            public static void Dropped(Lruvec l) { l.Lock.Lock(); PutDropping(l); l.Lock.Unlock(); }
            public static void OrderedOnes(Ranked r) { r.Pin.Lock(); PutRanked(); r.Pin.Unlock(); }
            public static void ByNameAlone(Lruvec l) { l.Lock.Lock(); Allocate(); l.Lock.Unlock(); }
        }
        """);
}
