using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Rules.Context;

/// <summary>Sleeping where it is forbidden.</summary>
public sealed class MML4001SleepInAtomicTests
{
    [Fact]
    public Task EveryAtomicSection_ForbidsIt() => Marked("""
        class Story
        {
            readonly SpinLock spin = new();
            readonly RawSpinLock raw = new();
            readonly RwLock rw = new();
            readonly SeqLock seq = new();

            public void Spin() { spin.Lock(); Sched.Schedule(); spin.Unlock(); } //~ MML4001
            public void Raw() { raw.Lock(); Sched.Schedule(); raw.Unlock(); } //~ MML4001
            public void Read() { rw.ReadLock(); Sched.Schedule(); rw.ReadUnlock(); } //~ MML4001
            public void Write() { rw.WriteLock(); Sched.Schedule(); rw.WriteUnlock(); } //~ MML4001
            public void Sequence() { seq.WriteBegin(); Sched.Schedule(); seq.WriteEnd(); } //~ MML4001
            public void Reader() { Rcu.ReadLock(); Sched.Schedule(); Rcu.ReadUnlock(); } //~ MML4001
            public void ReaderBh() { Rcu.ReadLockBh(); Sched.Schedule(); Rcu.ReadUnlockBh(); } //~ MML4001
            public void ReaderSched() { Rcu.ReadLockSched(); Sched.Schedule(); Rcu.ReadUnlockSched(); } //~ MML4001
            public void Preemption() { Preempt.Disable(); Sched.Schedule(); Preempt.Enable(); } //~ MML4001
            public void Interrupts() { Irq.Disable(); Sched.Schedule(); Irq.Enable(); } //~ MML4001
            public void InterruptsSaved() { Irq.Save(out var f); Sched.Schedule(); Irq.Restore(f); } //~ MML4001
            public void BottomHalves() { Bh.Disable(); Sched.Schedule(); Bh.Enable(); } //~ MML4001
            [RunsIn(ExecutionContext.Softirq)] public void SoftHandler() { Sched.Schedule(); } //~ MML4001
            [RunsIn(ExecutionContext.Hardirq)] public void HardHandler() { Sched.Schedule(); } //~ MML4001
            [RunsIn(ExecutionContext.Any)] public void Anywhere() { Sched.Schedule(); } //~ MML4001
            [MustHold("spin")] public void CallerSpins() { Sched.Schedule(); } //~ MML4001
            [MustHold("@preempt")] public void CallerIsPinned() { Sched.Schedule(); } //~ MML4001
            [MustHoldShared("@rcu")] public void CallerReads() { Sched.Schedule(); } //~ MML4001
            [MustHoldShared("@irq")] public void CallersInterruptsAreOff() { Sched.Schedule(); } //~ MML4001
            [NeverSleeps] public void Promised() { Sched.Schedule(); } //~ MML4001
        }
        """);

    [Fact]
    public Task EverySectionThatMaySleep_Allows() => Marked("""
        class Story
        {
            readonly Mutex mutex = new();
            readonly RwSem sem = new();
            readonly PageLock page = new();
            readonly SeqLock seq = new();
            readonly SrcuDomain domain = new();
            readonly Isolation token = new();
            readonly SpinLock spin = new();

            public void Nothing() => Sched.Schedule();

            public void Sleepers()
            {
                mutex.Lock();
                sem.DownWrite();
                page.Lock();
                Sched.Schedule();
                page.Unlock();
                sem.UpWrite();
                mutex.Unlock();
                sem.DownRead();
                Sched.Schedule();
                sem.UpRead();
            }

            public void Domain()
            {
                int index = domain.ReadLock();
                Sched.Schedule();
                domain.ReadUnlock(index);
            }

            public void Token()
            {
                token.Take();
                Sched.Schedule();
                token.PutBack();
            }

            // Optimistic: who sleeps in it reads again.
            public void SequenceReader()
            {
                uint sequence = seq.ReadBegin();
                Sched.Schedule();
                seq.ReadRetry(sequence);
            }

            [RunsIn(ExecutionContext.Process)]
            public void Process() => Sched.Schedule();

            public void AfterTheSection()
            {
                spin.LockIrqSave(out var flags);
                spin.UnlockIrqRestore(flags);
                Sched.Schedule();
            }

            public void Delays()
            {
                spin.Lock();
                Sched.Delay();
                spin.Unlock();
            }
        }
        """);

    [Fact]
    public Task TakingALockThatSleeps_IsSleeping() => Marked("""
        class Story
        {
            readonly SpinLock spin = new(), other = new();
            readonly RawSpinLock raw = new();
            readonly RwLock rw = new();
            readonly Mutex mutex = new(), outermost = new();
            readonly RwSem sem = new();
            readonly PageLock page = new();
            readonly Isolation token = new();
            readonly SrcuDomain domain = new();

            public void Kinds()
            {
                spin.Lock();
                mutex.Lock(); //~ MML4001
                mutex.Unlock();
                sem.DownRead(); //~ MML4001
                sem.UpRead();
                sem.DownWrite(); //~ MML4001
                sem.UpWrite();
                page.Lock(); //~ MML4001
                page.Unlock();
                spin.Unlock();
            }

            public void WaitsThoughItMayFail()
            {
                spin.Lock();
                if (mutex.LockKillable() == 0) //~ MML4001
                    mutex.Unlock();
                spin.Unlock();
            }

            public void NeverSleepers()
            {
                raw.Lock();
                spin.Lock();
                rw.ReadLock();
                token.Take();
                int index = domain.ReadLock();
                Rcu.ReadLock();
                Rcu.ReadUnlock();
                domain.ReadUnlock(index);
                token.PutBack();
                rw.ReadUnlock();
                spin.Unlock();
                raw.Unlock();
            }

            public void Tries()
            {
                spin.Lock();
                if (mutex.TryLock())
                    mutex.Unlock();
                if (sem.TryDownRead())
                    sem.UpRead();
                if (page.TryLock())
                    page.Unlock();
                spin.Unlock();
            }

            public void PlainDotNet()
            {
                spin.Lock();
                lock (mutex) //~ MML4001
                {
                }
                spin.Unlock();
            }

            public void ReleasingNeverSleeps()
            {
                outermost.Lock();
                spin.Lock();
                outermost.Unlock();
                spin.Unlock();
            }
        }
        """);

    [Fact]
    public Task Paths_AreToldApart() => Marked("""
        class Story
        {
            readonly SpinLock spin = new();
            readonly RwLock rw = new();

            public void Tried()
            {
                if (spin.TryLock())
                {
                    Sched.Schedule(); //~ MML4001
                    spin.Unlock();
                }
                else
                {
                    Sched.Schedule();
                }
            }

            public void Flag(bool atomic)
            {
                if (atomic)
                    spin.Lock();
                if (!atomic)
                    Sched.Schedule();
                if (atomic)
                    spin.Unlock();
            }

            public void DroppedAround(int rounds)
            {
                spin.Lock();
                for (int i = 0; i < rounds; i++)
                {
                    spin.Unlock();
                    Sched.Schedule();
                    spin.Lock();
                }
                spin.Unlock();
            }

            public void EveryThirtySecondPage(int rounds)
            {
                ulong flags = 0;
                bool locked = false;
                for (int i = 0; i < rounds; i++)
                {
                    if (locked && i % 32 == 0)
                    {
                        spin.UnlockIrqRestore(flags);
                        locked = false;
                        Sched.Schedule();
                    }
                    if (!locked)
                    {
                        spin.LockIrqSave(out flags);
                        locked = true;
                    }
                }
                if (locked)
                    spin.UnlockIrqRestore(flags);
                Sched.Schedule();
            }

            public void Leftover(bool early)
            {
                rw.ReadLock();
                if (early)
                    rw.ReadUnlock();
                Sched.Schedule(); //~ MML4001
                if (!early)
                    rw.ReadUnlock();
            }

            public void IrqOutlivesTheLock()
            {
                spin.LockIrqSave(out var flags);
                spin.Unlock();
                Sched.Schedule(); //~ MML4001
                Irq.Restore(flags);
            }

            public void LockOutlivesTheIrq()
            {
                spin.LockIrq();
                Irq.Enable();
                Sched.Schedule(); //~ MML4001
                spin.Unlock();
            }

            public void Nested()
            {
                Preempt.Disable();
                Preempt.Disable();
                Preempt.Enable();
                Sched.Schedule(); //~ MML4001
                Preempt.Enable();
                Sched.Schedule();
            }
        }
        """);

    [Fact]
    public Task ThroughCallees_IsReportedAtTheCall() => Marked("""
        static class Elsewhere
        {
            static readonly Mutex mutex = new();

            public static void Sleeps() => Sched.Schedule();

            public static void Deeper() => Sleeps();

            public static void TakesAMutex()
            {
                mutex.Lock();
                mutex.Unlock();
            }

            public static void Tries()
            {
                if (mutex.TryLock())
                    mutex.Unlock();
            }

            public static int Property
            {
                get
                {
                    Sched.Schedule();
                    return 1;
                }
            }

            [NoLockAnalysis("trusted")]
            public static void Trusted() => Sched.Schedule();

            [NeverSleeps, NoLockAnalysis("trusted")]
            public static void TrustedNotTo() => Sched.Schedule();
        }

        class Maker
        {
            public Maker() => Sched.Schedule();
        }

        interface IDevice
        {
            [MaySleep] void Flush();
            [NeverSleeps] void Kick();
            void Silent();
        }

        class Disk : IDevice
        {
            public void Flush() { }
            public void Kick() { Sched.Schedule(); } //~ MML4001
            public void Silent() => Sched.Schedule();
        }

        class Story
        {
            readonly SpinLock spin = new();

            public void OfThisType()
            {
                spin.Lock();
                Inner(); //~ MML4001
                Outer(); //~ MML4001
                spin.Unlock();
            }

            private void Inner() => Sched.Schedule();

            private void Outer() => Inner();

            public void OfAnotherType()
            {
                spin.Lock();
                Elsewhere.Sleeps(); //~ MML4001
                Elsewhere.Deeper(); //~ MML4001
                Elsewhere.TakesAMutex(); //~ MML4001
                Elsewhere.Tries();
                Elsewhere.Trusted();
                Elsewhere.TrustedNotTo();
                spin.Unlock();
            }

            public int Accessor()
            {
                spin.Lock();
                int value = Elsewhere.Property; //~ MML4001
                spin.Unlock();
                return value;
            }

            public void Constructor()
            {
                spin.Lock();
                var made = new Maker(); //~ MML4001
                spin.Unlock();
            }

            public void Contract(IDevice device)
            {
                spin.Lock();
                device.Flush(); //~ MML4001
                device.Kick();
                device.Silent();
                spin.Unlock();
            }

            public void InheritedContract(Disk disk)
            {
                spin.Lock();
                disk.Flush(); //~ MML4001
                disk.Kick();
                disk.Silent(); //~ MML4001
                spin.Unlock();
            }

            public void Local()
            {
                spin.Lock();
                Sleeper(); //~ MML4001
                spin.Unlock();

                void Sleeper() => Sched.Schedule();
            }

            public void LambdaHere()
            {
                spin.Lock();
                Run(() => Sched.Schedule()); //~ MML4001
                spin.Unlock();
            }

            public void LambdaLater()
            {
                spin.Lock();
                Keep(() => Sched.Schedule());
                spin.Unlock();
            }

            public static void Run([InvokedHere] System.Action work) => work();

            public static void Keep(System.Action work) { }

            [NeverSleeps]
            public void PromisesNotTo()
            {
                Elsewhere.Deeper(); //~ MML4001
            }

            [RunsIn(ExecutionContext.Softirq)]
            public void Handler()
            {
                Elsewhere.Sleeps(); //~ MML4001
            }
        }
        """);

    [Fact]
    public Task CalleeThatLetsGoFirst_MaySleep() => Marked("""
        // do_wp_page drops the page-table lock, then locks the page.
        class Story
        {
            readonly SpinLock ptl = new(), other = new();
            readonly PageLock page = new();

            [Releases("ptl"), MaySleep]
            public void ReleasesAndSleeps()
            {
                ptl.Unlock();
                Sched.Schedule();
            }

            [Releases("ptl")]
            public void ReleasesAndSleepsUnsaid()
            {
                ptl.Unlock();
                page.Lock();
                page.Unlock();
            }

            [Releases("ptl"), MaySleep]
            public void SleepsAndReleases()
            {
                Sched.Schedule(); //~ MML4001
                ptl.Unlock();
            }

            [Drops("ptl"), MaySleep]
            public void SleepsInBetween()
            {
                ptl.Unlock();
                Sched.Schedule();
                ptl.Lock();
            }

            public void Calls()
            {
                ptl.Lock();
                ReleasesAndSleeps();
                ptl.Lock();
                ReleasesAndSleepsUnsaid();
                ptl.Lock();
                SleepsInBetween();
                ptl.Unlock();
            }

            public void CallsUnderAnother()
            {
                other.Lock();
                ptl.Lock();
                ReleasesAndSleeps(); //~ MML4001
                ptl.Lock();
                ReleasesAndSleepsUnsaid(); //~ MML4001
                ptl.Lock();
                SleepsInBetween(); //~ MML4001
                ptl.Unlock();
                other.Unlock();
            }

            [Releases("ptl"), EnablesIrq, MaySleep]
            public void ReleasesBothAndSleeps()
            {
                ptl.UnlockIrq();
                Sched.Schedule();
            }

            public void CallsWithInterruptsOff()
            {
                ptl.LockIrq();
                ReleasesBothAndSleeps();
                ptl.LockIrq();
                ReleasesAndSleeps(); //~ MML4001
                Irq.Enable();
            }
        }
        """);

    [Fact]
    public Task BlockingPageLockUnderTheZap_IsReported() => Marked("""
        // Variants 3a and 5g: the page lock may only be tried under a page-table lock.
        class Page
        {
            public readonly PageLock Lock = new();
        }

        class Story
        {
            readonly SpinLock ptl = new();

            public void FreeSwapAndCache(Page page)
            {
                ptl.Lock();
                page.Lock.Lock(); //~ MML4001
                page.Lock.Unlock();
                ptl.Unlock();
            }

            public void FreeSwapAndCacheTried(Page page)
            {
                ptl.Lock();
                if (page.Lock.TryLock())
                    page.Lock.Unlock();
                ptl.Unlock();
            }
        }
        """);

    [Fact]
    public Task Finding_NamesTheLockAndWhereItWasTaken() => Verify.Spans("""
        using MmLock;
        [LockType(LockKind.Spin), NoLockAnalysis("primitive")]
        class SpinLock
        {
            [Acquires] public void Lock() { }
            [Releases] public void Unlock() { }
        }
        class Story
        {
            readonly SpinLock ptl = new();
            [{|#2:MaySleep|}] public static void Wait() { }
            public void M()
            {
                {|#1:ptl.Lock()|};
                {|#0:Wait()|};
                ptl.Unlock();
            }
        }
        """, Verify.Finding("MML4001").At(0).WithPlaces(1, 2).Saying("may sleep", "'ptl' (class 'Story.ptl') is held"));

    [Fact]
    public Task FindingThroughACallee_NamesTheChain() => Verify.Spans("""
        using MmLock;
        class Elsewhere
        {
            [MaySleep] public static void Wait() { }
            public static void First() => {|#2:Second()|};
            public static void Second() => {|#3:Wait()|};
        }
        class Story
        {
            [NoLockAnalysis("primitive"), DisablesPreemption] static void Disable() { }
            [NoLockAnalysis("primitive"), EnablesPreemption] static void Enable() { }
            public void M()
            {
                {|#1:Disable()|};
                {|#0:Elsewhere.First()|};
                Enable();
            }
        }
        """, Verify.Finding("MML4001").At(0).Saying("'Elsewhere.First'", "'Elsewhere.Second'", "preemption is off"));

    [Fact]
    public Task EveryExpressionAndScope_IsFollowed() => Marked("""
        using System;
        using System.Linq;
        using System.Collections.Generic;
        class Story
        {
            readonly SpinLock spin = new();
            readonly Mutex mutex = new(), outermost = new();
            [MaySleep] public static bool Sleeps() => true;
            [MaySleep] public static int SleepsInt() => 1;

            public bool ShortCircuit(bool quick)
            {
                spin.Lock();
                bool r = quick || Sleeps(); //~ MML4001
                spin.Unlock();
                return r;
            }

            public int Coalesce(int? n)
            {
                spin.Lock();
                int r = n ?? SleepsInt(); //~ MML4001
                spin.Unlock();
                return r;
            }

            public int SwitchArm(int n)
            {
                spin.Lock();
                int r = n switch { 0 => 1, _ => SleepsInt() }; //~ MML4001
                spin.Unlock();
                return r;
            }

            public void CatchSleeps(Action work)
            {
                spin.Lock();
                try { work(); }
                catch (Exception) { Sched.Schedule(); } //~ MML4001
                finally { spin.Unlock(); }
            }

            public void AfterFinally(Action work)
            {
                try { spin.Lock(); work(); }
                finally { spin.Unlock(); }
                Sched.Schedule();
            }

            public void Linq(List<int> list)
            {
                spin.Lock();
                list.ForEach(i => Sched.Schedule()); //~ MML4001
                spin.Unlock();
            }

            public void GuardDroppedEarly()
            {
                using (var g = new EarlyGuard(spin))
                {
                    g.Unlock();
                    Sched.Schedule();
                    g.Lock();
                    Sched.Schedule(); //~ MML4001
                }
                Sched.Schedule();
            }

            public void UsingOrder()
            {
                using var m = new MutexGuard(outermost);
                using var s = new SpinGuard(spin);
                Sched.Delay();
            }

            public void UsingOrderWrong()
            {
                using var s = new SpinGuard(spin);
                using var m = new MutexGuard(mutex); //~ MML4001
            }

            [MaySleep] public static int Prop => 1;
            public int Getter()
            {
                spin.Lock();
                int r = Prop; //~ MML4001
                spin.Unlock();
                return r;
            }

            [MaySleep] public delegate void Work();
            public void Delegate([InvokedHere] Action a)
            {
                spin.Lock();
                a();
                spin.Unlock();
            }
        }

        [ScopedLock, NoLockAnalysis("x")]
        ref struct EarlyGuard
        {
            [Acquires("l")] public EarlyGuard(SpinLock l) { }
            [Releases] public void Unlock() { }
            [Acquires] public void Lock() { }
            public void Dispose() { }
        }
        [ScopedLock, NoLockAnalysis("x")]
        ref struct MutexGuard
        {
            [Acquires("l")] public MutexGuard(Mutex l) { }
            public void Dispose() { }
        }
        """);

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives, ContextSources.Data);
}
