using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Rules.Context;

/// <summary>A callee is called from a context that its [RunsIn] rules out.</summary>
public sealed class MML4005WrongContextTests
{
    [Fact]
    public Task EveryPairOfContexts_IsJudged() => Marked("""
        static class Meant
        {
            [RunsIn(ExecutionContext.Process)] public static void Process() { }
            [RunsIn(ExecutionContext.Softirq)] public static void Softirq() { }
            [RunsIn(ExecutionContext.Hardirq)] public static void Hardirq() { }
            [RunsIn(ExecutionContext.Any)] public static void Any() { }
            public static void Nobody() { }
        }

        class Story
        {
            [RunsIn(ExecutionContext.Process)]
            public void Process()
            {
                Meant.Process();
                Meant.Softirq(); //~ MML4005
                Meant.Hardirq(); //~ MML4005
                Meant.Any();
                Meant.Nobody();
            }

            [RunsIn(ExecutionContext.Softirq)]
            public void Softirq()
            {
                Meant.Process(); //~ MML4005
                Meant.Softirq();
                Meant.Hardirq(); //~ MML4005
                Meant.Any();
                Meant.Nobody();
            }

            [RunsIn(ExecutionContext.Hardirq)]
            public void Hardirq()
            {
                Meant.Process(); //~ MML4005
                Meant.Softirq(); //~ MML4005
                Meant.Hardirq();
                Meant.Any();
                Meant.Nobody();
            }

            // Counts as Hardirq for what it calls.
            [RunsIn(ExecutionContext.Any)]
            public void Any()
            {
                Meant.Process(); //~ MML4005
                Meant.Softirq(); //~? MML4005
                Meant.Any();
                Meant.Nobody();
            }

            // Says nothing, whatever is off.
            public void Nobody()
            {
                Meant.Process();
                Meant.Softirq();
                Meant.Hardirq();
                Irq.Disable();
                Meant.Process();
                Meant.Hardirq();
                Irq.Enable();
                Bh.Disable();
                Meant.Softirq();
                Bh.Enable();
            }

            // Interrupts merely off are not interrupt context.
            [RunsIn(ExecutionContext.Process)]
            public void ProcessWithInterruptsOff()
            {
                Irq.Disable();
                Meant.Hardirq(); //~ MML4005
                Meant.Process();
                Irq.Enable();
            }

            [MustHold("@irq")]
            public void CallerTurnedThemOff() => Meant.Process();
        }
        """);

    [Fact]
    public Task EveryKindOfCallee_IsJudged() => Marked("""
        interface IHandler
        {
            [RunsIn(ExecutionContext.Hardirq)] void Handle();
        }

        class Handler : IHandler
        {
            public void Handle() { }
        }

        class Story
        {
            [RunsIn(ExecutionContext.Process)] public int Property => 1;

            [RunsIn(ExecutionContext.Process)] public Story() { }

            [RunsIn(ExecutionContext.Process)] public delegate void Work();

            [RunsIn(ExecutionContext.Hardirq)]
            public int Getter() => Property; //~ MML4005

            [RunsIn(ExecutionContext.Hardirq)]
            public object Constructor() => new Story(); //~ MML4005

            [RunsIn(ExecutionContext.Hardirq)]
            public void Delegate(Work work) => work(); //~ MML4005

            [RunsIn(ExecutionContext.Process)]
            public void ByInterface(IHandler handler) => handler.Handle(); //~ MML4005

            [RunsIn(ExecutionContext.Process)]
            public void ByInheritance(Handler handler) => handler.Handle(); //~ MML4005

            [RunsIn(ExecutionContext.Hardirq)]
            public void Local()
            {
                Inner(); //~ MML4005

                [RunsIn(ExecutionContext.Process)]
                void Inner() { }
            }

            [RunsIn(ExecutionContext.Hardirq)]
            public void OnOnePath(bool slow)
            {
                if (slow)
                    Sleepers(); //~ MML4005
            }

            [RunsIn(ExecutionContext.Process)]
            public static void Sleepers() { }
        }
        """);

    [Fact]
    public Task DrainInACompletion_IsReported() => Marked("""
        // IRQ-4 and RCU-25: lru_add_drain_all is process work, a call_rcu callback is softirq.
        class Story
        {
            [RunsIn(ExecutionContext.Process), MaySleep]
            public static void LruAddDrainAll() { }

            [RunsIn(ExecutionContext.Softirq)]
            public void FreeRcu()
            {
                LruAddDrainAll(); //~ MML4005 MML4001
            }

            [RunsIn(ExecutionContext.Process)]
            public void Work() => LruAddDrainAll();
        }
        """);

    [Fact]
    public Task EveryCallee_OfEveryCaller() => Marked("""
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
        public class Ctor
        {
            [RunsIn(ExecutionContext.Process)]
            public Ctor()
            {
            }

            [RunsIn(ExecutionContext.Process)]
            public int P
            {
                get => 1;
                set
                {
                }
            }

            [RunsIn(ExecutionContext.Process)]
            public static Ctor operator +(Ctor a, Ctor b) => a;
        }

        public class Story
        {
            static int s;
            [RunsIn(ExecutionContext.Hardirq)]
            public void HNew()
            {
                var c = new Ctor(); //~ MML4005
            }

            [RunsIn(ExecutionContext.Hardirq)]
            public void HProp(Ctor c)
            {
                s = c.P; //~ MML4005
            }

            [RunsIn(ExecutionContext.Hardirq)]
            public void HPropSet(Ctor c)
            {
                c.P = 1; //~ MML4005
            }

            [RunsIn(ExecutionContext.Hardirq)]
            public void HPattern(Ctor c)
            {
                if (c is { P: 1 }) //~ MML4005
                    s++;
            }

            [RunsIn(ExecutionContext.Hardirq)]
            public void HOp(Ctor c)
            {
                var d = c + c; //~ MML4005
            }

            [RunsIn(ExecutionContext.Hardirq)]
            public void HDel(ProcFn f)
            {
                f(); //~ MML4005
            }

            [RunsIn(ExecutionContext.Process)]
            public void PDel(HardFn f)
            {
                f(); //~ MML4005
            }

            [RunsIn(ExecutionContext.Softirq)]
            public void SDel(SoftFn f, HardFn g)
            {
                f();
                g(); //~ MML4005
            }

            [RunsIn(ExecutionContext.Hardirq)]
            public void HIface(IHandler h)
            {
                h.Isr();
                h.Work(); //~ MML4005
            }

            [RunsIn(ExecutionContext.Process)]
            public void PIface(IHandler h)
            {
                h.Work();
                h.Isr(); //~ MML4005
            }

            [RunsIn(ExecutionContext.Hardirq)]
            public void HLocal()
            {
                F(); //~ MML4005
                [RunsIn(ExecutionContext.Process)]
                void F()
                {
                }
            }

            [RunsIn(ExecutionContext.Hardirq)]
            public void HLambda()
            {
                var f =
                [RunsIn(ExecutionContext.Process)]
                () =>
                {
                    s++;
                };
                f(); //~ MML4005
            }

            [RunsIn(ExecutionContext.Hardirq)]
            public void HCond(bool x)
            {
                if (x)
                    return;
                ProcOnly(); //~ MML4005
            }

            [RunsIn(ExecutionContext.Process)]
            void ProcOnly()
            {
            }

            [RunsIn(ExecutionContext.Hardirq)]
            public void HQueue(Action<ProcFn> queue)
            {
                queue(ProcOnly);
            }

            [RunsIn(ExecutionContext.Hardirq)]
            public void HQueue2(Action<ProcFn> queue)
            {
                queue(() => ProcOnly());
            }

            [RunsIn(ExecutionContext.Process)]
            public void PThread()
            {
                new System.Threading.Thread(() => ProcOnly()).Start();
            }

            public HardFn Make() => () => ProcOnly(); //~ MML4005
            public ProcFn Make2() => () => ProcOnly();

            public void Unsaid()
            {
                ProcOnly();
            }

            [RunsIn(ExecutionContext.Hardirq)]
            public void HUnsaid()
            {
                Unsaid();
            }
        }
        """);

    [Fact]
    public Task Finding_SaysWhatWasMeant() => Verify.Spans("""
        using MmLock;
        class Story
        {
            [RunsIn(ExecutionContext.Process)] public static void Work() { }
            [RunsIn(ExecutionContext.Hardirq)] public void Handler() => {|#0:Work()|};
        }
        """, Verify.Finding("MML4005").At(0).Saying("Calling 'Story.Work' is ruled out by [RunsIn(ExecutionContext.Process)]"));

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives, ContextSources.Data);
}
