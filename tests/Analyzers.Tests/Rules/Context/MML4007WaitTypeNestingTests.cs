using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Rules.Context;

/// <summary>A spinlock that sleeps on a real-time kernel, where it cannot.</summary>
public sealed class MML4007WaitTypeNestingTests
{
    [Fact]
    public Task UnderARawSpinlock_IsReported() => Marked("""
        class Story
        {
            readonly RawSpinLock raw = new(), innerRaw = new();
            readonly SpinLock spin = new(), outer = new();
            readonly RwLock rw = new();
            readonly Isolation token = new();
            readonly SeqLock seq = new();

            public void Spin()
            {
                raw.Lock();
                spin.Lock(); //~ MML4007
                spin.Unlock();
                raw.Unlock();
            }

            public void Reader()
            {
                raw.Lock();
                rw.ReadLock(); //~ MML4007
                rw.ReadUnlock();
                rw.WriteLock(); //~ MML4007
                rw.WriteUnlock();
                raw.Unlock();
            }

            // Tries count: they still hold.
            public void Tried()
            {
                raw.Lock();
                if (spin.TryLock()) //~ MML4007
                    spin.Unlock();
                raw.Unlock();
            }

            public void RightWayRound()
            {
                outer.Lock();
                raw.Lock();
                innerRaw.Lock();
                innerRaw.Unlock();
                raw.Unlock();
                outer.Unlock();
            }

            public void Others()
            {
                raw.Lock();
                token.Take();
                token.PutBack();
                Rcu.ReadLock();
                Rcu.ReadUnlock();
                raw.Unlock();
            }

            public void AfterIt()
            {
                raw.Lock();
                raw.Unlock();
                spin.Lock();
                spin.Unlock();
            }

            [MustHold("raw")]
            public void CallersRaw()
            {
                spin.Lock(); //~ MML4007
                spin.Unlock();
            }
        }
        """);

    [Fact]
    public Task InHardInterruptContext_IsReported() => Marked("""
        class Story
        {
            readonly RawSpinLock raw = new();
            readonly SpinLock spin = new();
            readonly SpinLock other = new();

            [RunsIn(ExecutionContext.Hardirq)]
            public void Handler()
            {
                spin.Lock(); //~ MML4007
                spin.Unlock();
                raw.Lock();
                raw.Unlock();
            }

            [RunsIn(ExecutionContext.Any)]
            public void Anywhere()
            {
                spin.Lock(); //~ MML4007
                spin.Unlock();
            }

            [RunsIn(ExecutionContext.Softirq)]
            public void SoftHandler()
            {
                other.Lock();
                other.Unlock();
            }

            // Interrupts merely off are not interrupt context.
            public void InterruptsOff()
            {
                Irq.Disable();
                other.LockBh();
                other.UnlockBh();
                Irq.Enable();
            }
        }
        """);

    [Fact]
    public Task OffByDefault_SaysNothing() => Marked("""
        class Story
        {
            readonly RawSpinLock raw = new();
            readonly SpinLock spin = new();

            public void Nested()
            {
                raw.Lock();
                spin.Lock();
                spin.Unlock();
                raw.Unlock();
            }
        }
        """);

    [Fact]
    public Task Finding_NamesBothLocks() => Verify.Spans("""
        using MmLock;
        [LockType(LockKind.Spin), NoLockAnalysis("primitive")]
        class SpinLock
        {
            [Acquires] public void Lock() { }
            [Releases] public void Unlock() { }
        }
        [LockType(LockKind.RawSpin), NoLockAnalysis("primitive")]
        class RawSpinLock
        {
            [Acquires] public void Lock() { }
            [Releases] public void Unlock() { }
        }
        class Story
        {
            readonly RawSpinLock raw = new();
            readonly SpinLock spin = new();
            public void M()
            {
                {|#1:raw.Lock()|};
                {|#0:spin.Lock()|};
                spin.Unlock();
                raw.Unlock();
            }
        }
        """, Verify.Finding("MML4007").At(0).WithPlaces(1).Saying("Takes 'spin' (class 'Story.spin') although 'raw' (class 'Story.raw') is held"));

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives, ContextSources.Data);
}
