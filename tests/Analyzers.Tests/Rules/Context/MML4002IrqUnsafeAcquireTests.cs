using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Rules.Context;

/// <summary>A class that interrupts take is taken, or kept, with interrupts on.</summary>
public sealed class MML4002IrqUnsafeAcquireTests
{
    [Fact]
    public Task TakenInHardirq_WantsInterruptsOff() => Marked("""
        class Story
        {
            public void Plain()
            {
                Declared.Hard.Lock(); //~ MML4002
                Declared.Hard.Unlock();
            }

            public void BottomHalvesAreNotEnough()
            {
                Declared.Hard.LockBh(); //~ MML4002
                Declared.Hard.UnlockBh();
            }

            public void Tried()
            {
                if (Declared.Hard.TryLock()) //~ MML4002
                    Declared.Hard.Unlock();
            }

            public void TriedWithInterruptsOff()
            {
                if (Declared.Hard.TryLockIrq())
                    Declared.Hard.UnlockIrq();
            }

            public void TriedAndSaved()
            {
                if (Declared.Hard.TryLockIrqSave(out var flags))
                    Declared.Hard.UnlockIrqRestore(flags);
            }

            public void ReadOrWritten()
            {
                Declared.HardRw.ReadLock(); //~? MML4002
                Declared.HardRw.ReadUnlock();
                Declared.HardRw.WriteLock(); //~ MML4002
                Declared.HardRw.WriteUnlock();
            }

            public void Scope()
            {
                using var held = new SpinGuard(Declared.Hard); //~ MML4002
            }

            public void IrqScope()
            {
                using var held = new SpinIrqGuard(Declared.Hard);
            }

            public void SavingScope()
            {
                using var held = new SpinIrqSaveGuard(Declared.Hard);
            }

            public void OnOnePath(bool off)
            {
                if (off)
                    Irq.Disable();
                Declared.Hard.Lock(); //~ MML4002
                Declared.Hard.Unlock();
                if (off)
                    Irq.Enable();
            }

            public void SecondRound(int rounds)
            {
                Irq.Disable();
                for (int i = 0; i < rounds; i++)
                {
                    Declared.Hard.Lock(); //~ MML4002
                    Declared.Hard.Unlock();
                    if (i == 3)
                        Irq.Enable(); //~? MML2005
                }
                Irq.Disable();
                Irq.Enable();
            }

            // A token waits for nobody, and nobody for it.
            public void Token()
            {
                Declared.HardToken.Take();
                Declared.HardToken.PutBack();
            }

            [RunsIn(ExecutionContext.Process)]
            public void Process()
            {
                Declared.Hard.Lock(); //~ MML4002
                Declared.Hard.Unlock();
            }

            [RunsIn(ExecutionContext.Softirq)]
            public void SoftHandler()
            {
                Declared.Hard.Lock(); //~ MML4002
                Declared.Hard.Unlock();
            }

            [RunsIn(ExecutionContext.Hardirq)]
            public void HardHandler()
            {
                Declared.Hard.Lock();
                Declared.Hard.Unlock();
            }

            // It is entered with interrupts on as well.
            [RunsIn(ExecutionContext.Any)]
            public void Anywhere()
            {
                Declared.Hard.Lock(); //~ MML4002
                Declared.Hard.Unlock();
            }

            [RunsIn(ExecutionContext.Any)]
            public void AnywhereSafely()
            {
                Declared.Hard.LockIrqSave(out var flags);
                Declared.Hard.UnlockIrqRestore(flags);
            }

            [MustHold("@irq")]
            public void CallerTurnedThemOff()
            {
                Declared.Hard.Lock();
                Declared.Hard.Unlock();
            }

            // Plain inside a section that is off already: lock_page_lruvec in __split_huge_page.
            public void PlainInside()
            {
                Declared.None.LockIrqSave(out var flags);
                Declared.Hard.Lock();
                Declared.Hard.Unlock();
                Declared.None.UnlockIrqRestore(flags);
            }
        }
        """);

    [Fact]
    public Task TakenInSoftirq_WantsBottomHalvesOff() => Marked("""
        class Story
        {
            public void Plain()
            {
                Declared.Soft.Lock(); //~ MML4002
                Declared.Soft.Unlock();
            }

            public void PreemptionIsNotEnough()
            {
                Preempt.Disable();
                Declared.Soft.Lock(); //~ MML4002
                Declared.Soft.Unlock();
                Preempt.Enable();
            }

            public void BottomHalves()
            {
                Declared.Soft.LockBh();
                Declared.Soft.UnlockBh();
                Bh.Disable();
                Declared.Soft.Lock();
                Declared.Soft.Unlock();
                Bh.Enable();
            }

            public void Interrupts()
            {
                Declared.Soft.LockIrq();
                Declared.Soft.UnlockIrq();
                Irq.Save(out var flags);
                Declared.Soft.Lock();
                Declared.Soft.Unlock();
                Irq.Restore(flags);
            }

            public void BottomHalvesNestByCount()
            {
                Bh.Disable();
                Bh.Disable();
                Bh.Enable();
                Declared.Soft.Lock();
                Declared.Soft.Unlock();
                Bh.Enable();
                Declared.Soft.Lock(); //~ MML4002
                Declared.Soft.Unlock();
            }

            [RunsIn(ExecutionContext.Softirq)]
            public void SoftHandler()
            {
                Declared.Soft.Lock();
                Declared.Soft.Unlock();
            }

            [MustHold("@bh")]
            public void Caller()
            {
                Declared.Soft.Lock();
                Declared.Soft.Unlock();
            }
        }
        """);

    [Fact]
    public Task InterruptsComeOnWhileItIsHeld_IsReportedThere() => Marked("""
        class Story
        {
            public void Enabled()
            {
                Declared.Hard.LockIrq();
                Irq.Enable(); //~ MML4002
                Declared.Hard.Unlock();
            }

            public void Restored()
            {
                Irq.Save(out var flags);
                Declared.Hard.Lock();
                Irq.Restore(flags); //~ MML4002
                Declared.Hard.Unlock();
            }

            public void UnlockOfTheOther()
            {
                Declared.None.LockIrq();
                Declared.Hard.Lock();
                Declared.None.UnlockIrq(); //~ MML4002
                Declared.Hard.Unlock();
            }

            public void BottomHalves()
            {
                Bh.Disable();
                Declared.Soft.Lock();
                Bh.Enable(); //~ MML4002
                Declared.Soft.Unlock();
            }

            public void InnerBottomHalves()
            {
                Bh.Disable();
                Bh.Disable();
                Declared.Soft.Lock();
                Bh.Enable();
                Declared.Soft.Unlock();
                Bh.Enable();
            }

            public void InnerRestore()
            {
                Irq.Save(out var outer);
                Irq.Save(out var inner);
                Declared.Hard.Lock();
                Irq.Restore(inner);
                Declared.Hard.Unlock();
                Irq.Restore(outer);
            }

            public void RightOrder()
            {
                Irq.Disable();
                Declared.Hard.Lock();
                Declared.Hard.Unlock();
                Irq.Enable();
            }

            public void UnlockedBeforeTheyComeOn()
            {
                Declared.Hard.LockIrqSave(out var flags);
                Declared.Hard.UnlockIrqRestore(flags);
            }
        }
        """);

    [Fact]
    public Task HeldOnEntry_MeansInterruptsAreOff() => Marked("""
        class Story
        {
            [MustHold("Declared.Hard")]
            public void Callee()
            {
                Declared.HardRw.WriteLock();
                Declared.HardRw.WriteUnlock();
            }

            [Releases("Declared.Hard")]
            public void LetsGo()
            {
                Declared.HardRw.WriteLock();
                Declared.HardRw.WriteUnlock();
                Declared.Hard.Unlock();
            }

            [MustHold("Declared.None")]
            public void HoldsAHarmlessOne()
            {
                Declared.HardRw.WriteLock(); //~ MML4002
                Declared.HardRw.WriteUnlock();
            }

            [MustHold("Declared.Hard")]
            public void TurnsThemOnAllTheSame()
            {
                Irq.Enable(); //~ MML4003
            }
        }
        """);

    [Fact]
    public Task ObservedInHandlers_IsJudgedAtBuild() => Marked("""
        class Device
        {
            readonly SpinLock lock1 = new(), lock2 = new(), soft = new(), any = new(), reader = new();
            readonly RwLock rw = new();

            [RunsIn(ExecutionContext.Hardirq)]
            public void Handler()
            {
                lock1.Lock();
                Deeper();
                lock1.Unlock();
                if (lock2.TryLock())
                    lock2.Unlock();
                rw.ReadLock();
                rw.ReadUnlock();
            }

            private void Deeper()
            {
                reader.Lock();
                reader.Unlock();
            }

            [RunsIn(ExecutionContext.Softirq)]
            public void SoftHandler()
            {
                soft.Lock();
                soft.Unlock();
            }

            [RunsIn(ExecutionContext.Any)]
            public void AnyContext()
            {
                any.Lock();
                any.Unlock();
            }

            public void Process()
            {
                lock1.Lock(); //~ MML4002
                lock1.Unlock();
                lock2.Lock(); //~ MML4002
                lock2.Unlock();
                reader.Lock(); //~ MML4002
                reader.Unlock();
                any.Lock(); //~ MML4002
                any.Unlock();
                soft.Lock(); //~ MML4002
                soft.Unlock();
                rw.WriteLock(); //~ MML4002
                rw.WriteUnlock();
            }

            // Two readers of a spinning lock never wait for each other.
            public void Readers()
            {
                rw.ReadLock();
                rw.ReadUnlock();
            }

            public void Safe()
            {
                lock1.LockIrq();
                lock1.UnlockIrq();
                lock2.LockIrqSave(out var flags);
                lock2.UnlockIrqRestore(flags);
                soft.LockBh();
                soft.UnlockBh();
                rw.WriteLockIrq();
                rw.WriteUnlockIrq();
                any.LockIrq();
                any.UnlockIrq();
            }

            public void KeptOn()
            {
                lock1.LockIrq();
                Irq.Enable(); //~ MML4002
                lock1.Unlock();
            }
        }
        """);

    [Fact]
    public Task ObservedUseIsStrongerThanDeclared_Counts() => Marked("""
        class Device
        {
            [LockClass("device", TakenIn = IrqContext.Softirq)] readonly SpinLock gate = new();

            [RunsIn(ExecutionContext.Hardirq)]
            public void Handler()
            {
                gate.Lock();
                gate.Unlock();
            }

            public void Process()
            {
                gate.LockBh(); //~ MML4002
                gate.UnlockBh();
            }

            public void Safe()
            {
                gate.LockIrq();
                gate.UnlockIrq();
            }
        }
        """);

    [Fact]
    public Task HandlerInAnotherType_IsSeenThroughItsCallees() => Marked("""
        static class Lru
        {
            public static readonly SpinLock Lock = new();

            public static void Rotate()
            {
                Lock.LockIrqSave(out var flags);
                Lock.UnlockIrqRestore(flags);
            }

            public static void AddUnsafely()
            {
                Lock.Lock(); //~ MML4002
                Lock.Unlock();
            }
        }

        class Writeback
        {
            // end_page_writeback -> rotate_reclaimable_page
            [RunsIn(ExecutionContext.Hardirq)]
            public void End() => Lru.Rotate();
        }
        """);

    [Fact]
    public Task EveryWayInterruptsComeToTakeIt() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public interface IHandler
        {
            [RunsIn(ExecutionContext.Hardirq)]
            void Isr();
            [RunsIn(ExecutionContext.Process)]
            void Work();
        }

        public class NicDriver : IHandler
        {
            readonly SpinLock l = new();
            public void Isr()
            {
                l.Lock();
                l.Unlock();
            }

            public void Work()
            {
                l.Lock(); //~ MML4002
                l.Unlock();
            }
        }

        [RunsIn(ExecutionContext.Hardirq)]
        public delegate void HardFn();
        [RunsIn(ExecutionContext.Process)]
        public delegate void ProcFn();
        [RunsIn(ExecutionContext.Softirq)]
        public delegate void SoftFn();
        public class Story
        {
            readonly SpinLock a = new(), b = new(), q = new(), w = new(), v = new(), u = new(), t1 = new(), t2 = new(), t3 = new();
            readonly RwLock rw = new(), rw2 = new();
            static int s;
            [RunsIn(ExecutionContext.Hardirq)]
            public void HandlerQ()
            {
                Q();
            }

            void Q()
            {
                q.Lock();
                q.Unlock();
            }

            public void TaskQ()
            {
                q.Lock(); //~ MML4002
                q.Unlock();
            }

            public void TaskQIrq()
            {
                q.LockIrq();
                q.Unlock();
                Irq.Enable();
            }

            public void TaskQSave()
            {
                var f = Irq.Save();
                q.Lock();
                q.Unlock();
                Irq.Restore(f);
            }

            public void TaskQOther()
            {
                Irq.Disable();
                Q();
                Irq.Enable();
            }

            [RunsIn(ExecutionContext.Softirq)]
            public void SoftW()
            {
                w.Lock();
                w.Unlock();
            }

            public void TaskW()
            {
                w.Lock(); //~ MML4002
                w.Unlock();
            }

            public void TaskWBh()
            {
                w.LockBh();
                w.UnlockBh();
            }

            public void TaskWIrq()
            {
                w.LockIrq();
                w.UnlockIrq();
            }

            public void TaskWBhOut()
            {
                Bh.Disable();
                w.Lock();
                Bh.Enable(); //~ MML4002
                w.Unlock();
            }

            [RunsIn(ExecutionContext.Hardirq)]
            public void HandlerV()
            {
                if (v.TryLock())
                    v.Unlock();
            }

            public void TaskV()
            {
                v.Lock(); //~ MML4002
                v.Unlock();
            }

            public void TaskVTry()
            {
                if (v.TryLock()) //~ MML4002
                    v.Unlock();
            }

            [RunsIn(ExecutionContext.Any)]
            public void AnyU()
            {
                u.LockIrqSave(out var f);
                u.UnlockIrqRestore(f);
            }

            public void TaskU()
            {
                u.Lock(); //~ MML4002
                u.Unlock();
            }

            [RunsIn(ExecutionContext.Any)]
            public void AnyUBad()
            {
                u.Lock();
                u.Unlock();
            }

            [RunsIn(ExecutionContext.Hardirq)]
            public void HandlerRw()
            {
                rw.ReadLock();
                rw.ReadUnlock();
            }

            public void TaskRwRead()
            {
                rw.ReadLock();
                rw.ReadUnlock();
            }

            public void TaskRwWrite()
            {
                rw.WriteLock(); //~ MML4002
                rw.WriteUnlock();
            }

            public void TaskRwWriteIrq()
            {
                rw.WriteLockIrq();
                rw.WriteUnlockIrq();
            }

            [RunsIn(ExecutionContext.Hardirq)]
            public void HandlerRw2()
            {
                rw2.WriteLock();
                rw2.WriteUnlock();
            }

            public void TaskRw2Read()
            {
                rw2.ReadLock(); //~ MML4002
                rw2.ReadUnlock();
            }

            [RunsIn(ExecutionContext.Hardirq)]
            public void HandlerT1()
            {
                Irq.Save(out var f);
                t1.Lock();
                t1.Unlock();
                Irq.Restore(f);
            }

            public void TaskT1()
            {
                using (new SpinGuard(t1)) //~ MML4002
                    s++;
            }

            public void TaskT1G()
            {
                using (new SpinIrqGuard(t1))
                    s++;
            }

            public void TaskT1G2()
            {
                using var g = new SpinIrqSaveGuard(t1);
                s++;
            }

            [MustHold("t1")]
            public void HeldT1()
            {
                s++;
            }

            public void TaskT1Held()
            {
                t1.LockIrq();
                HeldT1();
                t1.UnlockIrq();
            }

            [RunsIn(ExecutionContext.Hardirq)]
            public void Tasklet()
            {
                Action f = () =>
                {
                    t2.Lock();
                    t2.Unlock();
                };
                f();
            }

            public void TaskT2()
            {
                t2.Lock(); //~ MML4002
                t2.Unlock();
            }

            public HardFn HandlerT3() => () =>
            {
                t3.Lock();
                t3.Unlock();
            };
            public void TaskT3()
            {
                t3.Lock(); //~ MML4002
                t3.Unlock();
            }
        }
        """);

    [Fact]
    public Task Finding_NamesTheLockAndItsClass() => Verify.Spans("""
        using MmLock;
        [LockType(LockKind.Spin), NoLockAnalysis("primitive")]
        class SpinLock
        {
            [Acquires] public void Lock() { }
            [Releases] public void Unlock() { }
        }
        class Lruvec
        {
            [LockClass("lru_lock", TakenIn = IrqContext.Hardirq)] public readonly SpinLock LruLock = new();
        }
        class Story
        {
            public void M(Lruvec lruvec)
            {
                {|#0:lruvec.LruLock.Lock()|};
                lruvec.LruLock.Unlock();
            }
        }
        """, Verify.Finding("MML4002").At(0).Saying("Takes 'lruvec.LruLock' (class 'lru_lock') with interrupts on"));

    [Fact]
    public Task PartialGenericAndNestedTypes_AreOne() => Marked("""
        partial class Zone
        {
            readonly SpinLock zoneLock = new();
            public void Free()
            {
                zoneLock.LockIrqSave(out var flags);
                zoneLock.UnlockIrqRestore(flags);
            }
        }
        partial class Zone
        {
            public void Slow()
            {
                zoneLock.Lock(); //~ MML4002
                zoneLock.Unlock();
            }
        }
        class Bio
        {
            public Zone Zone = new();
            [RunsIn(ExecutionContext.Softirq)]
            public void EndIo() => Zone.Free();
        }
        class Generic<T>
        {
            readonly SpinLock gate = new();
            [RunsIn(ExecutionContext.Hardirq)]
            public void Handler() { gate.Lock(); gate.Unlock(); }
            public void Process()
            {
                gate.Lock(); //~ MML4002
                gate.Unlock();
            }
        }
        class Outer
        {
            readonly SpinLock gate = new();
            class Nested
            {
                [RunsIn(ExecutionContext.Hardirq)]
                public void Handler(Outer o) { o.gate.Lock(); o.gate.Unlock(); }
            }
            public void Process()
            {
                gate.Lock(); //~ MML4002
                gate.Unlock();
            }
            public void Caller(bool off)
            {
                if (off)
                    Irq.Disable();
                if (off)
                {
                    gate.Lock();
                    gate.Unlock();
                }
                if (off)
                    Irq.Enable();
            }
        }
        // Called only with interrupts off by a private route: the helper's entry state is its callers'.
        class Helper
        {
            readonly SpinLock gate = new();
            [RunsIn(ExecutionContext.Hardirq)]
            public void Handler() { gate.Lock(); gate.Unlock(); }
            private void Inner()
            {
                gate.Lock();
                gate.Unlock();
            }
            public void Caller()
            {
                Irq.Disable();
                Inner();
                Irq.Enable();
            }
        }
        class HelperOpen
        {
            readonly SpinLock gate = new();
            [RunsIn(ExecutionContext.Hardirq)]
            public void Handler() { gate.Lock(); gate.Unlock(); }
            private void Inner()
            {
                gate.Lock(); //~ MML4002
                gate.Unlock();
            }
            public void Caller()
            {
                Irq.Disable();
                Inner();
                Irq.Enable();
                Inner();
            }
        }
        """);

    [Fact]
    public Task SleepingLockTakenInAnInterrupt_IsWrongThereAndNowhereElse() => Marked("""
        class Groups
        {
            readonly Mutex gate = new();
            [RunsIn(ExecutionContext.Softirq)] public void Callback() { gate.Lock(); gate.Unlock(); } //~ MML4001
            public void Task() { gate.Lock(); gate.Unlock(); }
        }
        """);

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives, ContextSources.Data);
}
