using System.Threading.Tasks;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Order;

/// <summary>A lock is taken while it is held.</summary>
public sealed class MML1004DoubleAcquireTests
{
    [Fact]
    public Task TakenTwice_IsReportedByKind() => LockScene.Marked("""
        public sealed class Kinds(Gate gate, Spin spin, RawSpin raw, RwSpin rwspin, RwSem sem, PageBit bit, SeqLock seq, Token token, Section section, Srcu srcu)
        {
            public void Mutex() { gate.Lock(); gate.Lock(); gate.Unlock(); } //~ MML1004
            public void SpinTwice() { spin.Lock(); spin.Lock(); spin.Unlock(); } //~ MML1004
            public void RawTwice() { raw.Lock(); raw.Lock(); raw.Unlock(); } //~ MML1004
            public void Bit() { bit.Lock(); bit.Lock(); bit.Unlock(); } //~ MML1004
            public void SequenceWrite() { seq.WriteBegin(); seq.WriteBegin(); seq.WriteEnd(); } //~ MML1004
            public void TokenTwice() { token.Take(); token.Take(); token.Give(); } //~ MML1004
            public void SpinReaders() { rwspin.ReadLock(); rwspin.ReadLock(); rwspin.ReadUnlock(); rwspin.ReadUnlock(); }
            public void SpinWriters() { rwspin.WriteLock(); rwspin.WriteLock(); rwspin.WriteUnlock(); } //~ MML1004
            public void SpinReaderInWriter() { rwspin.WriteLock(); rwspin.ReadLock(); rwspin.WriteUnlock(); } //~ MML1004
            public void SpinWriterInReader() { rwspin.ReadLock(); rwspin.WriteLock(); rwspin.WriteUnlock(); } //~ MML1004
            public void SemReaders() { sem.DownRead(); sem.DownRead(); sem.UpRead(); } //~ MML1004
            public void SemWriters() { sem.DownWrite(); sem.DownWrite(); sem.UpWrite(); } //~ MML1004
            public void SemReaderInWriter() { sem.DownWrite(); sem.DownRead(); sem.UpWrite(); } //~ MML1004
            public void SemWriterInReader() { sem.DownRead(); sem.DownWrite(); sem.UpWrite(); } //~ MML1004
            public void Contexts() { section.Enter(); section.Enter(); section.Leave(); section.Leave(); }
            public void SleepableContexts() { srcu.ReadLock(); srcu.ReadLock(); srcu.ReadUnlock(); srcu.ReadUnlock(); }
            public void RcuReaders() { Rcu.ReadLock(); Rcu.ReadLock(); Rcu.ReadUnlock(); Rcu.ReadUnlock(); }
            public void Preemption() { Irq.PreemptDisable(); Irq.PreemptDisable(); Irq.PreemptEnable(); Irq.PreemptEnable(); }
        }
        """);

    [Fact]
    public Task NestedReaders_AreCounted() => LockScene.Marked("""
        public sealed class Readers(RwSpin rw)
        {
            public void OneReleaseMissing() { rw.ReadLock(); rw.ReadLock(); rw.ReadUnlock(); } //~ MML2006
            public void OneTooMany() { rw.ReadLock(); rw.ReadLock(); rw.ReadUnlock(); rw.ReadUnlock(); rw.ReadUnlock(); } //~ MML2005
        }
        """);

    [Fact]
    public Task AfterIt_HeldOnceInTheStrongerMode() => LockScene.Marked("""
        public sealed class Stronger
        {
            private readonly RwSem _sem = new();
            [GuardedBy("_sem")] private int _value;
            public void ReaderInWriter()
            {
                _sem.DownWrite();
                _sem.DownRead(); //~ MML1004
                _value = 1;
                _sem.UpWrite();
            }
            public void WriterInReader()
            {
                _sem.DownRead();
                _sem.DownWrite(); //~ MML1004
                _value = 1;
                _sem.UpWrite();
            }
            public void WriterInReaderReleasedShared()
            {
                _sem.DownRead();
                _sem.DownWrite(); //~ MML1004
                _sem.UpRead(); //~ MML2011
                _value = 1; //~ MML2004
            }
            public void SecondReleaseIsTooMuch()
            {
                _sem.DownRead();
                _sem.DownRead(); //~ MML1004
                _sem.UpRead();
                _sem.UpRead(); //~ MML2005
            }
        }
        """);

    [Fact]
    public Task InnerGuard_GovernsNothing() => LockScene.Marked("""
        public sealed class Guards(Gate gate)
        {
            [GuardedBy("gate")] private int _value;
            public void GuardInGuard()
            {
                using (new Hold(gate))
                {
                    using (new Hold(gate)) //~ MML1004
                        _value = 1;
                    _value = 2;
                }
            }
            public void GuardInLock()
            {
                gate.Lock();
                using (new Hold(gate)) //~ MML1004
                    _value = 1;
                _value = 2;
                gate.Unlock();
            }
            public void StackGuards()
            {
                using var outer = new StackHold(gate);
                using var inner = new StackHold(gate); //~ MML1004
                _value = 2;
            }
        }
        """);

    [Fact]
    public Task TryOfAHeldLock_Fails() => LockScene.Marked("""
        public sealed class Tries(Gate gate, RwSem sem, RwSpin rwspin)
        {
            [GuardedBy("gate")] private int _value;
            public void Mutex()
            {
                gate.Lock();
                if (gate.TryLock())
                    gate.Unlock();
                _value = 1;
                gate.Unlock();
            }
            public void FailingMeansStillHeldOnce()
            {
                gate.Lock();
                if (!gate.TryLock())
                {
                    _value = 1;
                    gate.Unlock();
                    return;
                }
                Outside.Use(1);
            }
            public void SharedTryInShared() { sem.DownRead(); if (sem.TryDownRead()) sem.UpRead(); sem.UpRead(); }
            public void SharedTryInExclusive() { sem.DownWrite(); if (sem.TryDownRead()) sem.UpRead(); sem.UpWrite(); }
            public void ExclusiveTryInShared() { sem.DownRead(); if (sem.TryDownWrite()) sem.UpWrite(); sem.UpRead(); }
            public void Waiting()
            {
                gate.Lock();
                if (gate.LockKillable() == 0) //~ MML1004
                    gate.Unlock();
                else
                    gate.Unlock();
            }
            public void WaitingFree() { if (gate.LockKillable() == 0) gate.Unlock(); }
        }
        """);

    [Fact]
    public Task ReentrantLock_NestsByCount() => LockScene.Marked("""
        public sealed class Nested
        {
            private readonly NestGate _gate = new();
            private readonly object _monitor = new();
            private readonly Lock _lock = new();
            [GuardedBy("_gate")] private int _value;
            public void Twice() { _gate.Lock(); _gate.Lock(); _value = 1; _gate.Unlock(); _value = 2; _gate.Unlock(); }
            public void OneLevelTooFew() { _gate.Lock(); _gate.Lock(); _gate.Unlock(); } //~ MML2006
            public void OneLevelTooMany() { _gate.Lock(); _gate.Unlock(); _gate.Unlock(); } //~ MML2005
            public void AfterBothReleases() { _gate.Lock(); _gate.Lock(); _gate.Unlock(); _gate.Unlock(); _value = 1; } //~ MML2004
            public void TryInside() { _gate.Lock(); if (_gate.TryLock()) _gate.Unlock(); _gate.Unlock(); }
            public void TryInsideKept() { _gate.Lock(); if (_gate.TryLock()) _value = 1; _gate.Unlock(); } //~ MML2006
            public void Monitors() { lock (_monitor) lock (_monitor) Outside.Use(1); }
            public void Locks() { lock (_lock) lock (_lock) Outside.Use(1); }
            [MustHold("_gate")] public void Again() { _gate.Lock(); _value++; _gate.Unlock(); }
            [Acquires("_gate")] public void OneMoreThanPromised() { _gate.Lock(); _gate.Lock(); } //~ MML2006
            [Acquires("_gate")] public void AsPromised() { _gate.Lock(); _gate.Lock(); _gate.Unlock(); }
            [MustHold("_gate")] public void KeptOneMore() { _gate.Lock(); } //~ MML2006
            [Releases("_gate")] public void ReleasesOneOfTwo() { _gate.Lock(); _gate.Unlock(); _gate.Unlock(); }
        }
        """);

    [Fact]
    public Task HeldByContract_IsHeld() => LockScene.Marked("""
        public sealed class Entry
        {
            private readonly Gate _gate = new();
            private readonly RwSem _sem = new();
            [MustHold("_gate")] public void Exclusive() { _gate.Lock(); } //~ MML1004
            [MustHoldShared("_sem")] public void Shared() { _sem.DownRead(); } //~ MML1004
            [Releases("_gate")] public void BeforeTheRelease() { _gate.Lock(); _gate.Unlock(); } //~ MML1004
            [Drops("_gate")] public void Dropping() { _gate.Lock(); } //~ MML1004
            [MustNotHold("_gate")] public void Excluded() { _gate.Lock(); _gate.Unlock(); }
        }
        """);

    [Fact]
    public Task CalleeTakesIt_IsReportedAtTheCall() => LockScene.Marked("""
        public sealed class Callees
        {
            private readonly Gate _gate = new();
            private readonly RwSem _sem = new();
            [Acquires("_gate")] public void Take() => _gate.Lock();
            [MayAcquire("_gate")] public void MayTake() { _gate.Lock(); _gate.Unlock(); }
            [AcquiresShared("_sem")] public void TakeShared() => _sem.DownRead();
            [MayAcquire("_sem")] public void MayTakeSem() { }
            public void Plain() { _gate.Lock(); _gate.Unlock(); }
            public void Deep() => Plain();
            private int Locked { get { _gate.Lock(); _gate.Unlock(); return 1; } }
            public void TakesTwice() { _gate.Lock(); Take(); _gate.Unlock(); } //~ MML1004
            public void TwoContractCalls() { Take(); Take(); _gate.Unlock(); } //~ MML1004
            public void MayTakeTwice() { _gate.Lock(); MayTake(); _gate.Unlock(); } //~ MML1004
            public void SharedInShared() { _sem.DownRead(); TakeShared(); _sem.UpRead(); } //~ MML1004
            public void MayTakeInShared() { _sem.DownRead(); MayTakeSem(); _sem.UpRead(); } //~ MML1004
            public void ThroughABody() { _gate.Lock(); Plain(); _gate.Unlock(); } //~ MML1004
            public void ThroughTwoBodies() { _gate.Lock(); Deep(); _gate.Unlock(); } //~ MML1004
            public void ThroughAGetter() { _gate.Lock(); Outside.Use(Locked); _gate.Unlock(); } //~ MML1004
            public void Outsiders(Callees other) { _gate.Lock(); other.Plain(); _gate.Unlock(); } //~ MML1003
            public void Free() { Deep(); Plain(); MayTake(); }
            public void ReleasedFirst() { _gate.Lock(); _gate.Unlock(); Deep(); }
        }
        """);

    [Fact]
    public Task ExcludedToo_ExclusionAloneSpeaks() => LockScene.Marked("""
        public sealed class Both
        {
            private readonly Gate _gate = new();
            [MustNotHold("_gate")] public void Excludes() { _gate.Lock(); _gate.Unlock(); }
            [MustNotHold("_gate"), MayAcquire("_gate")] public void ExcludesAndMayTake() { _gate.Lock(); _gate.Unlock(); }
            public void Calls() { _gate.Lock(); Excludes(); _gate.Unlock(); } //~ MML2002
            public void CallsOther() { _gate.Lock(); ExcludesAndMayTake(); _gate.Unlock(); } //~ MML2002
        }
        """);

    [Fact]
    public Task OtherName_IsTheSameLock() => LockScene.Marked("""
        public sealed class Node
        {
            public readonly Gate Gate = new();
            public Node? Next;
        }
        public sealed class Names
        {
            private readonly Node _own = new();
            private Node _other = new();
            public void LocalCopy() { var copy = _own; _own.Gate.Lock(); copy.Gate.Lock(); copy.Gate.Unlock(); } //~ MML1004
            public void GateCopy() { var gate = _own.Gate; gate.Lock(); _own.Gate.Lock(); gate.Unlock(); } //~ MML1004
            public void PatternVariable(object o) { if (o is Node n && o is Node m) { n.Gate.Lock(); m.Gate.Lock(); n.Gate.Unlock(); } } //~ MML1004
            public void Deconstructed(Node a) { var (x, y) = (a, a); x.Gate.Lock(); y.Gate.Lock(); x.Gate.Unlock(); } //~ MML1004
            public void RefLocal() { ref var r = ref _other; r.Gate.Lock(); _other.Gate.Lock(); r.Gate.Unlock(); } //~ MML1004
            public void ConditionalAccess(Node? a) { a?.Gate.Lock(); a?.Gate.Lock(); a?.Gate.Unlock(); } //~ MML1004
            public void Reassigned(Node a, Node b) { a.Gate.Lock(); var x = a; a = b; a.Gate.Lock(); a.Gate.Unlock(); x.Gate.Unlock(); } //~ MML1003
            public void FieldReassigned(Node a) { var x = _other; x.Gate.Lock(); _other = a; _other.Gate.Lock(); _other.Gate.Unlock(); x.Gate.Unlock(); } //~ MML1003
            public void Cast(object o) { ((Node)o).Gate.Lock(); ((Node)o).Gate.Lock(); ((Node)o).Gate.Unlock(); } //~ MML1004
            public void Parenthesised(Node a) { (a).Gate.Lock(); (a!).Gate.Lock(); a.Gate.Unlock(); } //~ MML1004
        }
        """);

    [Fact]
    public Task SameLockDeclared_IsOneLock() => LockScene.Marked("""
        [SameLock("Zone.Lock", "Node.Zone.Lock")]
        public sealed class Lruvec
        {
            public Zone Zone = new();
            public Pgdat Node = new();
            public void Twice() { Zone.Lock.Lock(); Node.Zone.Lock.Lock(); Zone.Lock.Unlock(); } //~ MML1004
            public void ReleasedUnderTheOtherName() { Zone.Lock.Lock(); Node.Zone.Lock.Unlock(); }
        }
        public sealed class Pgdat { public Zone Zone = new(); }
        public sealed class Zone { public readonly Spin Lock = new(); }
        """);

    [Fact]
    public Task ReturnedLock_IsAnotherNameOfIt() => LockScene.Marked("""
        public sealed class Page
        {
            public readonly Spin Ptl = new();
            public int Value;
        }
        public static class Lookup
        {
            [ReturnsLock("page.Ptl"), NoLockAnalysis("lookup")] public static Spin LockOf(Page page) => page.Ptl;
            public static void Twice(Page p) { var l = LockOf(p); l.Lock(); p.Ptl.Lock(); l.Unlock(); } //~ MML1004
            public static void Crossed(Page p) { LockOf(p).Lock(); p.Ptl.Unlock(); }
            public static void TwoLookups(Page p) { LockOf(p).Lock(); LockOf(p).Unlock(); }
            public static void OfAnother(Page p, Page q) { LockOf(p).Lock(); q.Ptl.Unlock(); p.Ptl.Unlock(); } //~ MML2005
        }
        """);

    [Fact]
    public Task HeldInABranch_IsReported() => LockScene.Marked("""
        public sealed class Branches(Gate gate)
        {
            public void One(bool b)
            {
                if (b) gate.Lock();
                gate.Lock(); //~ MML1004
                gate.Unlock();
            }
            public void Excluded(bool b)
            {
                if (b) gate.Lock();
                if (!b) gate.Lock();
                gate.Unlock();
            }
        }
        """);

    [Fact]
    public Task SameElement_IsReported() => LockScene.Marked("""
        public sealed class Striped
        {
            private readonly Gate[] _stripes = new Gate[8];
            public void SameIndex(int i) { _stripes[i].Lock(); _stripes[i].Lock(); _stripes[i].Unlock(); } //~ MML1004
            public void Constants() { _stripes[0].Lock(); _stripes[0].Lock(); _stripes[0].Unlock(); } //~ MML1004
            public void OtherConstants() { _stripes[0].Lock(); _stripes[1].Lock(); _stripes[1].Unlock(); _stripes[0].Unlock(); } //~ MML1003
        }
        """);

    [Fact]
    public Task Finding_SaysWhatAndWhere() => LockScene.Told(
        """
        public sealed class Story
        {
            private readonly RwSem _sem = new();
            public void M(bool b) { if (b) {|#1:_sem.DownRead()|}; {|#0:_sem.DownWrite()|}; _sem.UpWrite(); }
        }
        """,
        LockScene.Finding("MML1004").At(0).WithPlaces(1).WithMessage(
            "Takes '_sem' (class 'Story._sem') exclusively, but it is already held shared on some paths"));
}
