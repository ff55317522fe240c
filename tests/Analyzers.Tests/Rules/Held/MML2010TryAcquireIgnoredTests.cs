using System.Threading.Tasks;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Held;

/// <summary>The outcome of a try is never looked at.</summary>
public sealed class MML2010TryAcquireIgnoredTests
{
    [Fact]
    public Task OutcomeNeverLookedAt_IsReported() => LockScene.Marked("""
        public sealed class Ignored(Gate gate, RwSem sem, Spin spin)
        {
            [GuardedBy("gate")] private int _n;
            public void Statement() { gate.TryLock(); } //~ MML2010 //~? MML2006
            public void Discard() { _ = gate.TryLock(); } //~ MML2010 //~? MML2006
            public void LocalNeverRead() { var won = gate.TryLock(); } //~ MML2010 //~? MML2006
            public void OutDiscard() { gate.TryLock(out _); } //~ MML2010 //~? MML2006
            public void OutNeverRead() { gate.TryLock(out var taken); } //~ MML2010 //~? MML2006
            public void Shared() { sem.TryDownRead(); } //~ MML2010 //~? MML2006
            public void NotNull() { gate.TryTicket(); } //~ MML2010 //~? MML2006
            public void Number() { gate.TryLockError(); } //~ MML2010 //~? MML2006
            public void ValueIgnored() { gate.TryBid(); } //~ MML2010 //~? MML2006
            public void Waiting() { gate.LockKillable(); } //~ MML2010 //~? MML2006
            public void Monitored(object o) { Monitor.TryEnter(o); } //~ MML2010 //~? MML2006
            public void Overwritten() { var won = gate.TryLock(); won = false; if (won) gate.Unlock(); } //~ MML2006 //~? MML2010
            public void PassedOn() { Outside.Use(gate.TryLock()); } //~? MML2006 MML2010
            public bool Returned() { return gate.TryLock(); } //~ MML2006 //~? MML2010
            [TryAcquires("gate")] public bool Kept() => gate.TryLock();
            public void Looked() { if (gate.TryLock()) gate.Unlock(); }
            public void LookedStored() { var w = gate.TryLock(); if (w) gate.Unlock(); }
            public void Held() { gate.Lock(); _ = gate.TryLock(); gate.Unlock(); } //~ MML2010
        }
        """);

    [Fact]
    public Task OutcomeLookedAt_InEveryShape() => LockScene.Marked("""
        public sealed class Shapes(Gate gate, Gate other)
        {
            [GuardedBy("gate")] private int _n;
            private bool _won;
            public void Plain() { if (gate.TryLock()) { _n = 1; gate.Unlock(); } }
            public void Negated() { if (!gate.TryLock()) return; _n = 1; gate.Unlock(); }
            public void AndFirst(bool b) { if (gate.TryLock() && b) { _n = 1; gate.Unlock(); } } //~ MML2006
            public void AndSecond(bool b) { if (b && gate.TryLock()) { _n = 1; gate.Unlock(); } }
            public void OrFirst(bool b) { if (gate.TryLock() || b) { _n = 1; gate.Unlock(); } } //~ MML2004 MML2005
            public void OrSecond(bool b) { if (b || !gate.TryLock()) return; _n = 1; gate.Unlock(); }
            public void BothOrNeither() { if (gate.TryLock() && other.TryLock()) { other.Unlock(); gate.Unlock(); } } //~ MML2006
            public void BothWithBackout() { if (!gate.TryLock()) return; if (!other.TryLock()) { gate.Unlock(); return; } other.Unlock(); gate.Unlock(); }
            public void EqualsTrue() { if (gate.TryLock() == true) gate.Unlock(); }
            public void EqualsFalse() { if (gate.TryLock() == false) return; gate.Unlock(); }
            public void NotEqualsTrue() { if (gate.TryLock() != true) return; gate.Unlock(); }
            public void IsTrue() { if (gate.TryLock() is true) gate.Unlock(); }
            public void IsNotTrue() { if (gate.TryLock() is not true) return; gate.Unlock(); }
            public void IsFalse() { if (gate.TryLock() is false) return; gate.Unlock(); }
            public void PatternVariable() { if (gate.TryLock() is var won && won) gate.Unlock(); }
            public void SwitchStatement() { switch (gate.TryLock()) { case true: gate.Unlock(); break; case false: break; } }
            public int SwitchExpression() => gate.TryLock() switch { true => Free(), false => 0 };
            [Releases("gate")] private int Free() { gate.Unlock(); return 1; }
            public int Ternary() => gate.TryLock() ? Free() : 0;
            public void Stored() { var won = gate.TryLock(); Outside.Use(1); if (won) gate.Unlock(); }
            public void StoredLater() { bool won; won = gate.TryLock(); if (!won) return; gate.Unlock(); }
            public void StoredNegated() { var lost = !gate.TryLock(); if (!lost) gate.Unlock(); }
            public void StoredXor() { var lost = gate.TryLock() ^ true; if (!lost) gate.Unlock(); }
            public void StoredInAField() { _won = gate.TryLock(); if (_won) gate.Unlock(); }
            public void AssignedInCondition() { bool won; if (won = gate.TryLock()) gate.Unlock(); }
            public void OutVariable() { gate.TryLock(out var taken); if (taken) gate.Unlock(); }
            public void OutExisting() { bool taken = false; gate.TryLock(out taken); if (!taken) return; gate.Unlock(); }
            public void Zero() { if (gate.TryLockError() == 0) gate.Unlock(); }
            public void ZeroNot() { var e = gate.TryLockError(); if (e != 0) return; gate.Unlock(); }
            public void ZeroPattern() { if (gate.TryLockError() is 0) gate.Unlock(); }
            public void ZeroRelational() { var e = gate.TryLockError(); if (e < 0) return; gate.Unlock(); } //~? MML2005
            public void NonZero() { if (gate.TryLockCount() != 0) gate.Unlock(); }
            public void NonZeroPattern() { if (gate.TryLockCount() is not 0) gate.Unlock(); }
            public void NotNull() { if (gate.TryTicket() != null) gate.Unlock(); }
            public void NotNullPattern() { if (gate.TryTicket() is { } t) gate.Unlock(); }
            public void NotNullTyped() { if (gate.TryTicket() is object t) gate.Unlock(); }
            public void NotNullStored() { var t = gate.TryTicket(); if (t is null) return; gate.Unlock(); }
            public void NullMeans() { if (gate.TryFault() == null) gate.Unlock(); }
            public void NullCoalescing() { var f = gate.TryFault(); if (f is not null) throw f; gate.Unlock(); }
            public void NullThrow() { if (gate.TryFault() is { } f) throw f; gate.Unlock(); }
            public void Busy() { if (gate.IsBusy()) return; gate.Unlock(); }
            public void Value() { if (gate.TryBid() == Bid.Won) gate.Unlock(); }
            public void ValueNot() { if (gate.TryBid() != Bid.Won) return; gate.Unlock(); }
            public void ValuePattern() { if (gate.TryBid() is Bid.Won) gate.Unlock(); }
            public void ValueSwitch() { switch (gate.TryBid()) { case Bid.Won: gate.Unlock(); break; case Bid.Lost: case Bid.Void: break; } }
            public void ValueSwitchDefault() { switch (gate.TryBid()) { case Bid.Lost: case Bid.Void: return; default: break; } gate.Unlock(); } //~? MML2005
            public int ValueSwitchExpression() => gate.TryBid() switch { Bid.Won => Free(), _ => 0 };
            public void ValueStored() { var b = gate.TryBid(); if (b == Bid.Won) gate.Unlock(); }
            public void Loop() { while (!gate.TryLock()) Thread.Yield(); _n = 1; gate.Unlock(); }
            public void DoLoop() { bool won; do { won = gate.TryLock(); } while (!won); gate.Unlock(); }
            public void ForLoop() { for (int i = 0; i < 3; i++) { if (gate.TryLock()) { gate.Unlock(); return; } } }
            public void LoopBreak() { var won = false; for (int i = 0; i < 3; i++) { if (won = gate.TryLock()) break; } if (won) gate.Unlock(); }
            public void Fallback() { if (!gate.TryLock()) gate.Lock(); gate.Unlock(); }
            public void Throws() { if (!gate.TryLock()) throw new TimeoutException(); gate.Unlock(); }
            public void ThrowExpression() { _ = gate.TryLock() ? 1 : throw new TimeoutException(); gate.Unlock(); }
            public void Asserted() { Debug.Assert(gate.TryLock()); gate.Unlock(); }
            public void Aborts() { if (!gate.TryLock()) Outside.Abort(); gate.Unlock(); }
            public void Chained() { var ok = gate.TryLock(); if (ok) ok = other.TryLock(); if (ok) { other.Unlock(); gate.Unlock(); } } //~ MML2006
            public void Copied() { var a = gate.TryLock(); var b = a; if (b) gate.Unlock(); }
            public void Tuple() { var (a, _) = (gate.TryLock(), 1); if (a) gate.Unlock(); }
            public void Discriminated() { if (gate.TryLock() is bool w and true) gate.Unlock(); }
        }
        """);

    [Fact]
    public Task Finding_SaysWhatAndWhere() => LockScene.Told(
        """
        public sealed class Story
        {
            private readonly Gate _a = new();
            public void Q() { _a.Lock(); {|#0:_a.TryLock()|}; _a.Unlock(); }
        }
        """,
        LockScene.Finding("MML2010").At(0).WithMessage(
            "The outcome of trying to take '_a' (class 'Story._a') is never looked at"));
}
