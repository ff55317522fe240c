using System.Threading.Tasks;
using MmLock.Analyzers.Tests.Rules;
using Xunit;

namespace MmLock.Analyzers.Tests.Flow;

/// <summary>Ways out of a body, across its try, catch, finally and goto.</summary>
public sealed class ExitTests
{
    [Fact]
    public Task TryCatchFinallyAndGoto_AreFollowed() => LockScene.Marked("""
        public sealed class Finals
        {
            private readonly Gate _gate = new();
            private readonly Gate _other = new();
            [GuardedBy("_gate")] private int _n;
            public int NestedFinallyWithReturns(int k)
            {
                _gate.Lock();
                try
                {
                    _other.Lock();
                    try
                    {
                        if (k == 0) return _n;
                        if (k == 1) goto done;
                        if (k == 2) throw new Exception();
                        _n = 2;
                    }
                    finally
                    {
                        _other.Unlock();
                    }
                    return 1;
                done:
                    return _n;
                }
                finally
                {
                    _gate.Unlock();
                }
            }
            public int ReturnInFinallyTry(int k)
            {
                _gate.Lock();
                try { if (k > 1) return _n; }
                finally { try { _n = 1; } finally { _gate.Unlock(); } }
                return 0;
            }
            public void CatchWithFilter()
            {
                _gate.Lock();
                try { _n = 1; }
                catch (InvalidOperationException e) when (e.Message == "x") { _gate.Unlock(); return; }
                catch (ArgumentException) { _gate.Unlock(); throw; }
                _gate.Unlock();
            }
            public void CatchSwallowsAndForgets()
            {
                _gate.Lock();
                try { Outside.Use(1); _gate.Unlock(); }
                catch (Exception) { }
            } //~ MML2006
            public void CatchRethrows()
            {
                _gate.Lock();
                try { Outside.Use(1); }
                catch { _gate.Unlock(); throw; }
                _gate.Unlock();
            }
            public void CatchReturns()
            {
                try { _gate.Lock(); Outside.Use(1); _gate.Unlock(); }
                catch (Exception) { return; } //~ MML2006
            }
            public void AcquireItselfDoesNotThrow()
            {
                try { _gate.Lock(); _gate.Unlock(); }
                catch (Exception) { return; }
            }
            public void FilterReads()
            {
                try { Outside.Use(1); }
                catch (Exception) when (_n > 1) { } //~ MML2003
            }
            public void FlagInFinally()
            {
                bool taken = false;
                try { _gate.TryLock(out taken); if (taken) _n = 1; }
                finally { if (taken) _gate.Unlock(); }
            }
            public void FinallyLocks()
            {
                try { Outside.Use(1); }
                finally { _gate.Lock(); }
                _gate.Unlock();
            }
            public void FinallyLocksAndKeeps()
            {
                try { Outside.Use(1); }
                finally { _gate.Lock(); }
            } //~ MML2006
            public void BreakOutOfFinallyProtected(int[] xs)
            {
                foreach (var x in xs)
                {
                    _gate.Lock();
                    try { if (x == 1) break; if (x == 2) continue; if (x == 3) return; }
                    finally { _gate.Unlock(); }
                }
                _gate.Lock();
                _gate.Unlock();
            }
            public void ThrowIsNoExit() { _gate.Lock(); throw new Exception(); }
            public int ThrowExpression(string? s) { _gate.Lock(); var n = s?.Length ?? throw new Exception(); _gate.Unlock(); return n; }
            public void SwitchExpressionThrows(int k) { _gate.Lock(); _n = k switch { 1 => 2, _ => throw new Exception() }; _gate.Unlock(); }
            public void RethrowAfterUnlockInCatchAll()
            {
                _gate.Lock();
                try { Outside.Use(1); }
                catch { _gate.Unlock(); throw; }
                finally { Outside.Use(2); }
                _gate.Unlock();
            }
            public void GotoIntoUnlock(int k)
            {
                _gate.Lock();
                if (k == 1) goto unlock;
                if (k == 2) goto done;
                _n = 1;
            unlock:
                _gate.Unlock();
                return;
            done:
                Outside.Use(1);
            } //~ MML2006
            public void GotoBackwards(int k)
            {
            retry:
                _gate.Lock();
                if (_n < k) { _gate.Unlock(); goto retry; }
                _gate.Unlock();
            }
            public void GotoBackwardsHolding(int k)
            {
            retry:
                _gate.Lock(); //~ MML1004
                if (_n < k) goto retry;
                _gate.Unlock();
            }
            public void GotoCase(int k)
            {
                switch (k)
                {
                    case 0: _gate.Lock(); goto case 2;
                    case 1: _gate.Lock(); break;
                    case 2: _gate.Unlock(); return; //~ MML2005
                    default: return;
                }
                _gate.Unlock();
            }
        }
        """);

    [Fact]
    public Task FieldThatChanges_NamesAnotherLock() => LockScene.Marked("""
        public sealed class Zone { public readonly Spin Lock = new(); }
        public sealed class Page { public Zone Zone = new(); }
        public static class Handed
        {
            [Acquires("return.Lock"), NoLockAnalysis("x")] public static Zone LockZone(Page p) => p.Zone;
            public static void ReleasedThroughTheReturned(Page p) { var z = LockZone(p); p.Zone = new Zone(); z.Lock.Unlock(); }
            public static void ReleasedThroughTheField(Page p) { LockZone(p); p.Zone.Lock.Unlock(); } //~ MML2005 MML2006
            public static void FieldReassigned(Page p) { p.Zone.Lock.Lock(); p.Zone = new Zone(); p.Zone.Lock.Unlock(); } //~ MML2005 MML2006
            public static void Kept(Page p) { p.Zone.Lock.Lock(); var z = p.Zone; p.Zone = new Zone(); z.Lock.Unlock(); }
        }
        """);

    [Fact]
    public Task NoLockAnalysis_TrustsTheContract() => LockScene.Marked("""
        [NoLockAnalysis("trusted")]
        public class Trusted
        {
            protected readonly Gate Gate = new();
            [GuardedBy("Gate")] protected int N;
            public void M() { N = 1; Gate.Lock(); }
            [MustHold("Gate")] public virtual void Need() { Gate.Unlock(); }
            public void CallsNeed() { Need(); }
            public class Nested { public void M(Trusted t) { t.N = 1; } } //~? MML2004
        }
        public class Checked : Trusted
        {
            public void K() { N = 1; } //~ MML2004
            public void Calls() { Need(); } //~ MML2001
            [NoLockAnalysis("this one")] public void Skipped() { N = 1; Need(); }
            [NoLockAnalysis("still inherits")] public override void Need() { N = 1; }
            public void CallsOverride() { Need(); } //~ MML2001
            public int Prop { [NoLockAnalysis("x")] get => N; set => N = value; } //~ MML2004
            [NoLockAnalysis("x")] public int PropBoth { get => N; set => N = value; }
        }
        """);

    [Fact]
    public Task SecondLookUnderTheGuard_MayFindSomethingElse() => LockScene.Marked("""
        public sealed class Table { public readonly Spin Ptl = new(); }
        public sealed class AnonVma { public readonly Gate Gate = new(); [GuardedBy("Gate")] public int Vmas; }
        public sealed class Vma
        {
            public readonly Table Table = new();
            [WriteGuardedBy("Table.Ptl")] public AnonVma? AnonVma;

            public static AnonVma WrongUnlock(Vma vma)
            {
                var present = vma.AnonVma;
                if (present != null)
                    return present;
                var fresh = new AnonVma();
                fresh.Gate.Lock();
                vma.Table.Ptl.Lock();
                present = vma.AnonVma;
                if (present == null) { fresh.Vmas++; vma.AnonVma = fresh; }
                vma.Table.Ptl.Unlock();
                present!.Gate.Unlock(); //~ MML2005
                return present; //~ MML2006
            }

            public static AnonVma Right(Vma vma)
            {
                var present = vma.AnonVma;
                if (present != null)
                    return present;
                var fresh = new AnonVma();
                fresh.Gate.Lock();
                vma.Table.Ptl.Lock();
                present = vma.AnonVma;
                if (present == null) { fresh.Vmas++; vma.AnonVma = fresh; }
                vma.Table.Ptl.Unlock();
                fresh.Gate.Unlock();
                return present ?? fresh;
            }
        }
        """);

    [Fact]
    public Task InterruptsSavedForAnyContext_AreRestored() => LockScene.Marked("""
        [LockType(LockKind.Spin), NoLockAnalysis("primitive")]
        public sealed class IrqSpin
        {
            [Acquires, SavesIrq("flags")] public void LockIrqSave(out ulong flags) { flags = 0; }
            [Releases, RestoresIrq("flags")] public void UnlockIrqRestore(ulong flags) { }
            [Releases] public void Unlock() { }
        }
        public sealed class Queue
        {
            [LockClass("queue", TakenIn = IrqContext.Hardirq)] private readonly IrqSpin _lock = new();
            [RunsIn(MmLock.ExecutionContext.Any)] public void Wrong() { _lock.LockIrqSave(out ulong flags); _lock.Unlock(); } //~ MML2006
            [RunsIn(MmLock.ExecutionContext.Any)] public void Right() { _lock.LockIrqSave(out ulong flags); _lock.UnlockIrqRestore(flags); }
        }
        """);

    [Fact]
    public Task ContractOfAParameter_SpeaksOfWhatWasPassed() => LockScene.Marked("""
        public sealed class Group { public readonly Gate Gate = new(); public Group? Parent; public int N; }
        public sealed class Ranked { [LockClass("ranked", Nesting = LockNesting.Ordered)] public readonly Gate Gate = new(); public int Rank; }
        public static class Walks
        {
            [MustHold("g.Gate")] public static void Up(Group? g) { g = g!.Parent; if (g != null) g.N++; }
            [MustHold("g.Gate")] public static void UpInALoop(Group? g) { for (; g != null; g = g.Parent) g.N++; }
            [MustHold("g.Gate")] public static void LetsGo(Group g) { g.Gate.Unlock(); g = g.Parent!; } //~ MML2009
            [Releases("g.Gate")] public static void Ends(Group g) { g.Gate.Unlock(); g = g.Parent!; Outside.Use(g.N); }
            [Releases("g.Gate")] public static void DoesNotEnd(Group g) { g = g.Parent!; Outside.Use(g.N); } //~ MML2009
            [Releases("g.Gate")] public static void EachInTurn(Group? g)
            {
                while (true)
                {
                    g!.N++;
                    g.Gate.Unlock();
                    g = g.Parent;
                    if (g == null) break;
                    g.Gate.Lock();
                }
            }
            [Acquires("g.Gate")] public static void Begins(Group g) { g.Gate.Lock(); g = g.Parent!; }
            [Acquires("g.Gate")] public static void BeginsAnother(Group g) { g = g.Parent!; g.Gate.Lock(); } //~ MML2006 MML2009
            [Acquires("g.Gate")] public static void BeginsTheNew(ref Group g) { g = g.Parent!; g.Gate.Lock(); }
            [Acquires("a.Gate", "b.Gate")] public static void InOrder(Ranked a, Ranked b)
            {
                if (a.Rank > b.Rank) (a, b) = (b, a);
                a.Gate.Lock();
                b.Gate.Lock();
            }
            [Acquires("a.Gate", "b.Gate")] public static void InOrderWithATemporary(Ranked a, Ranked b)
            {
                if (a.Rank > b.Rank) { var t = a; a = b; b = t; }
                a.Gate.Lock();
                b.Gate.Lock();
            }
            [Acquires("a.Gate", "b.Gate")] public static void InOrderButOne(Ranked a, Ranked b)
            {
                if (a.Rank > b.Rank) (a, b) = (b, a);
                a.Gate.Lock();
            } //~ MML2009
            [Releases("locked.Gate"), Acquires("return.Gate")] public static Group Moves(Group locked, Group wanted)
            {
                if (locked == wanted) return locked;
                locked.Gate.Unlock();
                locked = wanted;
                locked.Gate.Lock();
                return locked;
            }
        }
        """);
}
