using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Held;

/// <summary>A member leaves a lock held that its contract does not mention.</summary>
public sealed class MML2006HeldAtExitTests
{
    [Fact]
    public Task Exit_OfEveryKindOfMember() => LockScene.Marked("""
        public sealed class Leaves
        {
            private readonly Gate _a = new();
            private readonly Gate _b = new();
            public void Two() { _a.Lock(); _b.Lock(); } //~ MML2006
            public int TwoReturns(bool b)
            {
                _a.Lock();
                if (b)
                    return 1; //~ MML2006
                return 2; //~ MML2006
            }
            public int Expression() => LockAndCount(); //~ MML2006
            [Acquires("_a")] public int LockAndCount() { _a.Lock(); return 1; }
            public int Prop { get { _a.Lock(); return 1; } } //~ MML2006
            public int Init { init { _a.Lock(); } } //~ MML2006
            public Leaves() { _a.Lock(); } //~ MML2006
            public Leaves(int x) : this() { Outside.Use(x); }
            ~Leaves() { _b.Lock(); } //~ MML2006
            static readonly Gate s_gate = new();
            static Leaves() { s_gate.Lock(); } //~ MML2006
            public static Leaves operator -(Leaves l) { l._a.Lock(); return l; } //~ MML2006
            public event Action E { add { _a.Lock(); } remove { } } //~ MML2006
            public void Local() { void Inner() { _a.Lock(); } } //~? MML2006
            public void Lambda() { Action a = () => _a.Lock(); a.Invoke(); } //~ MML2006
            public IEnumerable<int> Iterator() { _a.Lock(); _a.Unlock(); yield return 1; }
            public IEnumerable<int> IteratorKeeps() { yield return 1; _a.Lock(); } //~ MML2006
            public async Task Async() { await Task.Yield(); _a.Lock(); } //~ MML2006
        }
        """);

    [Fact]
    public Task AssertedLock_MayBeReleasedOrKept() => LockScene.Marked("""
        public sealed class Asserted
        {
            private readonly Gate _gate = new();
            private readonly RwSem _sem = new();
            [GuardedBy("_gate")] private int _n;
            public void Kept() { _gate.AssertHeld(); _n = 1; }
            public void Released() { _gate.AssertHeld(); _gate.Unlock(); }
            public void ReleasedInABranch(bool b) { _gate.AssertHeld(); if (b) _gate.Unlock(); }
            public void AfterRelease() { _gate.AssertHeld(); _gate.Unlock(); _n = 1; } //~ MML2004
            public void TakenAgain() { _gate.AssertHeld(); _gate.Lock(); } //~ MML1004
            public void BeforeTheAssertion() { _n = 1; _gate.AssertHeld(); } //~ MML2004
            public void Relocked() { _gate.AssertHeld(); _gate.Unlock(); _gate.Lock(); }
            public void Free() { _gate.Lock(); _gate.AssertFree(); _n = 1; } //~ MML2004
            public void FreeThenRelease() { _gate.Lock(); _gate.AssertFree(); _gate.Unlock(); } //~ MML2005
            public void Shared() { _sem.AssertReading(); _sem.UpRead(); }
            public void AssertedInABranch(bool b) { if (b) _gate.AssertHeld(); _n = 1; } //~ MML2004
            public void LockedAndAsserted() { _gate.Lock(); _gate.AssertHeld(); _gate.Unlock(); }
            public void LockedAndAssertedKept() { _gate.Lock(); _gate.AssertHeld(); } //~ MML2006
        }
        """);

    [Fact]
    public Task TopLevelStatements_AreABody() => LockScene.Marked("""
        var gate = new Gate();
        gate.Lock();
        gate.Lock(); //~ MML1004
        gate.Unlock();
        if (args.Length > 1)
            return 1;
        lock (gate) Outside.Use(1); //~? MML9002
        Local();
        return 0;
        void Local() { gate.Lock(); gate.Unlock(); }
        """, outputKind: OutputKind.ConsoleApplication);

    [Fact]
    public Task TopLevelReturn_IsAnExit() => LockScene.Marked("""
        var gate = new Gate();
        gate.Lock();
        if (args.Length > 1)
            return; //~ MML2006
        gate.Unlock();
        """, outputKind: OutputKind.ConsoleApplication);

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(40)]
    public Task NestedReentrantLock_IsCountedHoweverDeep(int depth) => LockScene.Marked($$"""
        public sealed class Deep
        {
            private readonly object _gate = new();
            public void Balanced(bool[] b, int n)
            {
                {{string.Concat(Enumerable.Range(0, depth).Select(i => $"if (b[{i}]) {{ System.Threading.Monitor.Enter(_gate);\n"))}}
                for (int i = 0; i < n; i++)
                {
                    System.Threading.Monitor.Enter(_gate);
                    System.Threading.Monitor.Exit(_gate);
                }
                {{string.Concat(Enumerable.Range(0, depth).Select(i => "System.Threading.Monitor.Exit(_gate); }\n"))}}
            }
            public void OneTooFew()
            {
                {{string.Concat(Enumerable.Range(0, depth).Select(i => "System.Threading.Monitor.Enter(_gate);\n"))}}
                {{string.Concat(Enumerable.Range(1, depth - 1).Select(i => "System.Threading.Monitor.Exit(_gate);\n"))}}
            } //~ MML2006
        }
        """);

    [Fact]
    public Task Finding_SaysWhatAndWhere() => LockScene.Told(
        """
        public sealed class Story
        {
            private readonly Gate _a = new();
            public void N() { {|#1:_a.Lock()|}; {|#0:}|}
        }
        """,
        LockScene.Finding("MML2006").At(0).WithPlaces(1).WithMessage(
            "Returns holding '_a' (class 'Story._a'), which the contract does not hand to the caller"));
}
