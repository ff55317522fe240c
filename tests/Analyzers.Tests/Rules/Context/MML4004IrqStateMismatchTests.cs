using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Rules.Context;

/// <summary>A restore of flags that this section did not save.</summary>
public sealed class MML4004IrqStateMismatchTests
{
    [Fact]
    public Task WrongFlags_AreReported() => Marked("""
        class Story
        {
            readonly SpinLock spin = new(), other = new();

            public void OuterInsteadOfInner()
            {
                Irq.Save(out var outer);
                Irq.Save(out var inner);
                Irq.Restore(outer); //~ MML4004
                Irq.Restore(inner); //~? MML4004
            }

            public void Twice()
            {
                Irq.Save(out var flags);
                Irq.Restore(flags);
                Irq.Restore(flags); //~ MML4004
            }

            public void Number()
            {
                Irq.Save(out var flags);
                Irq.Restore(0); //~ MML4004
            } //~? MML2006

            public void AnotherLocal()
            {
                ulong other = 7;
                Irq.Save(out var flags);
                Irq.Restore(other); //~ MML4004
            } //~? MML2006

            public void Parameter(ulong flags)
            {
                Irq.Restore(flags); //~ MML4004
            }

            public void AfterADisable(ulong flags)
            {
                Irq.Disable();
                Irq.Restore(flags); //~ MML4004
            } //~? MML2006

            public void OfTheWrongLock()
            {
                spin.LockIrqSave(out var first);
                other.LockIrqSave(out var second);
                other.UnlockIrqRestore(first); //~ MML4004
                spin.UnlockIrqRestore(second); //~? MML4004
            }

            public void Overwritten()
            {
                Irq.Save(out var flags);
                Irq.Save(out flags);
                Irq.Restore(flags);
            } //~ MML2006

            public void Changed()
            {
                Irq.Save(out var flags);
                flags = 0;
                Irq.Restore(flags); //~ MML4004
            } //~? MML2006

            public void OnOnePath(bool swap)
            {
                Irq.Save(out var outer);
                Irq.Save(out var inner);
                var flags = swap ? outer : inner;
                Irq.Restore(flags); //~ MML4004
                Irq.Restore(swap ? inner : outer); //~? MML4004
            }
        }
        """);

    [Fact]
    public Task TheFlagsSaved_AreSilentWhereverTheyWereKept() => Marked("""
        class Story
        {
            readonly SpinLock spin = new(), other = new();
            ulong kept;

            public void Copied()
            {
                Irq.Save(out var flags);
                ulong copy = flags;
                Irq.Restore(copy);
            }

            public void Returned()
            {
                ulong flags = Irq.Save();
                Irq.Restore(flags);
            }

            public void ReturnedByTheLock()
            {
                var flags = spin.LockIrqSave();
                spin.UnlockIrqRestore(flags);
            }

            public void Nested()
            {
                Irq.Save(out var outer);
                Irq.Save(out var inner);
                Irq.Restore(inner);
                Irq.Restore(outer);
            }

            public void Loop(int rounds)
            {
                ulong flags = 0;
                bool locked = false;
                for (int i = 0; i < rounds; i++)
                {
                    if (!locked)
                    {
                        spin.LockIrqSave(out flags);
                        locked = true;
                    }
                    if (i % 32 == 31)
                    {
                        spin.UnlockIrqRestore(flags);
                        locked = false;
                    }
                }
                if (locked)
                    spin.UnlockIrqRestore(flags);
            }

            // isolate_migratepages_block: one outer local, three labels.
            public int Labels(int[] pages)
            {
                ulong flags = 0;
                SpinLock? locked = null;
                foreach (var page in pages)
                {
                    if (page == 0)
                        goto isolateAbort;
                    if (locked == null)
                    {
                        spin.LockIrqSave(out flags);
                        locked = spin;
                    }
                    if (page == 1)
                        goto isolateFail;
                    continue;
                isolateFail:
                    if (locked != null)
                    {
                        locked.UnlockIrqRestore(flags);
                        locked = null;
                    }
                }
            isolateAbort:
                if (locked != null)
                    locked.UnlockIrqRestore(flags);
                return 0;
            }

            public void Relocked(SpinLock[] locks)
            {
                ulong flags = 0;
                SpinLock? locked = null;
                foreach (var next in locks)
                {
                    if (locked != next)
                    {
                        locked?.UnlockIrqRestore(flags);
                        locked = next;
                        next.LockIrqSave(out flags);
                    }
                }
                if (locked != null)
                    locked.UnlockIrqRestore(flags);
            }

            public void HandedOver()
            {
                spin.LockIrqSave(out var flags);
                other.Lock();
                spin.Unlock();
                other.UnlockIrqRestore(flags);
            }

            // What is kept in a field was saved by somebody else's call: nothing is known of it.
            public void KeptInAField()
            {
                Irq.Save(out kept);
                Irq.Restore(kept);
            }

            [SavesIrq("flags")]
            public void Saves(out ulong flags) => Irq.Save(out flags);

            [RestoresIrq("flags")]
            public void Restores(ulong flags) => Irq.Restore(flags);

            [SavesIrq("return")]
            public ulong SavesAndReturns() => Irq.Save();

            public void ThroughCallees()
            {
                Saves(out var outer);
                ulong inner = SavesAndReturns();
                Restores(inner);
                Restores(outer);
            }

            public void TryFinally()
            {
                Irq.Save(out var flags);
                try
                {
                    Sched.Delay();
                }
                finally
                {
                    Irq.Restore(flags);
                }
            }

            public void Tried()
            {
                if (!spin.TryLockIrqSave(out var flags))
                    return;
                spin.UnlockIrqRestore(flags);
            }

            public void TriedInto()
            {
                bool taken = spin.TryLockIrqSave(out var flags);
                if (taken)
                    spin.UnlockIrqRestore(flags);
            }
        }
        """);

    [Fact]
    public Task SavedTwiceInALoop_IsReported() => Marked("""
        class Story
        {
            readonly SpinLock a = new(), b = new();

            // The kernel's classic: one variable for two sections.
            public void OneVariableForTwo()
            {
                a.LockIrqSave(out var flags);
                b.LockIrqSave(out flags);
                b.UnlockIrqRestore(flags);
                a.UnlockIrqRestore(flags); //~ MML4004
            } //~? MML2006
        }
        """);

    [Fact]
    public Task WhereverTheFlagsAreKept() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public struct State
        {
            public ulong Flags;
            public int N;
        }

        public class Cpu
        {
            public ulong Flags;
            public readonly SpinLock L = new(), M = new();
        }

        public class Story
        {
            readonly SpinLock a = new(), b = new(), h = new();
            ulong fld;
            static int s;
            public void Simple()
            {
                a.LockIrqSave(out var f);
                a.UnlockIrqRestore(f);
            }

            public void SwapFlags()
            {
                a.LockIrqSave(out var f);
                b.LockIrqSave(out var g);
                b.UnlockIrqRestore(f); //~ MML4004
                a.UnlockIrqRestore(g); //~ MML4004
            }

            public void Nested()
            {
                a.LockIrqSave(out var f);
                b.LockIrqSave(out var g);
                b.UnlockIrqRestore(g);
                a.UnlockIrqRestore(f);
            }

            public void SameVar()
            {
                ulong f;
                a.LockIrqSave(out f);
                b.LockIrqSave(out f);
                b.UnlockIrqRestore(f);
                a.UnlockIrqRestore(f); //~ MML4004
            }

            public void NestedPlainInner()
            {
                a.LockIrqSave(out var f);
                b.Lock();
                b.Unlock();
                a.UnlockIrqRestore(f);
            }

            public void Crossed()
            {
                a.LockIrqSave(out var f);
                b.Lock();
                a.Unlock();
                b.UnlockIrqRestore(f);
            }

            public void NoRestore()
            {
                a.LockIrqSave(out var f);
                a.Unlock();
            } //~ MML2006

            public void RestoreZero()
            {
                a.LockIrqSave(out var f);
                a.UnlockIrqRestore(0); //~ MML4004
            }

            public void Uninit(ulong f)
            {
                a.Lock();
                a.UnlockIrqRestore(f); //~ MML4004
            }

            public void Param(ref ulong f)
            {
                a.LockIrqSave(out f);
                a.UnlockIrqRestore(f);
            }

            public void Field()
            {
                a.LockIrqSave(out fld);
                a.UnlockIrqRestore(fld);
            }

            public void FieldOther(Cpu c)
            {
                c.L.LockIrqSave(out c.Flags);
                c.L.UnlockIrqRestore(c.Flags);
            }

            public void FieldOther2(Cpu c, Cpu d)
            {
                c.L.LockIrqSave(out c.Flags);
                c.L.UnlockIrqRestore(d.Flags);
            }

            public void StructF()
            {
                State st = default;
                Irq.Save(out st.Flags);
                Irq.Restore(st.Flags);
            }

            public void Array()
            {
                var fs = new ulong[2];
                Irq.Save(out fs[0]);
                Irq.Restore(fs[0]);
            }

            public void ArrayWrong()
            {
                var fs = new ulong[2];
                Irq.Save(out fs[0]);
                Irq.Restore(fs[1]);
            }

            public void Ret()
            {
                var f = Irq.Save();
                Irq.Restore(f);
            }

            public void RetCopy()
            {
                var f = Irq.Save();
                var g = f;
                Irq.Restore(g);
            }

            public void RetTuple()
            {
                var(f, x) = (Irq.Save(), 1);
                Irq.Restore(f);
            }

            public void RetCast()
            {
                long f = (long)Irq.Save();
                Irq.Restore((ulong)f);
            }

            public void Twice()
            {
                var f = Irq.Save();
                Irq.Restore(f);
                Irq.Restore(f); //~ MML4004
            }

            public void NestedSave()
            {
                var f = Irq.Save();
                var g = Irq.Save();
                Irq.Restore(g);
                s++;
                Irq.Restore(f);
            }

            public void NestedSaveOuterOnly()
            {
                var f = Irq.Save();
                var g = Irq.Save();
                Irq.Restore(f); //~ MML4004
            }

            public void NestedInnerOnly()
            {
                var f = Irq.Save();
                var g = Irq.Save();
                Irq.Restore(g);
            } //~ MML2006
        }
        """);

    [Fact]
    public Task HelpersAndConditions_CarryTheFlags() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public class Story
        {
            readonly SpinLock a = new(), b = new(), h = new();
            static int s;
            [Acquires("a"), SavesIrq("return")]
            public ulong Take()
            {
                a.LockIrqSave(out var f);
                return f;
            }

            [Releases("a"), RestoresIrq("f")]
            public void Put(ulong f)
            {
                a.UnlockIrqRestore(f);
            }

            public void UseTake()
            {
                var f = Take();
                Put(f);
            }

            public void UseTakeWrong()
            {
                var f = Take();
                Put(3); //~ MML4004
            }

            [Acquires("a"), SavesIrq("f")]
            public void TakeOut(out ulong f) => a.LockIrqSave(out f);

            [Acquires("a"), SavesIrq("f")]
            public void TakeOutBad(out ulong f)
            {
                f = 0;
                a.Lock();
            } //~ MML2009

            [Acquires("a"), DisablesIrq]
            public void TakeIrq()
            {
                a.LockIrq();
            }

            [Acquires("a"), DisablesIrq]
            public void TakeIrqBad()
            {
                a.Lock();
            } //~ MML2009

            [Releases("a"), EnablesIrq]
            public void PutIrq()
            {
                a.UnlockIrq();
            }

            [Releases("a"), EnablesIrq]
            public void PutIrqBad()
            {
                a.Unlock();
            } //~ MML2009

            [Releases("a"), RestoresIrq("f")]
            public void PutBad(ulong f)
            {
                a.Unlock();
            } //~ MML2009

            [DisablesPreemption]
            public void PreOff()
            {
                Preempt.Disable();
            }

            [DisablesPreemption]
            public void PreOffBad()
            {
            } //~ MML2009

            [DisablesPreemption]
            public void PreOffTwice()
            {
                Preempt.Disable();
                Preempt.Disable();
            } //~ MML2006

            [EnablesPreemption]
            public void PreOn()
            {
                Preempt.Enable();
            }

            [EnablesPreemption]
            public void PreOnTwice()
            {
                Preempt.Enable();
                Preempt.Enable(); //~ MML2005
            }

            [EnablesBh]
            public void BhOn()
            {
                Bh.Enable();
            }

            [DisablesBh]
            public void BhOffBad(bool x)
            {
                if (x)
                    Bh.Disable();
            } //~ MML2009

            public void CondSave(bool x)
            {
                ulong f = 0;
                if (x)
                    f = Irq.Save();
                s++;
                if (x)
                    Irq.Restore(f);
            }

            public void CondSave2(bool x)
            {
                ulong f = 0;
                if (x)
                    f = Irq.Save();
                s++;
                Irq.Restore(f); //~ MML4004
            }

            public bool TrySave()
            {
                if (!a.TryLockIrqSave(out var f))
                    return false;
                a.UnlockIrqRestore(f);
                return true;
            }

            public bool TrySaveBad()
            {
                if (a.TryLockIrqSave(out var f))
                    return true; //~ MML2006
                return false;
            }

            public bool TryIrq()
            {
                if (!a.TryLockIrq())
                    return false;
                a.UnlockIrq();
                return true;
            }

            public bool TryIrqBad()
            {
                if (!a.TryLockIrq())
                {
                    Irq.Enable(); //~ MML2005
                    return false;
                }

                a.UnlockIrq();
                return true;
            }

            public void Loop(int k)
            {
                for (int i = 0; i < k; i++)
                {
                    a.LockIrqSave(out var f);
                    if (i == 3)
                    {
                        a.UnlockIrqRestore(f);
                        continue;
                    }

                    a.UnlockIrqRestore(f);
                }
            }

            public void LoopOuter(int k)
            {
                ulong f = 0;
                bool locked = false;
                for (int i = 0; i < k; i++)
                {
                    if (!locked)
                    {
                        a.LockIrqSave(out f);
                        locked = true;
                    }

                    s++;
                    if (i % 32 == 0)
                    {
                        a.UnlockIrqRestore(f);
                        locked = false;
                    }
                }

                if (locked)
                    a.UnlockIrqRestore(f);
            }

            public void LoopBad(int k)
            {
                ulong f = 0;
                for (int i = 0; i < k; i++)
                {
                    a.LockIrqSave(out f); //~ MML1004
                }

                a.UnlockIrqRestore(f); //~ MML2005 MML4004
            } //~ MML2006

            public void LoopIrqLeak(int k)
            {
                for (int i = 0; i < k; i++) //~ MML2008
                    Preempt.Disable();
            } //~ MML2006

            public void LoopIrqDisable(int k)
            {
                for (int i = 0; i < k; i++)
                    Irq.Disable();
                Irq.Enable(); //~ MML2005
            }

            public void TryFin()
            {
                a.LockIrqSave(out var f);
                try
                {
                    s++;
                }
                finally
                {
                    a.UnlockIrqRestore(f);
                }
            }

            public void TryFinNested()
            {
                Irq.Save(out var f);
                try
                {
                    try
                    {
                        Preempt.Disable();
                    }
                    finally
                    {
                        Preempt.Enable();
                    }
                }
                finally
                {
                    Irq.Restore(f);
                }
            }
        }
        """);

    [Fact]
    public Task Finding_NamesTheFlags() => Verify.Spans("""
        using MmLock;
        [NoLockAnalysis("primitive")]
        static class Irq
        {
            [SavesIrq("flags")] public static void Save(out ulong flags) { flags = 0; }
            [RestoresIrq("flags")] public static void Restore(ulong flags) { }
        }
        class Story
        {
            public void M()
            {
                Irq.Save(out var first);
                Irq.Restore(first);
                {|#0:Irq.Restore(first)|};
            }
        }
        """, Verify.Finding("MML4004").At(0).WithMessage("Restores the interrupt state 'first', which this '@irq' section did not save"));

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives, ContextSources.Data);
}
