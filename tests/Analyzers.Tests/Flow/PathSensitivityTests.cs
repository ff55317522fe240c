using System.Threading.Tasks;
using MmLock.Analyzers.Tests.Rules;
using Xunit;

namespace MmLock.Analyzers.Tests.Flow;

/// <summary>Facts that tell paths apart.</summary>
public sealed class PathSensitivityTests
{
    [Fact]
    public Task Flag_TellsPathsApart() => LockScene.Marked("""
        public sealed class Flags(Gate gate)
        {
            [GuardedBy("gate")] private int _n;
            private readonly bool _locking;
            private bool _mutable;
            public void ParameterFlag(bool locked) { if (!locked) gate.Lock(); Outside.Use(1); if (!locked) gate.Unlock(); }
            public void EnumFlag(Bid b) { if (b == Bid.Won) gate.Lock(); Outside.Use(1); if (b == Bid.Won) gate.Unlock(); }
            public void IntFlag(int k) { if (k == 3) gate.Lock(); if (k == 3) gate.Unlock(); }
            public void IntOther(int k) { if (k == 3) gate.Lock(); if (k == 4) gate.Unlock(); } //~ MML2005 MML2006
            public void ReadonlyField() { if (_locking) gate.Lock(); if (_locking) gate.Unlock(); }
            public void MutableField() { if (_mutable) gate.Lock(); Outside.Use(1); if (_mutable) gate.Unlock(); } //~? MML2005 MML2006
            public void NullFlag(object? o) { if (o != null) gate.Lock(); if (o != null) gate.Unlock(); }
            public void TypeFlag(object o) { var isString = o is string; if (isString) gate.Lock(); if (isString) gate.Unlock(); }
            public void Combined(bool a, bool b) { var both = a && b; if (both) gate.Lock(); if (both) _n = 1; if (both) gate.Unlock(); }
            public void CombinedAgain(bool a, bool b) { if (a && b) gate.Lock(); if (a && b) gate.Unlock(); }
            public void OrAgain(bool a, bool b) { if (a || b) gate.Lock(); if (a || b) gate.Unlock(); }
            public void ElseIf(int k) { if (k == 1) gate.Lock(); else if (k == 2) gate.Lock(); else return; gate.Unlock(); }
            public void CountFlag() { int held = 0; if (Outside.Flip()) { gate.Lock(); held = 1; } if (held != 0) gate.Unlock(); }
            public void StateFlag() { var state = "free"; if (Outside.Flip()) { gate.Lock(); state = "held"; } if (state == "held") gate.Unlock(); }
            public void SwitchTwice(int k) { switch (k) { case 1: gate.Lock(); break; case 2: gate.Lock(); break; } switch (k) { case 1: case 2: gate.Unlock(); break; } }
            public void LockedLocal(Gate? g) { Gate? held = null; if (g != null && Outside.Flip()) { g.Lock(); held = g; } held?.Unlock(); }
            public void NullableFlag() { bool? held = null; if (Outside.Flip()) { gate.Lock(); held = true; } if (held == true) gate.Unlock(); }
            public void NullableHasValue() { int? held = null; if (Outside.Flip()) { gate.Lock(); held = 1; } if (held.HasValue) gate.Unlock(); }
            public void Changed(bool b) { if (b) gate.Lock(); b = Outside.Flip(); if (b) gate.Unlock(); } //~ MML2005 MML2006
            public void CapturedLocalFunction() { bool held = false; void Take() { held = true; } if (Outside.Flip()) { gate.Lock(); Take(); } if (held) gate.Unlock(); } //~? MML2006
            public void ByRefFlag() { bool held = false; if (Outside.Flip()) { gate.Lock(); Set(ref held); } if (held) gate.Unlock(); } //~? MML2005 MML2006
            private static void Set(ref bool b) { b = true; }
        }
        """);

    [Fact]
    public Task ConditionalRelease_IsLookedAt() => LockScene.Marked("""
        public sealed class RelOn(Gate gate)
        {
            [Releases("gate", On = Outcome.True), NoLockAnalysis("x")] public bool MaybeRelease() => true;
            public void Looked() { gate.Lock(); if (!MaybeRelease()) gate.Unlock(); }
            public void Ignored() { gate.Lock(); MaybeRelease(); } //~ MML2006
            public void NotHeld() { if (MaybeRelease()) Outside.Use(1); } //~ MML2005
        }
        """);

    [Fact]
    public Task ConditionalAccess_IsRememberedAsACondition() => LockScene.Marked("""
        class Node
        {
            public Gate? Gate;
            public Node? Next;
            public readonly Gate Own = new();

            public void Chain(Node? node) { node?.Gate?.Lock(); node?.Gate?.Unlock(); }
            public void ChainOfObjects(Node? node) { node?.Next?.Own.Lock(); node?.Next?.Own.Unlock(); }
            public void Pattern(Node? node) { if (node?.Next is { } next) next.Own.Lock(); if (node?.Next is { } again) again.Own.Unlock(); }
            public void NeverGiven(Node? node) { node?.Gate?.Lock(); } //~ MML2006
            public void NeverTaken(Node? node) { node?.Gate?.Unlock(); } //~ MML2005
        }
        """);

    [Fact]
    public Task ConditionalAccess_IsNamedInFull() => LockScene.Told("""
        class Node
        {
            public readonly Gate Gate = new();
            public Node? Next;
            public void NeverTaken(Node? node) { node?.Next?{|#0:.Gate.Unlock()|}; }
        }
        """,
        LockScene.Finding("MML2005").At(0).Saying("'node.Next.Gate'"));

    [Fact]
    public Task BackPointerComparedWithTheOwner_NamesItsLock() => LockScene.Marked("""
        public sealed class Mm { public readonly Gate Lock = new(); public readonly List<Area> Areas = new(); public Area[] Table = new Area[4]; public Area? Head; }
        public sealed class Area { public readonly Mm Mm = new(); [GuardedBy("Mm.Lock")] public int Start; public Area? Next; }
        public static class Walks
        {
            [MustHold("mm.Lock")] public static void Given(Mm mm, Area area) { if (area.Mm != mm) return; area.Start = 1; }
            [MustHold("mm.Lock")] public static void OfAList(Mm mm) { foreach (var area in mm.Areas) { if (area.Mm != mm) continue; area.Start = 1; } }
            [MustHold("mm.Lock")] public static void OfATable(Mm mm, int i) { var area = mm.Table[i]; if (area.Mm == mm) area.Start = 1; }
            [MustHold("mm.Lock")] public static void OfAChain(Mm mm) { for (var area = mm.Head; area != null; area = area.Next) { if (area.Mm != mm) continue; area.Start = 1; } }
            [MustHold("mm.Lock")] public static void NotCompared(Mm mm) { mm.Head!.Start = 1; } //~ MML2004
            [MustHold("mm.Lock")] public static void FoundDifferent(Mm mm) { var area = mm.Head!; if (area.Mm == mm) return; area.Start = 1; } //~ MML2004
            public static void LockedThroughIt(Mm mm) { var area = mm.Head!; if (area.Mm != mm) return; area.Mm.Lock.Lock(); area.Start = 1; mm.Lock.Unlock(); }
        }
        """);

    [Fact]
    public Task SameLock_HoldsInBothDirections() => LockScene.Marked("""
        [SameLock("Lock", "Head.Mm.Lock"), SameLock("Table[*].Mm.Lock", "Lock")]
        public sealed class Mm { public readonly Gate Lock = new(); public Area[] Table = new Area[4]; public Area? Head; }
        [SameLock("Mm.Lock", "Next.Mm.Lock")]
        public sealed class Area { public readonly Mm Mm = new(); [GuardedBy("Mm.Lock")] public int Start; public Area? Next; }
        public static class Walks
        {
            [MustHold("mm.Lock")] public static void First(Mm mm) { mm.Head!.Start = 1; }
            [MustHold("mm.Lock")] public static void Second(Mm mm) { mm.Head!.Next!.Start = 1; }
            [MustHold("mm.Lock")] public static void Indexed(Mm mm, int i) { mm.Table[i].Start = 1; }
            [MustHold("area.Mm.Lock")] public static void Neighbour(Area area) { area.Next!.Start = 1; }
            public static void Taken(Mm mm) { mm.Head!.Mm.Lock.Lock(); mm.Table[0].Start = 1; mm.Lock.Unlock(); }
            public static void TakenTwice(Mm mm) { mm.Lock.Lock(); mm.Table[0].Mm.Lock.Lock(); mm.Lock.Unlock(); } //~ MML1004
            public static void NotTaken(Mm mm) { mm.Head!.Start = 1; } //~ MML2004
            [MustHold("mm.Lock")] public static void OfAnother(Mm mm, Area area) { area.Start = 1; } //~ MML2004
        }
        """);
}
