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
