using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Rules.Context;

/// <summary>A class that interrupts take is held while waiting for one that is taken with interrupts on.</summary>
public sealed class MML4006IrqOrderInversionTests
{
    [Fact]
    public Task Declared_HeldAroundAnUnsafeOne_IsReported() => Marked("""
        // IRQ-2: swap locks may not be taken under the i_pages lock (variant 3g).
        class Story
        {
            [LockClass("i_pages", TakenIn = IrqContext.Hardirq)] readonly SpinLock pages = new();
            readonly SpinLock swap = new(), clean = new(), tried = new();
            readonly Isolation token = new();

            public void Elsewhere()
            {
                swap.Lock();
                swap.Unlock();
                if (tried.TryLock())
                    tried.Unlock();
                token.Take();
                token.PutBack();
            }

            public void ElsewhereSafely()
            {
                clean.LockIrq();
                clean.UnlockIrq();
            }

            public void PutSwapPage()
            {
                pages.LockIrq();
                swap.Lock(); //~ MML4006
                swap.Unlock();
                pages.UnlockIrq();
            }

            public void PutSwapPageSaved()
            {
                pages.LockIrqSave(out var flags);
                swap.Lock(); //~ MML4006
                swap.Unlock();
                pages.UnlockIrqRestore(flags);
            }

            public void Clean()
            {
                pages.LockIrq();
                clean.Lock();
                clean.Unlock();
                token.Take();
                token.PutBack();
                pages.UnlockIrq();
            }

            // A try never waits for whoever was interrupted.
            public void Tried()
            {
                pages.LockIrq();
                if (swap.TryLock())
                    swap.Unlock();
                pages.UnlockIrq();
            }

            public void AfterItWasDropped()
            {
                pages.LockIrq();
                pages.UnlockIrq();
                swap.Lock();
                swap.Unlock();
            }
        }
        """);

    [Fact]
    public Task Observed_InAHandlerOfAnotherType_Counts() => Marked("""
        static class Locks
        {
            public static readonly SpinLock Safe = new(), Unsafe = new();
        }

        static class Handlers
        {
            [RunsIn(ExecutionContext.Hardirq)]
            public static void Handle()
            {
                Locks.Safe.Lock();
                Locks.Safe.Unlock();
            }
        }

        static class Processes
        {
            public static void Alone()
            {
                Locks.Unsafe.Lock();
                Locks.Unsafe.Unlock();
            }
        }

        static class Nests
        {
            public static void Nest()
            {
                Locks.Safe.LockIrq();
                Locks.Unsafe.Lock(); //~ MML4006
                Locks.Unsafe.Unlock();
                Locks.Safe.UnlockIrq();
            }

            public static void ThroughACallee()
            {
                Locks.Safe.LockIrq();
                Processes.Alone(); //~ MML4006
                Locks.Safe.UnlockIrq();
            }
        }
        """);

    [Fact]
    public Task Transitive_AlongObservedOrder() => Marked("""
        static class Story
        {
            static readonly SpinLock a = new(), b = new(), c = new(), d = new();

            [RunsIn(ExecutionContext.Hardirq)]
            public static void Handler()
            {
                a.Lock();
                a.Unlock();
            }

            public static void First()
            {
                a.LockIrq();
                b.Lock(); //~ MML4006
                b.Unlock();
                a.UnlockIrq();
            }

            public static void Second()
            {
                b.LockIrq();
                c.Lock(); //~? MML4006
                c.Unlock();
                b.UnlockIrq();
            }

            public static void Unsafe()
            {
                c.Lock();
                c.Unlock();
            }

            // A class of its own, always with interrupts off: nothing to invert.
            public static void Safe()
            {
                a.LockIrq();
                d.Lock();
                d.Unlock();
                a.UnlockIrq();
            }
        }
        """);

    [Fact]
    public Task SoftInterrupts_InvertToo() => Marked("""
        static class Story
        {
            [LockClass("timer", TakenIn = IrqContext.Softirq)] static readonly SpinLock timer = new();
            static readonly SpinLock plain = new(), bottom = new();

            public static void Elsewhere()
            {
                plain.Lock();
                plain.Unlock();
                bottom.LockBh();
                bottom.UnlockBh();
            }

            public static void Nest()
            {
                timer.LockBh();
                plain.Lock(); //~ MML4006
                plain.Unlock();
                bottom.Lock();
                bottom.Unlock();
                timer.UnlockBh();
            }
        }
        """);

    [Fact]
    public Task SpinningReaders_AreExcused() => Marked("""
        static class Story
        {
            static readonly RwLock outer = new();
            static readonly RwLock inner = new();

            [RunsIn(ExecutionContext.Hardirq)]
            public static void Handler()
            {
                outer.ReadLock();
                outer.ReadUnlock();
            }

            // The handler reads, and so does the holder: neither waits for the other.
            public static void Process()
            {
                outer.ReadLockIrq();
                inner.WriteLock();
                inner.WriteUnlock();
                outer.ReadUnlockIrq();
            }

            public static void Elsewhere()
            {
                inner.WriteLock();
                inner.WriteUnlock();
            }
        }

        static class Writer
        {
            static readonly RwLock outer = new();
            static readonly SpinLock inner = new();

            [RunsIn(ExecutionContext.Hardirq)]
            public static void Handler()
            {
                outer.ReadLock();
                outer.ReadUnlock();
            }

            public static void Process()
            {
                outer.WriteLockIrq();
                inner.Lock(); //~ MML4006
                inner.Unlock();
                outer.WriteUnlockIrq();
            }

            public static void Elsewhere()
            {
                inner.Lock();
                inner.Unlock();
            }
        }
        """);

    [Fact]
    public Task EdgeThatIsAnOrderViolation_SpeaksAsThatAlone() => Marked("""
        [assembly: LockHierarchy("swap_lock\n  i_pages\n")]

        class Story
        {
            [LockClass("i_pages", TakenIn = IrqContext.Hardirq)] readonly SpinLock pages = new();
            [LockClass("swap_lock")] readonly SpinLock swap = new();

            public void Elsewhere()
            {
                swap.Lock();
                swap.Unlock();
            }

            public void Nest()
            {
                pages.LockIrq();
                swap.Lock(); //~ MML1001
                swap.Unlock();
                pages.UnlockIrq();
            }
        }
        """);

    [Fact]
    public Task TryInTheHandler_CountsAsTakingIt() => Marked("""
        static class Story
        {
            static readonly SpinLock tried = new(), plain = new();

            [RunsIn(ExecutionContext.Hardirq)]
            public static void Handler()
            {
                if (tried.TryLock())
                    tried.Unlock();
            }

            public static void Elsewhere()
            {
                plain.Lock();
                plain.Unlock();
            }

            public static void Nest()
            {
                tried.LockIrq();
                plain.Lock(); //~ MML4006
                plain.Unlock();
                tried.UnlockIrq();
            }
        }
        """);

    [Fact]
    public Task HeldAroundUnsafe_InEveryForm() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public class Story
        {
            readonly SpinLock a = new(), inv = new(), inv2 = new(), h1 = new(), h2 = new(), g = new();
            [RunsIn(ExecutionContext.Hardirq)]
            public void H1()
            {
                h1.Lock();
                h1.Unlock();
            }

            public void Unsafe1()
            {
                inv.Lock();
                inv.Unlock();
            }

            public void Nest1()
            {
                h1.LockIrq();
                inv.Lock(); //~ MML4006
                inv.Unlock();
                h1.UnlockIrq();
            }

            void TakeInv2()
            {
                inv2.Lock();
                inv2.Unlock();
            }

            public void Unsafe2()
            {
                TakeInv2();
            }

            public void Nest2()
            {
                h1.LockIrqSave(out var f);
                TakeInv2(); //~ MML4006
                h1.UnlockIrqRestore(f);
            }

            public void NestTry()
            {
                h1.LockIrq();
                if (inv.TryLock())
                    inv.Unlock();
                h1.UnlockIrq();
            }
        }
        """);

    [Fact]
    public Task Finding_NamesBothLocksAndTheirPlaces() => Verify.Spans("""
        using MmLock;
        [LockType(LockKind.Spin), NoLockAnalysis("primitive")]
        class SpinLock
        {
            [Acquires] public void Lock() { }
            [Releases] public void Unlock() { }
            [Acquires, DisablesIrq] public void LockIrq() { }
            [Releases, EnablesIrq] public void UnlockIrq() { }
        }
        static class Story
        {
            [LockClass("i_pages", TakenIn = IrqContext.Hardirq)] static readonly SpinLock {|#3:pages|} = new();
            static readonly SpinLock swap = new();
            public static void Elsewhere()
            {
                {|#2:swap.Lock()|};
                swap.Unlock();
            }
            public static void Nest()
            {
                {|#1:pages.LockIrq()|};
                {|#0:swap.Lock()|};
                swap.Unlock();
                pages.UnlockIrq();
            }
        }
        """, Verify.Finding("MML4006").At(0).Saying("Takes 'swap' (class 'Story.swap') while holding 'pages' (class 'i_pages')"));

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives, ContextSources.Data);
}
