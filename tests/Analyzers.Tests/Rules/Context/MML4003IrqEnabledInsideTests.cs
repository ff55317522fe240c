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
    public Task DisablesSavesAndEnables_Nest() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public class Story
        {
            readonly SpinLock a = new(), b = new(), h = new();
            static int s;
            public void SaveEnable()
            {
                var f = Irq.Save();
                Irq.Enable(); //~ MML4003
                Irq.Restore(f);
            }

            public void DisableSaveRestoreEnable()
            {
                Irq.Disable();
                var f = Irq.Save();
                Irq.Restore(f);
                Irq.Enable();
            }

            public void DisableSaveEnable()
            {
                Irq.Disable();
                var f = Irq.Save();
                Irq.Enable(); //~ MML4003
                Irq.Restore(f);
            } //~ MML2006

            public void DisableTwice()
            {
                Irq.Disable();
                Irq.Disable();
                Irq.Enable();
            }

            public void DisableEnableTwice()
            {
                Irq.Disable();
                Irq.Enable();
                Irq.Enable(); //~ MML2005
            }

            public void LockIrqNested()
            {
                a.LockIrq();
                b.LockIrq();
                b.UnlockIrq();
                s++;
                a.Unlock();
            }

            public void LockIrqNested2()
            {
                a.LockIrq();
                b.LockIrq();
                b.UnlockIrq();
                a.UnlockIrq(); //~ MML2005
            }

            public void SaveThenLockIrq()
            {
                a.LockIrqSave(out var f);
                b.LockIrq();
                b.UnlockIrq(); //~ MML4003
                a.UnlockIrqRestore(f);
            }

            public void SaveThenUnlockIrq()
            {
                a.LockIrqSave(out var f);
                a.UnlockIrq(); //~ MML4003
            } //~ MML2006

            public void IrqThenRestore(ulong f)
            {
                a.LockIrq();
                a.UnlockIrqRestore(f); //~ MML4004
            }

            public void Leak()
            {
                Irq.Disable();
            } //~ MML2006

            public void LeakSome(bool x)
            {
                Irq.Disable();
                if (x)
                    return; //~ MML2006
                Irq.Enable();
            }

            public void EnableNothing()
            {
                Irq.Enable(); //~ MML2005
            }
        }
        """);

    [Fact]
    public Task SectionsOfTheCaller_AreTheCallers() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public class Story
        {
            readonly SpinLock a = new(), b = new(), h = new();
            [MustHold("@irq")]
            public void CallersIrq()
            {
                Irq.Enable(); //~ MML4003
                Irq.Disable();
            }

            [MustHold("@irq")]
            public void CallersIrqSave()
            {
                var f = Irq.Save();
                Irq.Restore(f);
            }

            [MustHold("@irq")]
            public void CallersIrqLockIrq()
            {
                a.LockIrq();
                a.UnlockIrq(); //~ MML4003
            }

            [Drops("@irq")]
            public void DropsIrq()
            {
                Irq.Enable();
                Sched.Schedule();
                Irq.Disable();
            }

            [Drops("@irq")]
            public void DropsForgets()
            {
                Irq.Enable();
            } //~ MML2009

            [RunsIn(ExecutionContext.Hardirq)]
            public void HardEnable()
            {
                h.LockIrq();
                h.UnlockIrq(); //~ MML4003
            }

            [RunsIn(ExecutionContext.Hardirq)]
            public void HardSave()
            {
                h.LockIrqSave(out var f);
                h.UnlockIrqRestore(f);
            }

            [RunsIn(ExecutionContext.Softirq)]
            public void SoftIrq()
            {
                h.LockIrq();
                h.UnlockIrq();
            }

            [RunsIn(ExecutionContext.Softirq)]
            public void SoftBhEnable()
            {
                Bh.Enable();
            } //~ MML2009

            [RunsIn(ExecutionContext.Softirq)]
            public void SoftBh()
            {
                h.LockBh(); //~ MML4002
                h.UnlockBh();
            }
        }
        """);

    [Fact]
    public Task EveryOpener() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public class Story
        {
            readonly SpinLock a = new(), b = new(), q = new(), w = new(), v = new(), u = new(), t1 = new(), t2 = new(), t3 = new();
            readonly Mutex m = new();
            [MustHold("@irq")]
            public void E1()
            {
                a.LockIrq();
                a.UnlockIrq(); //~ MML4003
            }

            [MustHoldAny("@irq", "m")]
            public void E2()
            {
                Irq.Enable(); //~ MML2005 MML4003
                Irq.Disable();
            }

            public void E3()
            {
                a.LockIrqSave(out var f);
                b.LockIrq();
                b.UnlockIrq(); //~ MML4003
                a.UnlockIrqRestore(f);
            }

            public void E4()
            {
                using (new SpinIrqSaveGuard(a))
                {
                    b.LockIrq();
                    b.UnlockIrq(); //~ MML4003
                }
            }

            public void E5(bool x)
            {
                ulong f = 0;
                if (x)
                    f = Irq.Save();
                else
                    Irq.Disable();
                Irq.Enable(); //~ MML4003
                if (x)
                    Irq.Restore(f);
            }

            [RunsIn(ExecutionContext.Softirq)]
            public void E6()
            {
                Irq.Disable();
                Irq.Enable();
            }

            void Helper()
            {
                b.LockIrq();
                b.UnlockIrq();
            }

            public void E7()
            {
                Irq.Save(out var f);
                Helper();
                Irq.Restore(f);
            }

            public void E8()
            {
                Irq.Disable();
                try
                {
                    Irq.Enable();
                }
                finally
                {
                    Irq.Disable();
                }

                Irq.Enable();
            }

            public void E9()
            {
                var f = Irq.Save();
                Irq.Restore(f);
                Irq.Disable();
                Irq.Enable();
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
