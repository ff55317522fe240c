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

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives, ContextSources.Data);
}
