using System.Threading.Tasks;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Held;

/// <summary>A call holds what its contract excludes.</summary>
public sealed class MML2002ExcludedLockHeldTests
{
    [Fact]
    public Task Excluded_InEveryMode() => LockScene.Marked("""
        public sealed class Excl
        {
            private readonly Gate _a = new();
            private readonly Gate _b = new();
            private readonly RwSem _sem = new();
            private readonly NestGate _nest = new();
            [MustNotHold("_a")] public void NotA() { }
            [MustNotHold("_a", "_b")] public void Neither() { }
            [MustNotHold("_sem")] public void NotSem() { }
            [MustNotHold("@rcu")] public void NotInReader() { }
            [MustNotHold("@irq")] public void NotIrqOff() { }
            [MustNotHold("_nest")] public void NotNest() { }
            [MustNotHold("@preempt")] public void NotAtomic() { }
            [MustNotHold("_a")] public int Prop => 1;
            public void M1() { _a.Lock(); NotA(); _a.Unlock(); } //~ MML2002
            public void M2() { _b.Lock(); Neither(); _b.Unlock(); } //~ MML2002
            public void M3() { _sem.DownRead(); NotSem(); _sem.UpRead(); } //~ MML2002
            public void M4() { Rcu.ReadLock(); NotInReader(); Rcu.ReadUnlock(); } //~ MML2002
            public void M5() { Irq.Disable(); NotIrqOff(); Irq.Enable(); } //~ MML2002
            public void M6() { _nest.Lock(); NotNest(); _nest.Unlock(); } //~ MML2002
            public void M7() { _a.Lock(); Outside.Use(Prop); _a.Unlock(); } //~ MML2002
            public void M8(bool b) { if (b) _a.Lock(); NotA(); if (b) _a.Unlock(); } //~ MML2002
            public void M9() { _a.Lock(); _b.Lock(); Neither(); _b.Unlock(); _a.Unlock(); } //~ MML2002
            public void M10(Spin s) { s.Lock(); NotAtomic(); s.Unlock(); } //~ MML2002
            [MustHold("_a")] public void M11() { NotA(); } //~ MML2002
            public void K1() { NotA(); _a.Lock(); _a.Unlock(); NotA(); }
            public void K2() { if (!_a.TryLock()) { NotA(); return; } _a.Unlock(); }
            [MustNotHold("_a")] public void K3() { NotA(); _a.Lock(); _a.Unlock(); }
            public void K4(Excl other) { other._a.Lock(); NotA(); other._a.Unlock(); }
        }
        """);

    [Fact]
    public Task Finding_SaysWhatAndWhere() => LockScene.Told(
        """
        public sealed class Story
        {
            private readonly Gate _a = new();
            [{|#2:MustNotHold("_a")|}] public void Not() { }
            public void M() { {|#1:_a.Lock()|}; {|#0:Not()|}; _a.Unlock(); }
        }
        """,
        LockScene.Finding("MML2002").At(0).WithPlaces(1, 2).WithMessage(
            "Calling 'Story.Not' is not allowed while holding '_a' (class 'Story._a')"));

    [Fact]
    public Task PrivateChain_AsksItsCallersNotToHold() => LockScene.Marked("""
        class Worker
        {
            readonly Gate gate = new();
            readonly object plain = new();

            [MustNotHold("gate")] public void Wait() { }
            [MustNotHold("plain")] public void WaitPlain() { }

            private void Step() => Wait();
            private void Steps() => Step();
            private static void StepOf(Worker worker) => worker.Wait();
            private void StepPlain() => WaitPlain();

            // Lets its caller's lock go around the call.
            private void StepOutside()
            {
                Monitor.Exit(plain);
                WaitPlain();
                Monitor.Enter(plain);
            }

            public void Held() { gate.Lock(); Step(); gate.Unlock(); } //~ MML2002
            public void HeldAbove() { gate.Lock(); Steps(); gate.Unlock(); } //~ MML2002
            public void HeldHere() { gate.Lock(); StepOf(this); gate.Unlock(); } //~ MML2002
            public void HeldOfAnother(Worker other) { gate.Lock(); StepOf(other); gate.Unlock(); }
            public void HeldPlain() { lock (plain) StepPlain(); } //~ MML2002
            public void LetGoBelow() { lock (plain) StepOutside(); }
            public void Free() { Steps(); StepOf(this); }

            public void ByALocalFunction()
            {
                void Inner() => Wait();
                Inner();
                gate.Lock();
                Inner(); //~ MML2002
                gate.Unlock();
            }

            // It asks for nothing to be held: it may run some other time.
            public void Later() { Outside.Later(Step); }
        }
        """);

    [Fact]
    public Task PrivateChain_IsNamed() => LockScene.Told("""
        class Worker
        {
            readonly Gate gate = new();
            [{|#1:MustNotHold("gate")|}] public void Wait() { }
            private void Step() => {|#3:Wait()|};
            public void Held() { {|#2:gate.Lock()|}; {|#0:Step()|}; gate.Unlock(); }
        }
        """,
        LockScene.Finding("MML2002").At(0).Saying("'Worker.Step'", "through 'Worker.Wait'", "'gate' (class 'Worker.gate')").WithPlaces(2, 3, 1));
}
