using System.Threading.Tasks;
using MmLock.Analyzers.Tests.Rules;
using Xunit;

namespace MmLock.Analyzers.Tests.Flow;

/// <summary>Preconditions of private members, inferred.</summary>
public sealed class InferenceTests
{
    [Fact]
    public Task PrivateMember_IsJudgedAtItsCallers() => LockScene.Marked("""
        public sealed class Infer
        {
            private readonly Gate _gate = new();
            private readonly RwSem _sem = new();
            private readonly Spin _spin = new();
            [GuardedBy("_gate")] private int _n;
            [GuardedBy("_sem")] private int _m;
            private void W() { _n = 1; }
            private int R() => _n;
            private int Reads() => _m;
            private void Writes() { _m = 1; }
            private int P { get => _n; set => _n = value; }
            private int this[int i] { get => _n + i; set => _n = value; }
            private static int S(Infer i) => i._n;
            private static void SOut(Infer i, out int x) { x = i._n; }
            private T Generic<T>(T t) { _n = 2; return t; }
            private void TwoChains() { W(); Reads(); }
            public void A() { W(); } //~ MML2001
            public void B() { Outside.Use(R()); } //~ MML2001
            public void C() { P = 1; } //~ MML2001
            public void D() { P++; } //~ MML2001
            public void E() { this[0] = this[1]; } //~ MML2001 MML2001
            public void F() { S(this); } //~ MML2001
            public void G(Infer other) { _gate.Lock(); S(other); _gate.Unlock(); } //~ MML2001
            public void H() { Generic("x"); } //~ MML2001
            public void I() { TwoChains(); } //~ MML2001
            public void J() { _sem.DownRead(); Reads(); Writes(); _sem.UpRead(); } //~ MML2001
            public void K() { SOut(this, out var x); } //~ MML2001
            public void Kept() { _gate.Lock(); W(); P = R(); this[1] = 2; S(this); Generic(1); SOut(this, out _); _sem.DownRead(); TwoChains(); _sem.UpRead(); _gate.Unlock(); }
            private void ReleasesFirst() { _gate.Lock(); _n = 1; _gate.Unlock(); }
            public void L() { ReleasesFirst(); }
            private void Conditional(bool b) { if (b) W(); }
            public void M() { Conditional(true); } //~ MML2001
            private void NoEscape() { try { W(); } finally { Outside.Use(1); } }
            public void N() { NoEscape(); } //~ MML2001
            private void Loops() { for (int i = 0; i < 3; i++) W(); }
            public void O() { Loops(); } //~ MML2001
            private void CalledByNobody() { _n = 1; }
            internal void Internal() { _n = 1; } //~ MML2004
            protected internal void ProtectedInternal() { W(); } //~ MML2001
            private void WithContract([LockClass("q")] Gate g) { W(); }
            public void Q(Gate g) { WithContract(g); } //~ MML2001
            [MustNotHold("_sem")] private void OwnContract() { _n = 1; } //~ MML2004
            private async Task Async() { _n = 1; await Task.Yield(); }
            public async Task CallsAsync() { await Async(); } //~ MML2001
            private IEnumerable<int> Iterator() { yield return _n; }
            public void CallsIterator() { foreach (var x in Iterator()) Outside.Use(x); } //~ MML2001|MML2003
            private void Recursive(int k) { if (k > 0) Recursive(k - 1); else W(); }
            public void R1() { Recursive(2); } //~ MML2001
            private void NeedsOnlyAfterBranch(bool b) { if (b) { _gate.Lock(); W(); _gate.Unlock(); } }
            public void S1() { NeedsOnlyAfterBranch(true); }
            private void NeedsContext() { NeedRcu(); }
            [MustHold("@rcu")] private void NeedRcu() { }
            public void T() { NeedsContext(); } //~ MML2001
            public void T2() { Rcu.ReadLock(); NeedsContext(); Rcu.ReadUnlock(); }
            private void NeedsAny() { Any(); }
            [MustHoldAny("_gate", "_sem")] private void Any() { }
            public void U() { NeedsAny(); } //~ MML2001
            public void U2() { _sem.DownRead(); NeedsAny(); _sem.UpRead(); }
            private void Excludes() { NotGate(); }
            [MustNotHold("_gate")] public void NotGate() { }
            public void V() { _gate.Lock(); Excludes(); _gate.Unlock(); } //~? MML2002
        }
        """);

    [Fact]
    public Task OptionOff_IsJudgedInItself() => LockScene.Marked("""
        public sealed class NoInfer
        {
            private readonly Gate _gate = new();
            [GuardedBy("_gate")] private int _n;
            private void W() { _n = 1; } //~ MML2004
            public void A() { W(); }
            public void B() { _gate.Lock(); W(); _gate.Unlock(); }
        }
        """, editorConfig: "[*.cs]\nmmlock.infer_private_contracts = false");

    [Fact]
    public Task ExplicitImplementation_IsNotPrivate() => LockScene.Marked("""
        public interface IThing { void Do(); int Value { get; } }
        public sealed class Thing : IThing
        {
            private readonly Gate _gate = new();
            [GuardedBy("_gate")] private int _n;
            void IThing.Do() { _n = 1; } //~ MML2004
            int IThing.Value => _n; //~ MML2003
            private void W() { _n = 2; }
            private class Nested(Thing t) { public void M() { t.W(); } } //~ MML2001
            private class Nested2(Thing t) { private void M() { t.W(); } public void K() { t._gate.Lock(); M(); t._gate.Unlock(); } }
        }
        """);

    [Fact]
    public Task PartialMember_IsInferred() => LockScene.Marked("""
        public sealed partial class Part
        {
            private readonly Gate _gate = new();
            [GuardedBy("_gate")] private int _n;
            private partial void Hook();
            public void A() { Hook(); } //~ MML2001
        }
        public sealed partial class Part
        {
            private partial void Hook() { _n = 1; }
            [MustHold("_gate")] public partial void Declared();
            public void B() { Declared(); } //~ MML2001
        }
        public sealed partial class Part
        {
            public partial void Declared() { _n = 2; }
            public void C() { _gate.Lock(); Declared(); Hook(); _gate.Unlock(); }
        }
        """);
}
