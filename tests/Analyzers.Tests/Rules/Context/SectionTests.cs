using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Rules.Context;

/// <summary>Sections of this processor: opened, ended, promised, implied, and left across a suspension.</summary>
public sealed class SectionTests
{
    [Fact]
    public Task SectionsAndTheirContracts_AreKept() => Marked("""
        class Story
        {
            readonly SpinLock a = new(), b = new();

            public void RefFlags()
            {
                ulong flags = 0;
                Take(ref flags);
                Irq.Restore(flags);
            }
            [SavesIrq("flags"), NoLockAnalysis("x")] public static void Take(ref ulong flags) { }

            public void ThreeDeep()
            {
                Irq.Save(out var f1);
                Irq.Save(out var f2);
                Irq.Save(out var f3);
                Irq.Restore(f3);
                Irq.Restore(f2);
                Irq.Restore(f1);
            }

            public void ThreeDeepSwapped()
            {
                Irq.Save(out var f1);
                Irq.Save(out var f2);
                Irq.Save(out var f3);
                Irq.Restore(f3);
                Irq.Restore(f1); //~ MML4004
                Irq.Restore(f2); //~? MML4004
            }

            public void ForgottenRestore(bool stop)
            {
                Irq.Save(out var flags);
                if (stop)
                    return; //~ MML2006
                Irq.Restore(flags);
            }

            [SavesIrq("return")]
            public ulong Opens()
            {
                Irq.Save(out var flags);
                return flags;
            }

            [SavesIrq("return")]
            public ulong OpensNot() => 0; //~ MML2009

            [RestoresIrq("flags")]
            public void ClosesNot(ulong flags) { } //~ MML2009

            [RestoresIrq("flags")]
            public void ClosesOther(ulong flags, ulong other)
            {
                Irq.Restore(other); //~ MML4004
            } //~? MML2009

            [DisablesIrq]
            public void Disables() { } //~ MML2009

            [DisablesIrq(On = Outcome.True)]
            public bool DisablesOnTrue(bool want)
            {
                if (!want)
                    return false;
                Irq.Disable();
                return true;
            }

            [DisablesIrq(On = Outcome.True)]
            public bool DisablesOnTrueBroken(bool want)
            {
                if (!want)
                    return true; //~ MML2009
                Irq.Disable();
                return true;
            }

            public void UsesOutcome(bool want)
            {
                if (DisablesOnTrue(want))
                    Irq.Enable();
            }

            public void UsesOutcomeWrong(bool want)
            {
                if (DisablesOnTrue(want)) return; //~ MML2006
                Irq.Enable(); //~ MML2005
            }

            [DisablesPreemption] public void Pins() => Preempt.Disable();
            [DisablesPreemption] public void PinsNot() { } //~ MML2009
            [EnablesPreemption] public void Unpins() => Preempt.Enable();
            [DisablesBh] public void BhOff() => Bh.Disable();
            [EnablesBh] public void BhOn() => Bh.Enable();
            public void Balanced() { Pins(); BhOff(); BhOn(); Unpins(); }
            public void Unbalanced() { Preempt.Disable(); } //~ MML2006
            public void Unbalanced2() { Preempt.Enable(); } //~ MML2005
            public void Unbalanced3() { Bh.Disable(); } //~ MML2006
            public void Unbalanced4() { Bh.Enable(); } //~ MML2005

            // get_cpu in a loop that never puts.
            public void Loop(System.Func<bool> more) { while (more()) { Preempt.Disable(); } } //~ MML2008 //~? MML2006
            public void LoopIrq(System.Func<bool> more) { while (more()) { Irq.Disable(); } } //~? MML2006 MML2008

            [MustHold("@irq")] public void NeedsOff() { }
            public void CallsWithThemOn() => NeedsOff(); //~ MML2001
            public void CallsWithThemOff() { a.LockIrq(); NeedsOff(); a.UnlockIrq(); }
            [MustHold("@preempt")] public void NeedsPinned() { }
            public void ImpliedPinned() { a.Lock(); NeedsPinned(); a.Unlock(); }
            public void ImpliedPinnedByBh() { Bh.Disable(); NeedsPinned(); Bh.Enable(); }
            public void NotPinned() { Rcu.ReadLock(); NeedsPinned(); Rcu.ReadUnlock(); } //~ MML2001
            [MustNotHold("@preempt")] public void NeedsUnpinned() { }
            public void PinnedBySpin() { a.Lock(); NeedsUnpinned(); a.Unlock(); } //~ MML2002
            public void PinnedByIrq() { Irq.Disable(); NeedsUnpinned(); Irq.Enable(); } //~ MML2002
            public void NotPinnedAtAll() { Rcu.ReadLock(); NeedsUnpinned(); Rcu.ReadUnlock(); }
            [RunsIn(ExecutionContext.Hardirq)] public void Handler() { NeedsOff(); NeedsPinned(); }
            [RunsIn(ExecutionContext.Softirq)] public void SoftHandler() { NeedsPinned(); NeedsOff(); } //~ MML2001

            public async System.Threading.Tasks.Task Awaits()
            {
                Rcu.ReadLock();
                await System.Threading.Tasks.Task.Yield(); //~ MML2014
                Rcu.ReadUnlock();
            }

            public async System.Threading.Tasks.Task AwaitsIrq()
            {
                Irq.Save(out var flags);
                await System.Threading.Tasks.Task.Yield(); //~ MML2014
                Irq.Restore(flags);
            }

            public System.Collections.Generic.IEnumerable<int> Yields()
            {
                Rcu.ReadLock();
                yield return 1; //~ MML2014
                Rcu.ReadUnlock();
            }
        }
        """);

    [Fact]
    public Task GuardsJumpsAndSuspensions_KeepTheirSections() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public class Story
        {
            readonly SpinLock a = new(), b = new(), h = new();
            static int s;
            public void Guard()
            {
                using var g = new SpinIrqGuard(a);
                s++;
            }

            public void GuardSave()
            {
                using (new SpinIrqSaveGuard(a))
                    s++;
            }

            public void GuardNested()
            {
                using (new SpinIrqSaveGuard(a))
                using (new SpinIrqSaveGuard(b))
                    s++;
                Sched.Schedule();
            }

            public void GuardInside()
            {
                using (new SpinIrqGuard(a))
                    Sched.Schedule(); //~ MML4001
            }

            public void GuardInsideSave()
            {
                using (new SpinIrqSaveGuard(a))
                {
                    using (new SpinIrqGuard(b)) //~ MML4003
                        s++;
                }
            }

            public async Task Await()
            {
                Irq.Disable();
                await Task.Yield(); //~ MML2014
                Irq.Enable();
            }

            public async Task AwaitRcu()
            {
                Rcu.ReadLock();
                await Task.Yield(); //~ MML2014
                Rcu.ReadUnlock();
            }

            public IEnumerable<int> Yield()
            {
                Preempt.Disable();
                yield return 1; //~ MML2014
                Preempt.Enable();
            }

            public void LocalFn()
            {
                ulong f;
                a.LockIrqSave(out f);
                Un();
                void Un() => a.UnlockIrqRestore(f); //~ MML2005
            } //~ MML2006

            public int SwitchEx(int k)
            {
                var f = Irq.Save();
                int r = k switch
                {
                    0 => 1,
                    1 => 2,
                    _ => 3
                };
                Irq.Restore(f);
                return r;
            }

            public void Goto(int k)
            {
                var f = Irq.Save();
                if (k == 0)
                    goto outp;
                s++;
                outp:
                    Irq.Restore(f);
            }

            public void GotoBad(int k)
            {
                var f = Irq.Save();
                if (k == 0)
                    goto outp;
                Irq.Restore(f);
                outp:
                    ;
            } //~ MML2006

            public void Tern(bool x)
            {
                ulong f = x ? Irq.Save() : 0;
                if (x)
                    Irq.Restore(f);
            }

            public void PreemptNest()
            {
                Preempt.Disable();
                a.Lock();
                a.Unlock();
                Sched.Schedule(); //~ MML4001
                Preempt.Enable();
            }

            public void PreemptUnbal()
            {
                Preempt.Disable();
                Preempt.Disable();
                Preempt.Enable();
            } //~ MML2006

            public void BhNest()
            {
                Bh.Disable();
                a.LockBh();
                a.UnlockBh();
                Sched.Schedule(); //~ MML4001
                Bh.Enable();
            }

            public void BhOver()
            {
                a.LockBh();
                a.Unlock();
                Bh.Enable();
            }

            public void BhUnlockPlain()
            {
                a.LockBh();
                a.Unlock();
            } //~ MML2006

            public void BhUnlockOver()
            {
                a.Lock();
                a.UnlockBh(); //~ MML2005
            }

            public void IrqUnlockOver()
            {
                a.Lock();
                a.UnlockIrq(); //~ MML2005
            }
        }
        """);

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives, ContextSources.Data);
}
