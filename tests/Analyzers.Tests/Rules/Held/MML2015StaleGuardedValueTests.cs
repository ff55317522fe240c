using System.Threading.Tasks;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Held;

/// <summary>A value is used after its guard was let go.</summary>
public sealed class MML2015StaleGuardedValueTests
{
    [Fact]
    public Task StaleValue_IsReported() => LockScene.Marked("""
        public sealed class Zone { public readonly Gate Lock = new(); [GuardedBy("Lock")] public int Pages; public int Id; }
        public sealed class Stale
        {
            private readonly Gate _gate = new();
            [GuardedBy("_gate")] private Zone _zone = new();
            [GuardedBy("_gate")] private int _count;
            [StableUnder("_gate", Optimistic = true)] private Zone? _opt;
            public void LockedThrough() { _gate.Lock(); var z = _zone; _gate.Unlock(); z.Lock.Lock(); z.Lock.Unlock(); } //~ MML2015
            public void Idiom()
            {
                while (true)
                {
                    _gate.Lock(); var z = _zone; _gate.Unlock();
                    z.Lock.Lock();
                    _gate.Lock();
                    if (z == _zone) { _gate.Unlock(); z.Lock.Unlock(); return; }
                    _gate.Unlock();
                    z.Lock.Unlock();
                }
            }
            public void WrittenBack() { _gate.Lock(); var c = _count; _gate.Unlock(); _gate.Lock(); _count = c + 1; _gate.Unlock(); } //~ MML2015
            public void WrittenBackSame() { _gate.Lock(); var c = _count; _count = c + 1; _gate.Unlock(); }
            public void AsCondition() { _gate.Lock(); var c = _count; _gate.Unlock(); _gate.Lock(); if (c > 3) _count = 0; _gate.Unlock(); }
            public void Compared() { _gate.Lock(); var c = _count; _gate.Unlock(); _gate.Lock(); if (c == _count) _count = c + 1; _gate.Unlock(); }
            public void OtherField(int[] sink) { _gate.Lock(); var c = _count; _gate.Unlock(); sink[0] = c; }
            public int Returned() { _gate.Lock(); var c = _count; _gate.Unlock(); return c; }
            public void FollowedOnly() { _gate.Lock(); var z = _zone; _gate.Unlock(); Outside.Use(z.Id); }
            public void Optimistic() { var z = _opt; if (z != null) Outside.Use(z.Id); } //~ MML2015
            public void OptimisticNull() { Outside.Use(_opt == null ? 1 : 2); }
            public void OptimisticUnder() { _gate.Lock(); var z = _opt; if (z != null) Outside.Use(z.Id); _gate.Unlock(); }
            [Drops("_gate"), NoLockAnalysis("x")] public void Wait() { }
            public void AcrossDrops() { _gate.Lock(); var z = _zone; Wait(); Outside.Use(z.Id); _gate.Unlock(); } //~ MML2015
            public void AcrossDropsReread() { _gate.Lock(); var z = _zone; Wait(); z = _zone; Outside.Use(z.Id); _gate.Unlock(); }
            public void AcrossDropsCompared() { _gate.Lock(); var z = _zone; Wait(); if (z == _zone) Outside.Use(z.Id); _gate.Unlock(); }
            public void AcrossWaitWrittenBack() { lock (_m) { var n = _plain; Monitor.Wait(_m); _plain = n + 1; } } //~ MML2015
            private readonly object _m = new();
            [GuardedBy("_m")] private int _plain;
        }
        """);

    [Fact]
    public Task ValueUnderItsGuard_IsQuiet() => LockScene.Marked("""
        public sealed class Zone { public readonly Gate Lock = new(); }
        public sealed class Fresh
        {
            private readonly Gate _gate = new();
            [GuardedBy("_gate")] private Zone _zone = new();
            public void LockedThroughUnderGuard() { _gate.Lock(); var z = _zone; z.Lock.Lock(); z.Lock.Unlock(); _gate.Unlock(); }
            public void ReadAgain() { _gate.Lock(); var z = _zone; _gate.Unlock(); _gate.Lock(); z = _zone; z.Lock.Lock(); z.Lock.Unlock(); _gate.Unlock(); }
        }
        """);

    [Fact]
    public Task Finding_SaysWhatAndWhere() => LockScene.Told(
        """
        public sealed class Story
        {
            private readonly Gate _a = new();
            [GuardedBy("_a")] private int _n;
            public void V() { _a.Lock(); var n = {|#1:_n|}; {|#2:_a.Unlock()|}; _a.Lock(); {|#0:_n|} = n + 1; _a.Unlock(); }
        }
        """,
        LockScene.Finding("MML2015").At(0).WithPlaces(1, 2).WithMessage(
            "The value of 'Story._n', read under '_a' (class 'Story._a') that was let go since, is stale here: it flows into what is written back"));
}
