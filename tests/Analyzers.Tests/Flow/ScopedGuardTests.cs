using System.Threading.Tasks;
using MmLock.Analyzers.Tests.Rules;
using Xunit;

namespace MmLock.Analyzers.Tests.Flow;

/// <summary>Guards: adopted, deferred, travelling, one's own.</summary>
public sealed class ScopedGuardTests
{
    [Fact]
    public Task GovernedLock_IsAdoptedOrDeferred() => LockScene.Marked("""
        public sealed class Adopt(Gate gate)
        {
            [GuardedBy("gate")] private int _n;
            public void AdoptedIsReleased() { gate.Lock(); using (LooseHold.Over(gate)) _n = 1; }
            public void AdoptedThenReleasedByHand() { gate.Lock(); using (LooseHold.Over(gate)) gate.Unlock(); }
            public void AdoptedThenWrites() { gate.Lock(); using (LooseHold.Over(gate)) _n = 1; _n = 2; } //~ MML2004
            public void DeferredIsNotHeld() { using (LooseHold.Over(gate)) _n = 1; } //~ MML2004
            public void DeferredThenTaken() { using var h = LooseHold.Over(gate); h.Retake(); _n = 1; }
            public void DeferredThenLockedByHand() { using var h = LooseHold.Over(gate); gate.Lock(); _n = 1; }
            public void DeferredNeverTaken() { using var h = LooseHold.Over(gate); }
            public void ReleasedEarly() { using var h = LooseHold.Take(gate); _n = 1; h.Release(); _n = 2; } //~ MML2004
            public void ReleasedEarlyKept() { using var h = LooseHold.Take(gate); _n = 1; h.Release(); }
            public void ReleasedAndRetaken() { using var h = LooseHold.Take(gate); h.Release(); h.Retake(); _n = 1; }
            public void ReleasedTwice() { using var h = LooseHold.Take(gate); h.Release(); h.Release(); } //~ MML2005
            public void RetakenTwice() { using var h = LooseHold.Take(gate); h.Retake(); } //~ MML1004
            public void RetakenByTry() { using var h = LooseHold.Take(gate); h.Release(); if (h.TryRetake()) _n = 1; }
            public void RetakenByTryWrong() { using var h = LooseHold.Take(gate); h.Release(); if (!h.TryRetake()) _n = 1; } //~ MML2004
            public void ReleasedInABranch(bool b) { using var h = LooseHold.Take(gate); if (b) h.Release(); if (!b) _n = 1; }
            public void NeverDisposed() { var h = LooseHold.Take(gate); _n = 1; } //~ MML2006
            public void ReleasedByHandNeverDisposed() { var h = LooseHold.Take(gate); h.Release(); }
            public void TryGuard() { using var h = LooseHold.Try(gate); if (h != null) _n = 1; }
            public void TryGuardPattern() { using var h = LooseHold.Try(gate); if (h is not null) _n = 1; }
            public void TryGuardPatternVariable() { using (var h = LooseHold.Try(gate)) { if (h is { } held) _n = 1; } }
            public void TryGuardWrong() { using var h = LooseHold.Try(gate); _n = 1; } //~ MML2004
            public void TryGuardReturn() { using var h = LooseHold.Try(gate); if (h == null) return; _n = 1; }
            public void DisposedTwice() { var h = LooseHold.Take(gate); h.Dispose(); h.Dispose(); }
            public void DisposedThenWrites() { var h = LooseHold.Take(gate); h.Dispose(); _n = 1; } //~ MML2004
        }
        """);

    [Fact]
    public Task ReturnedGuard_NeedsAcquires() => LockScene.Marked("""
        public sealed class Travel(Gate gate)
        {
            [GuardedBy("gate")] private int _n;
            public Hold Leaks() { return new Hold(gate); } //~ MML2006
            public Hold LeaksByArrow() => new Hold(gate); //~ MML2006
            public Hold LeaksALocal()
            {
                var h = new Hold(gate);
                return h; //~ MML2006
            }
            [Acquires("gate")] public Hold Hands() => new Hold(gate);
            [Acquires("gate")] public Hold HandsALocal() { var h = new Hold(gate); _n = 1; return h; }
            [Acquires("gate")] public Hold HandsOn() => Hands();
            [Acquires("gate")] public Hold? Nothing() { return null; } //~ MML2009
            [TryAcquires("gate", On = Outcome.NotNull)] public LooseHold? TryHands() => LooseHold.Try(gate);
            [TryAcquires("gate", On = Outcome.NotNull)] public Hold? TryMakes() { if (!gate.TryLock()) return null; gate.Unlock(); return new Hold(gate); }
            public void Uses() { using var h = Hands(); _n = 1; }
            public void UsesStatement() { using (Hands()) _n = 1; _n = 2; } //~ MML2004
            public void Drops() { Hands(); } //~ MML2006
            public void Disposes() { Hands().Dispose(); }
            public void Locals() { Hold h = Hands(); try { _n = 1; } finally { h.Dispose(); } }
            public void Copies() { var h = Hands(); using (h) _n = 1; }
            public void Moves() { var h = Hands(); var g = h; g.Dispose(); }
            public void Conditional(bool b) { using var h = b ? Hands() : null; if (b) _n = 1; }
            public void UsesTry() { using var h = TryHands(); if (h != null) _n = 1; }
            private Hold? _kept;
            public void Stores() { _kept = new Hold(gate); } //~? MML2006
        }
        """);

    [Fact]
    public Task Guard_OfEveryShape() => LockScene.Marked("""
        public sealed class Shapes(Gate gate, RwSem sem)
        {
            [GuardedBy("gate")] private int _n;
            [GuardedBy("sem")] private int _m;
            public void Stack() { using var h = new StackHold(gate); _n = 1; }
            public void StackStatement() { using (new StackHold(gate)) _n = 1; _n = 2; } //~ MML2004
            public void StackByHand() { var h = new StackHold(gate); _n = 1; h.Dispose(); }
            public void StackKept() { var h = new StackHold(gate); } //~ MML2006
            public void Read() { using var h = new ReadHold(sem); Outside.Use(_m); _m = 1; } //~ MML2004
            public void ReadReleasedByHand() { using var h = new ReadHold(sem); sem.UpRead(); }
            public void NullGuard() { Hold? h = null; h?.Dispose(); using (h) Outside.Use(1); }
            public void Discarded() { _ = new Hold(gate); } //~ MML2006
            public async Task Awaits(Task t) { using var h = new Hold(gate); await t; } //~ MML2014
            public async Task AwaitsAfter(Task t) { using (new Hold(gate)) _n = 1; await t; }
            public void Nested(Gate other) { using (new Hold(gate)) { using (new Hold(other)) Outside.Use(1); _n = 1; } } //~? MML1003
            public void InLoop(int[] xs) { foreach (var x in xs) { using var h = new Hold(gate); if (x == 1) continue; if (x == 2) break; if (x == 3) return; _n = x; } }
            public void TryFinally() { Hold? h = null; try { h = new Hold(gate); _n = 1; } finally { h?.Dispose(); } }
            public void TryFinallyChecked() { Hold? h = null; try { h = new Hold(gate); _n = 1; } finally { if (h != null) h.Dispose(); } }
            public void LocalFunctionUse() { using var h = new Hold(gate); Set(); void Set() { _n = 1; } }
            public void SwitchGuard(int k) { using Hold? h = k switch { 1 => new Hold(gate), _ => null }; if (k == 1) _n = 1; }
        }
        """);

    [Fact]
    public Task OwnGuard_IsCheckedInsideToo() => LockScene.Marked("""
        [ScopedLock]
        public sealed class Own : IDisposable
        {
            private readonly Gate _gate;
            [Acquires("gate")] public Own(Gate gate) { _gate = gate; gate.Lock(); }
            public void Dispose() => _gate.Unlock();
        }
        [ScopedLock]
        public ref struct OwnStack
        {
            private readonly Gate _gate;
            [Acquires("gate")] public OwnStack(Gate gate) { _gate = gate; _gate.Lock(); }
            public void Dispose() { _gate.Unlock(); }
        }
        [ScopedLock]
        public struct OwnFlag : IDisposable
        {
            private Gate? _gate;
            [Acquires("gate")] public OwnFlag(Gate gate) { _gate = gate; gate.Lock(); }
            public void Dispose() { if (_gate != null) { _gate.Unlock(); _gate = null; } }
        }
        public sealed class Forgets : IDisposable
        {
            [Acquires("gate")] public Forgets(Gate gate) { } //~ MML2009
            public void Dispose() { }
        }
        public sealed class User(Gate gate)
        {
            [GuardedBy("gate")] private int _n;
            public void A() { using var o = new Own(gate); _n = 1; }
            public void B() { using (new OwnStack(gate)) _n = 1; }
            public void C() { using (new OwnFlag(gate)) _n = 1; }
        }
        """);

    [Fact]
    public Task FactoryOfTheLock_MakesAGuard() => LockScene.Marked("""
        public sealed class Enter(Gate gate)
        {
            [GuardedBy("gate")] private int _n;
            public void A() { using (gate.Enter()) _n = 1; }
            public void B() { using var _ = gate.Enter(); _n = 1; }
            public void C() { gate.Enter(); _n = 1; } //~ MML2006
            public void D() { using (gate.Enter()) using (gate.Enter()) _n = 1; } //~ MML1004
        }
        """);
}
