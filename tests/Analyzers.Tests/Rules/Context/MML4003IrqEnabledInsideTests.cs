using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Rules.Context;

/// <summary>An unconditional enable ends a section that somebody else opened.</summary>
public sealed class MML4003IrqEnabledInsideTests
{
    [Fact]
    public Task EnableInsideTheCallersSection_IsReported() => Marked("""
        class Story
        {
            readonly SpinLock spin = new();

            [MustHold("@irq")]
            public void Caller()
            {
                Irq.Enable(); //~ MML4003
            }

            [MustHoldShared("@irq")]
            public void ByUnlockIrq()
            {
                spin.Lock();
                spin.UnlockIrq(); //~ MML4003
            }

            // IRQ-3: the _irq forms turn interrupts on for whoever had them off.
            [MustHold("@irq")]
            public void IrqFormInside()
            {
                spin.LockIrq();
                spin.UnlockIrq(); //~ MML4003
            }

            [MustHold("@irq")]
            public void GuardInside()
            {
                using (new SpinIrqGuard(spin)) //~? MML4003
                {
                } //~? MML4003
            }

            [MustHold("@irq")]
            public void SavedInside()
            {
                spin.LockIrqSave(out var flags);
                spin.UnlockIrqRestore(flags);
            }

            [RunsIn(ExecutionContext.Hardirq)]
            public void Handler()
            {
                Irq.Enable(); //~ MML4003
            }

            [RunsIn(ExecutionContext.Any)]
            public void Anywhere()
            {
                Irq.Disable();
                Irq.Enable(); //~ MML4003
            }

            // The section still counts as held: no sleeping, no second finding.
            [MustHold("@irq")]
            public void StillHeld()
            {
                Irq.Enable(); //~ MML4003
                Sched.Schedule(); //~ MML4001
            }

            [Drops("@irq")]
            public void MayEndAndReopen()
            {
                Irq.Enable();
                Sched.Schedule();
                Irq.Disable();
            }

            [EnablesIrq]
            public void Ends() => Irq.Enable();

            public void CallsOneThatEnables()
            {
                Irq.Disable();
                Ends();
            }

            [MustHold("@irq")]
            public void CallsOneThatEnablesInside()
            {
                Ends(); //~ MML4003
            }
        }
        """);

    [Fact]
    public Task EnableInsideASave_IsReported() => Marked("""
        class Story
        {
            readonly SpinLock spin = new(), other = new();

            public void Bare()
            {
                Irq.Save(out var flags);
                Irq.Enable(); //~ MML4003
                Irq.Restore(flags);
            }

            public void IrqFormInside()
            {
                spin.LockIrqSave(out var flags);
                other.LockIrq();
                other.UnlockIrq(); //~ MML4003
                spin.UnlockIrqRestore(flags);
            }

            public void WrongForm()
            {
                spin.LockIrqSave(out var flags);
                spin.UnlockIrq(); //~ MML4003
                Irq.Restore(flags);
            }

            public void OnOnePath(bool hurry)
            {
                Irq.Save(out var flags);
                if (hurry)
                    Irq.Enable(); //~ MML4003
                Irq.Restore(flags);
            }

            public void NestedSaves()
            {
                spin.LockIrqSave(out var outer);
                other.LockIrqSave(out var inner);
                other.UnlockIrqRestore(inner);
                spin.UnlockIrqRestore(outer);
            }

            public void PlainInside()
            {
                spin.LockIrqSave(out var flags);
                other.Lock();
                other.Unlock();
                spin.UnlockIrqRestore(flags);
            }
        }
        """);

    [Fact]
    public Task EnableOfOnesOwn_IsSilent_AndOfNobodys_IsMml2005() => Marked("""
        class Story
        {
            readonly SpinLock spin = new(), other = new();

            public void Own()
            {
                Irq.Disable();
                Irq.Enable();
            }

            // Disabling does not nest: the first enable ends it, the second has nothing to end.
            public void Twice()
            {
                Irq.Disable();
                Irq.Disable();
                Irq.Enable();
            }

            public void EnabledTwice()
            {
                Irq.Disable();
                Irq.Disable();
                Irq.Enable();
                Irq.Enable(); //~ MML2005
            }

            public void Nobodys()
            {
                Irq.Enable(); //~ MML2005
            }

            public void NobodysByUnlock()
            {
                spin.Lock();
                spin.UnlockIrq(); //~ MML2005
            }

            public void InnerIrqForm()
            {
                spin.LockIrq();
                other.LockIrq();
                other.UnlockIrq();
                spin.UnlockIrq(); //~ MML2005
            }

            public void LeftOpen()
            {
                Irq.Disable();
            } //~ MML2006

            public void LeftOpenByALock()
            {
                spin.LockIrq();
                spin.Unlock();
            } //~ MML2006

            [DisablesIrq]
            public void Opens() => Irq.Disable();

            [EnablesIrq]
            public void Forgets() { } //~ MML2009

            public void MixedForms()
            {
                spin.LockIrq();
                spin.Unlock();
                Irq.Enable();
            }
        }
        """);

    [Fact]
    public Task SplitHugePage_EnablesWhereItsCallerDisabled() => Marked("""
        // IRQ-3 and IRQ-4: putback_lru_page uses the _irq forms, so it may not be called with interrupts off.
        class Story
        {
            readonly SpinLock lruLock = new();

            [MustNotHold("@irq")]
            public void PutbackLruPage()
            {
                lruLock.LockIrq();
                lruLock.UnlockIrq();
            }

            public void Right() => PutbackLruPage();

            public void Wrong()
            {
                Irq.Disable();
                PutbackLruPage(); //~ MML2002
                Irq.Enable();
            }

            public void WrongUnderASave()
            {
                Irq.Save(out var flags);
                PutbackLruPage(); //~ MML2002
                Irq.Restore(flags);
            }
        }
        """);

    [Fact]
    public Task Finding_SaysWhoOpenedTheSection() => Verify.Spans("""
        using MmLock;
        [NoLockAnalysis("primitive")]
        static class Irq
        {
            [EnablesIrq] public static void Enable() { }
            [SavesIrq("flags")] public static void Save(out ulong flags) { flags = 0; }
            [RestoresIrq("flags")] public static void Restore(ulong flags) { }
        }
        class Story
        {
            public void M()
            {
                {|#1:Irq.Save(out var flags)|};
                {|#0:Irq.Enable()|};
                Irq.Restore(flags);
            }
        }
        """, Verify.Finding("MML4003").At(0).WithPlaces(1).WithMessage("Enables interrupts inside the '@irq' section that an outer save opened"));

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives, ContextSources.Data);
}
