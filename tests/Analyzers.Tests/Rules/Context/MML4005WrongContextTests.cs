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
