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
    public Task EveryFormOfCall_MaySleep() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public interface IDev
        {
            [MaySleep]
            void Flush();
            [NeverSleeps]
            void Kick();
            void Quiet();
            [RunsIn(ExecutionContext.Hardirq)]
            void Isr();
        }

        public abstract class DevBase : IDev
        {
            public abstract void Flush();
            public abstract void Kick();
            public virtual void Quiet()
            {
            }

            public abstract void Isr();
            [MaySleep]
            public virtual int Prop
            {
                get => 0;
                set
                {
                }
            }

            [MaySleep]
            public virtual int this[int i] => i;
        }

        public class Res : IDisposable, IAsyncDisposable
        {
            [MaySleep]
            public Res()
            {
            }

            [MaySleep]
            public void Dispose()
            {
            }

            [MaySleep]
            public ValueTask DisposeAsync() => default;

            [MaySleep]
            public static Res operator +(Res a, Res b) => a;

            [MaySleep]
            public static implicit operator int (Res r) => 0;

            public event Action E
            {
                add
                {
                }

                remove
                {
                }
            }
        }

        [MaySleep]
        public delegate void Sleeper();
        [NeverSleeps]
        public delegate void Atomic();
        public delegate void Plain0();
        public partial class Story
        {
            public partial void Part();
            [MaySleep]
            public partial void Part2();
        }

        public partial class Story
        {
            public partial void Part() => Sched.Schedule();

            public partial void Part2()
            {
            }
        }

        public partial class Story
        {
            readonly SpinLock a = new(), b = new();
            static int s;
            public void Iface(IDev d)
            {
                a.Lock();
                d.Flush(); //~ MML4001
                a.Unlock();
            }

            public void IfaceK(IDev d)
            {
                a.Lock();
                d.Kick();
                d.Quiet();
                a.Unlock();
            }

            public void PropGet(DevBase d)
            {
                a.Lock();
                s = d.Prop; //~ MML4001
                a.Unlock();
            }

            public void PropSet(DevBase d)
            {
                a.Lock();
                d.Prop = 1; //~ MML4001
                a.Unlock();
            }

            public void PropInc(DevBase d)
            {
                a.Lock();
                d.Prop++; //~ MML4001
                a.Unlock();
            }

            public void Idx(DevBase d)
            {
                a.Lock();
                s = d[1]; //~ MML4001
                a.Unlock();
            }

            public void PropPattern(DevBase d)
            {
                a.Lock();
                if (d is { Prop: 3 }) //~ MML4001
                    s++;
                a.Unlock();
            }

            public void New()
            {
                a.Lock();
                var r = new Res(); //~ MML4001
                a.Unlock();
            }

            public void UsingR(Res r)
            {
                a.Lock();
                using (r) //~ MML4001
                {
                    s++;
                }

                a.Unlock();
            }

            public void UsingD(Res r)
            {
                a.Lock();
                using var q = r;
                a.Unlock();
            }

            public void UsingD2(Res r)
            {
                using var q = r;
                a.Lock();
                a.Unlock();
            }

            public void Op(Res r)
            {
                a.Lock();
                var x = r + r; //~ MML4001
                a.Unlock();
            }

            public void Conv(Res r)
            {
                a.Lock();
                int x = r; //~ MML4001
                a.Unlock();
            }

            public void Ev(Res r)
            {
                a.Lock();
                r.E += () =>
                {
                };
                a.Unlock();
            }

            public void Del(Sleeper d)
            {
                a.Lock();
                d(); //~ MML4001
                a.Unlock();
            }

            public void Del2(Sleeper d)
            {
                a.Lock();
                d?.Invoke(); //~ MML4001
                a.Unlock();
            }

            public void Del3(Atomic d, Plain0 p)
            {
                a.Lock();
                d();
                p();
                a.Unlock();
            }

            public void LambdaConv()
            {
                Atomic d = () => Sched.Schedule(); //~ MML4001
                d();
            }

            public void LambdaConvOk()
            {
                Sleeper d = () => Sched.Schedule();
                d();
            }

            public void MethodGroup()
            {
                Atomic d = Sched.Schedule; //~ MML2012
            }

            public void MethodGroup2()
            {
                Plain0 d = Sched.Schedule;
            }

            public void PartC()
            {
                a.Lock();
                Part(); //~ MML4001
                a.Unlock();
            }

            public void PartC2()
            {
                a.Lock();
                Part2(); //~ MML4001
                a.Unlock();
            }

            public void Local()
            {
                a.Lock();
                F(); //~ MML4001
                a.Unlock();
                void F() => Sched.Schedule();
            }

            public void LocalLater()
            {
                F();
                a.Lock();
                a.Unlock();
                void F() => Sched.Schedule();
            }

            public void Lam()
            {
                a.Lock();
                Action f = () => Sched.Schedule(); //~ MML4001
                f();
                a.Unlock();
            }

            public void LamLater()
            {
                a.Lock();
                Task.Run(() => Sched.Schedule());
                a.Unlock();
            }

            public void ForEachL(List<int> l)
            {
                a.Lock();
                l.ForEach(x => Sched.Schedule()); //~ MML4001
                a.Unlock();
            }

            public void Linq(List<int> l)
            {
                a.Lock();
                s = l.Select(x =>
                {
                    Sched.Schedule(); //~ MML4001
                    return x;
                }).Count();
                a.Unlock();
            }

            public void LinqDeferred(List<int> l)
            {
                a.Lock();
                var q = l.Select(x =>
                {
                    Sched.Schedule();
                    return x;
                });
                a.Unlock();
            }
        }
        """);

    [Fact]
    public Task OrderOfReleaseSleepAndTake_Counts() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public partial class Story
        {
            readonly SpinLock a = new(), b = new();
            private void Priv()
            {
                Sched.Schedule();
            }

            private void Priv2()
            {
                Priv();
            }

            private void PrivDrops()
            {
                a.Unlock(); //~ MML2005
                Sched.Schedule();
                a.Lock();
            } //~ MML2006

            [Drops("a")]
            private void PrivDrops2()
            {
                a.Unlock();
                Sched.Schedule();
                a.Lock();
            }

            public void CPriv()
            {
                a.Lock();
                Priv2(); //~ MML4001
                a.Unlock();
            }

            public void CDrops()
            {
                a.Lock();
                PrivDrops2();
                a.Unlock();
            }

            public void CDropsTwo()
            {
                b.Lock();
                a.Lock();
                PrivDrops2(); //~ MML4001
                a.Unlock();
                b.Unlock();
            }

            [Releases("a")]
            void RelSleep()
            {
                a.Unlock();
                Sched.Schedule();
            }

            [Releases("a"), MaySleep]
            void RelSleep2()
            {
                a.Unlock();
                Sched.Schedule();
            }

            public void CRel()
            {
                a.Lock();
                RelSleep();
            }

            public void CRel2()
            {
                a.Lock();
                RelSleep2();
            }

            public void CRelTwo()
            {
                b.Lock();
                a.Lock();
                RelSleep(); //~ MML4001
                b.Unlock();
            }

            [Acquires("a")]
            void SleepAcq()
            {
                Sched.Schedule();
                a.Lock();
            }

            public void CAcq()
            {
                SleepAcq();
                a.Unlock();
            }

            public void CAcqUnder()
            {
                b.Lock();
                SleepAcq(); //~ MML4001
                a.Unlock();
                b.Unlock();
            }
        }
        """);

    [Fact]
    public Task EveryWait_UnderEverySection() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public partial class Story
        {
            readonly SpinLock a = new(), b = new();
            readonly RwLock rw = new();
            readonly SeqLock seq = new();
            readonly Mutex mutex = new(), hm = new();
            readonly RwSem sem = new();
            readonly PageLock page = new();
            readonly SrcuDomain dom = new();
            readonly Isolation iso = new();
            static int s;
            object gate = new();
            public void MutexUnderSpin()
            {
                a.Lock();
                mutex.Lock(); //~ MML4001
                mutex.Unlock();
                a.Unlock();
            }

            public void MutexUnderRw()
            {
                rw.ReadLock();
                mutex.Lock(); //~ MML4001
                mutex.Unlock();
                rw.ReadUnlock();
            }

            public void MutexUnderSeq()
            {
                seq.WriteBegin();
                mutex.Lock(); //~ MML4001
                mutex.Unlock();
                seq.WriteEnd();
            }

            public void MutexKillable()
            {
                a.Lock();
                if (mutex.LockKillable() == 0) //~ MML4001
                    mutex.Unlock();
                a.Unlock();
            }

            public void SemUnder()
            {
                Rcu.ReadLock();
                sem.DownRead(); //~ MML4001
                sem.UpRead();
                Rcu.ReadUnlock();
            }

            public void SemUnderBh()
            {
                Rcu.ReadLockBh();
                sem.DownRead(); //~ MML4001
                sem.UpRead();
                Rcu.ReadUnlockBh();
            }

            public void SemUnderSched()
            {
                Rcu.ReadLockSched();
                sem.DownWrite(); //~ MML4001
                sem.UpWrite();
                Rcu.ReadUnlockSched();
            }

            public void PageUnder()
            {
                a.Lock();
                page.Lock(); //~ MML4001
                page.Unlock();
                a.Unlock();
            }

            public void MonitorUnder()
            {
                a.Lock();
                lock (gate) //~ MML4001
                {
                    s++;
                }

                a.Unlock();
            }

            public void LockUnder(System.Threading.Lock l)
            {
                a.Lock();
                lock (l) //~ MML4001
                {
                    s++;
                }

                a.Unlock();
            }

            public void SemSlimUnder(System.Threading.SemaphoreSlim l)
            {
                a.Lock();
                l.Wait();
                l.Release();
                a.Unlock();
            }

            public void SleepDotNet()
            {
                a.Lock();
                System.Threading.Thread.Sleep(1); //~ MML4001
                a.Unlock();
            }

            public void SleepDotNet0()
            {
                lock (gate)
                    System.Threading.Thread.Sleep(1);
            }

            public async Task AwaitUnder()
            {
                a.Lock();
                await Task.Delay(1); //~ MML2014
                a.Unlock();
            }

            public void TaskWait(Task t)
            {
                a.Lock();
                t.Wait(); //~ MML4001
                a.Unlock();
            }

            public void TaskResult(Task<int> t)
            {
                a.Lock();
                s = t.Result; //~ MML4001
                a.Unlock();
            }

            public void Join(System.Threading.Thread t)
            {
                a.Lock();
                t.Join(); //~ MML4001
                a.Unlock();
            }

            public void TryUnder()
            {
                a.Lock();
                if (sem.TryDownWrite())
                    sem.UpWrite();
                a.Unlock();
            }

            public void DomUnder()
            {
                int i = dom.ReadLock();
                mutex.Lock();
                mutex.Unlock();
                dom.ReadUnlock(i);
            }

            public void DomInSpin()
            {
                a.Lock();
                int i = dom.ReadLock();
                dom.ReadUnlock(i);
                a.Unlock();
            }

            public void SeqRead()
            {
                uint q;
                do
                {
                    q = seq.ReadBegin();
                    Sched.Schedule();
                }
                while (seq.ReadRetry(q));
            }

            public void IsoSleep()
            {
                iso.Take();
                Sched.Schedule();
                iso.PutBack();
            }
        }
        """);

    [Fact]
    public Task EveryEntry_ThatForbidsSleeping() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public interface IDev
        {
            [MaySleep]
            void Flush();
            [NeverSleeps]
            void Kick();
            void Quiet();
            [RunsIn(ExecutionContext.Hardirq)]
            void Isr();
        }

        public abstract class DevBase : IDev
        {
            public abstract void Flush();
            public abstract void Kick();
            public virtual void Quiet()
            {
            }

            public abstract void Isr();
            [MaySleep]
            public virtual int Prop
            {
                get => 0;
                set
                {
                }
            }

            [MaySleep]
            public virtual int this[int i] => i;
        }

        public class DevImpl : DevBase
        {
            public override void Flush()
            {
            }

            public override void Kick()
            {
                Sched.Schedule(); //~ MML4001
            }

            public override void Isr()
            {
                Sched.Schedule(); //~ MML4001
            }

            public override int Prop
            {
                get => 1;
                set
                {
                }
            }
        }

        [Flags]
        public enum Gfp
        {
            Atomic = 0,
            Direct = 1,
            Kernel = 1
        }

        public partial class Story
        {
            readonly SpinLock a = new(), b = new();
            readonly RwLock rw = new();
            readonly Mutex mutex = new(), hm = new();
            static int s;
            object gate = new();
            [RunsIn(ExecutionContext.Hardirq)]
            public void Hard()
            {
                Sched.Schedule(); //~ MML4001
            }

            [RunsIn(ExecutionContext.Softirq)]
            public void Soft()
            {
                hm.Lock(); //~ MML4001
                hm.Unlock();
            }

            [RunsIn(ExecutionContext.Any)]
            public void Any()
            {
                Sched.Schedule(); //~ MML4001
            }

            [RunsIn(ExecutionContext.Process)]
            public void Proc()
            {
                Sched.Schedule();
            }

            [RunsIn(ExecutionContext.Hardirq)]
            public void HardPriv()
            {
                Priv3(); //~ MML4001
            }

            [MustHold("a")]
            public void Held()
            {
                Sched.Schedule(); //~ MML4001
            }

            [MustHold("@preempt")]
            public void HeldP()
            {
                Sched.Schedule(); //~ MML4001
            }

            [MustHoldShared("rw")]
            public void HeldRw()
            {
                Sched.Schedule(); //~ MML4001
            }

            [MustHoldAny("a", "mutex")]
            public void HeldAny()
            {
                Sched.Schedule(); //~ MML4001
            }

            [MustHold("mutex")]
            public void HeldM()
            {
                Sched.Schedule();
            }

            [MustHold("@irq")]
            void PrivIrq()
            {
                Sched.Schedule(); //~ MML4001
            }

            private void Priv3()
            {
                Sched.Schedule();
            }

            [NeverSleeps]
            public void NS()
            {
                Priv3(); //~ MML4001
            }

            [NeverSleeps]
            public void NS2()
            {
                lock (gate) //~ MML4001
                {
                    s++;
                }
            }

            [NeverSleeps]
            public void NS3()
            {
                a.Lock();
                a.Unlock();
                if (mutex.TryLock())
                    mutex.Unlock();
            }

            [NeverSleeps]
            public void NS4(Action x)
            {
                x();
            }

            [NeverSleeps]
            public int NS5
            {
                get
                {
                    Sched.Schedule(); //~ MML4001
                    return 1;
                }
            }

            public void CNS()
            {
                a.Lock();
                NS();
                a.Unlock();
            }

            [MaySleep]
            void MS(Gfp g)
            {
                if ((g & Gfp.Direct) != 0)
                    Sched.Schedule();
            }
        }
        """);

    [Fact]
    public Task PathsExpressionsAndIterators_AreToldApart() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public partial class Story
        {
            readonly SpinLock a = new(), b = new();
            static int s;
            public void SleepOnPath(bool x)
            {
                if (x)
                    a.Lock();
                Sched.Schedule(); //~ MML4001
                if (x)
                    a.Unlock();
            }

            public void SleepOtherPath(bool x)
            {
                if (x)
                    a.Lock();
                if (!x)
                    Sched.Schedule();
                if (x)
                    a.Unlock();
            }

            public void Filter()
            {
                a.Lock();
                try
                {
                    Quiet0();
                }
                catch (Exception)when (SleepB()) //~ MML4001
                {
                }

                a.Unlock();
            }

            [MaySleep]
            bool SleepB() => true;
            void Quiet0()
            {
            }

            public void CatchS()
            {
                a.Lock();
                try
                {
                    Quiet0();
                }
                catch
                {
                    Sched.Schedule(); //~ MML4001
                }
                finally
                {
                    a.Unlock();
                }
            }

            public void AfterUsing()
            {
                using (new SpinGuard(a))
                    s++;
                Sched.Schedule();
            }

            public void UsingDecl()
            {
                {
                    using var g = new SpinGuard(a);
                    s++;
                }

                Sched.Schedule();
            }

            public int SwitchE(int k)
            {
                a.Lock();
                int r = k switch
                {
                    0 => S1(), //~ MML4001
                    _ => 2
                };
                a.Unlock();
                return r;
            }

            [MaySleep]
            int S1() => 1;
            public string Interp()
            {
                a.Lock();
                var x = $"{S1()}"; //~ MML4001
                a.Unlock();
                return x;
            }

            public void Cond(bool x)
            {
                a.Lock();
                _ = x && S1() == 1; //~ MML4001
                a.Unlock();
            }

            public void Coal(string x)
            {
                a.Lock();
                x ??= S2(); //~ MML4001
                a.Unlock();
            }

            [MaySleep]
            string S2() => "";
            public void Goto(int k)
            {
                again:
                    a.Lock();
                if (k == 3)
                {
                    a.Unlock();
                    Sched.Schedule();
                    goto again;
                }

                a.Unlock();
            }

            public void RecA(int k)
            {
                if (k > 0)
                    RecB(k - 1);
            }

            void RecB(int k)
            {
                Sched.Schedule();
                RecA(k);
            }

            public void Rec()
            {
                a.Lock();
                RecA(3); //~ MML4001
                a.Unlock();
            }

            public IEnumerable<int> It()
            {
                Sched.Schedule();
                yield return 1;
            }

            public void ItCreate()
            {
                a.Lock();
                var e = It();
                a.Unlock();
            }

            public void ItConsumed()
            {
                a.Lock();
                foreach (var x in It()) //~ MML4001
                    s++;
                a.Unlock();
            }

            public void ItToList()
            {
                a.Lock();
                var l = It().ToList(); //~ MML4001
                a.Unlock();
            }

            public async Task Asy()
            {
                Sched.Schedule();
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task CalleeThatEndsTheSectionFirst_MaySleep() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public class Story
        {
            readonly SpinLock a = new(), b = new(), q = new(), w = new(), v = new(), u = new(), t1 = new(), t2 = new(), t3 = new();
            [Drops("@irq")]
            void DropIrq()
            {
                Irq.Enable();
                Sched.Schedule();
                Irq.Disable();
            }

            public void CDropIrq()
            {
                Irq.Disable();
                DropIrq();
                Irq.Enable();
            }

            void Mid1()
            {
                DropIrq();
            }

            [MustHold("@irq")]
            void Mid2()
            {
                DropIrq();
            }

            [Drops("@irq")]
            void Mid3()
            {
                DropIrq();
            }

            public void CMid3()
            {
                Irq.Disable();
                Mid3();
                Irq.Enable();
            }

            [EnablesIrq]
            void EnableSleep()
            {
                Irq.Enable();
                Sched.Schedule();
            }

            public void CEnableSleep()
            {
                Irq.Disable();
                EnableSleep();
            }

            public void CEnableSleepUnder()
            {
                b.Lock();
                Irq.Disable();
                EnableSleep(); //~ MML4001
                b.Unlock();
            }

            [Releases("a"), RestoresIrq("f")]
            void UnSleep(ulong f)
            {
                a.UnlockIrqRestore(f);
                Sched.Schedule();
            }

            public void CUnSleep()
            {
                a.LockIrqSave(out var f);
                UnSleep(f);
            }

            public void CUnSleepNested()
            {
                Irq.Disable();
                a.LockIrqSave(out var f);
                UnSleep(f); //~ MML4001
                Irq.Enable();
            }

            [EnablesPreemption]
            void PreSleep()
            {
                Preempt.Enable();
                Sched.Schedule();
            }

            public void CPreSleep()
            {
                Preempt.Disable();
                PreSleep();
            }

            public void CPreSleepTwice()
            {
                Preempt.Disable();
                Preempt.Disable();
                PreSleep(); //~ MML4001
                Preempt.Enable();
            }

            [EnablesBh]
            void BhSleep()
            {
                Bh.Enable();
                Sched.Schedule();
            }

            public void CBhSleep()
            {
                Bh.Disable();
                BhSleep();
            }

            [Drops("a"), Drops("@irq")]
            void DropBoth()
            {
                a.UnlockIrq();
                Sched.Schedule();
                a.LockIrq();
            }

            public void CDropBoth()
            {
                a.LockIrq();
                DropBoth();
                a.UnlockIrq();
            }

            [ReleasesShared("@rcu")]
            void RcuSleep()
            {
                Rcu.ReadUnlock();
                Sched.Schedule();
            }

            public void CRcuSleep()
            {
                Rcu.ReadLock();
                RcuSleep();
            }

            public void CRcuSleepTwice()
            {
                Rcu.ReadLock();
                Rcu.ReadLock();
                RcuSleep(); //~ MML4001
                Rcu.ReadUnlock();
            }

            [Drops("@rcu")]
            void RcuDrop()
            {
                Rcu.ReadUnlock();
                Sched.Schedule();
                Rcu.ReadLock();
            }

            public void CRcuDrop()
            {
                Rcu.ReadLock();
                RcuDrop();
                Rcu.ReadUnlock();
            }

            public void CRcuDropTwice()
            {
                Rcu.ReadLock();
                Rcu.ReadLock();
                RcuDrop(); //~ MML4001
                Rcu.ReadUnlock();
                Rcu.ReadUnlock();
            }

            [Drops("@preempt")]
            void PreDrop()
            {
                Preempt.Enable();
                Sched.Schedule();
                Preempt.Disable();
            }

            public void CPreDrop()
            {
                Preempt.Disable();
                PreDrop();
                Preempt.Enable();
            }

            [DisablesIrq]
            void SleepThenDisable()
            {
                Sched.Schedule();
                Irq.Disable();
            }

            public void CSleepThenDisable()
            {
                SleepThenDisable();
                Irq.Enable();
            }

            [AcquiresShared("@rcu")]
            void SleepThenRead()
            {
                Sched.Schedule();
                Rcu.ReadLock();
            }

            public void CSleepThenRead()
            {
                SleepThenRead();
                Rcu.ReadUnlock();
            }

            [TryAcquires("a")]
            bool SleepThenTry()
            {
                Sched.Schedule();
                return a.TryLock();
            }

            public void CSleepThenTry()
            {
                if (SleepThenTry())
                    a.Unlock();
            }

            [TryAcquires("a"), MaySleep]
            bool SleepThenTry2()
            {
                Sched.Schedule();
                return a.TryLock();
            }

            public void CSleepThenTry2()
            {
                if (SleepThenTry2())
                    a.Unlock();
            }
        }
        """);

    [Fact]
    public Task FlagsAndRetries_AreFollowed() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public class Story
        {
            readonly SpinLock a = new(), inv = new(), inv2 = new(), h1 = new(), h2 = new(), g = new();
            readonly Mutex m = new(), m2 = new();
            static int s;
            readonly SrcuDomain dom = new();
            public void Gfp(bool wait)
            {
                a.Lock();
                if (wait)
                {
                    a.Unlock();
                    Sched.Schedule();
                    a.Lock();
                }

                a.Unlock();
            }

            public void GfpBad(bool wait)
            {
                a.Lock();
                if (wait)
                    Sched.Schedule(); //~ MML4001
                a.Unlock();
            }

            public void Flagged(bool atomic)
            {
                if (atomic)
                    Preempt.Disable();
                if (!atomic)
                    Sched.Schedule();
                if (atomic)
                    Preempt.Enable();
            }

            public void InAtomicFlag(bool x)
            {
                bool inAtomic = false;
                if (x)
                {
                    a.Lock();
                    inAtomic = true;
                }

                if (!inAtomic)
                    Sched.Schedule();
                if (inAtomic)
                    a.Unlock();
            }

            public void RetryNoWait()
            {
                a.Lock();
                while (!m.TryLock())
                {
                    a.Unlock();
                    Sched.Schedule();
                    a.Lock();
                }

                m.Unlock();
                a.Unlock();
            }

            public void RetryWait()
            {
                a.Lock();
                while (!m.TryLock())
                {
                    Sched.Schedule(); //~ MML4001
                }

                m.Unlock();
                a.Unlock();
            }

            public void CondResched(int n)
            {
                a.Lock();
                for (int i = 0; i < n; i++)
                {
                    if (i % 32 == 0)
                    {
                        a.Unlock();
                        Sched.Schedule();
                        a.Lock();
                    }

                    s++;
                }

                a.Unlock();
            }

            public void CondReschedIrq(int n)
            {
                ulong f;
                a.LockIrqSave(out f);
                for (int i = 0; i < n; i++)
                {
                    if (i % 32 == 0)
                    {
                        a.UnlockIrqRestore(f);
                        Sched.Schedule();
                        a.LockIrqSave(out f);
                    }

                    s++;
                }

                a.UnlockIrqRestore(f);
            }

            public void CondReschedIrqBad(int n)
            {
                ulong f;
                a.LockIrqSave(out f);
                for (int i = 0; i < n; i++)
                {
                    if (i % 32 == 0)
                    {
                        a.Unlock();
                        Sched.Schedule(); //~ MML4001
                        a.Lock();
                    }

                    s++;
                }

                a.UnlockIrqRestore(f);
            }

            public void ReleaseOne()
            {
                a.Lock();
                inv.Lock();
                a.Unlock();
                Sched.Schedule(); //~ MML4001
                inv.Unlock();
            }

            public void Finally1()
            {
                a.Lock();
                try
                {
                    s++;
                }
                finally
                {
                    a.Unlock();
                }

                Sched.Schedule();
            }

            public void Finally2()
            {
                a.Lock();
                try
                {
                    s++;
                }
                finally
                {
                    a.Unlock();
                    Sched.Schedule();
                }
            }

            public void ReturnInside(bool x)
            {
                using (new SpinGuard(a))
                {
                    if (x)
                        return;
                }

                Sched.Schedule();
            }

            public void SrcuThenSpin()
            {
                int i = dom.ReadLock();
                a.Lock();
                a.Unlock();
                Sched.Schedule();
                dom.ReadUnlock(i);
            }

            public void RcuInsideMutex()
            {
                m.Lock();
                Rcu.ReadLock();
                Rcu.ReadUnlock();
                Sched.Schedule();
                m.Unlock();
            }

            public void MutexInsideRcu()
            {
                Rcu.ReadLock();
                m.Lock(); //~ MML4001
                Rcu.ReadUnlock();
                m.Unlock();
            }

            public void AssertNot()
            {
                a.AssertHeld();
                Sched.Schedule(); //~ MML4001
            }

            public async Task AsyncOk()
            {
                a.Lock();
                a.Unlock();
                await Task.Delay(1);
                m.Lock();
                m.Unlock();
            }

            public void Wait(System.Threading.ManualResetEvent e)
            {
                a.Lock();
                e.WaitOne(); //~ MML4001
                a.Unlock();
            }

            public void Wait2(System.Threading.ManualResetEventSlim e)
            {
                Rcu.ReadLock();
                e.Wait(); //~ MML4001
                Rcu.ReadUnlock();
            }

            public void Wait3(System.Threading.Barrier e)
            {
                Irq.Disable();
                e.SignalAndWait(); //~ MML4001
                Irq.Enable();
            }

            public void Pulse(object o)
            {
                a.Lock();
                lock (o) //~ MML4001
                    System.Threading.Monitor.Wait(o); //~ MML4001
                a.Unlock();
            }

            public void WaitAll(Task[] t)
            {
                a.Lock();
                Task.WaitAll(t); //~ MML4001
                a.Unlock();
            }

            public void Zero()
            {
                a.Lock();
                System.Threading.Thread.Yield();
                a.Unlock();
            }

            public void Console1()
            {
                a.Lock();
                Console.WriteLine("x");
                a.Unlock();
            }
        }
        """);

    [Fact]
    public Task DeferredWork_RunsInItsOwnContext() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public class Work
        {
            [RunsIn(ExecutionContext.Process)]
            public delegate void Fn();
            readonly List<Fn> _q = new();
            public void Queue(Fn f)
            {
                _q.Add(f);
            }

            [RunsIn(ExecutionContext.Process)]
            public void Run()
            {
                foreach (var f in _q)
                    f();
            }
        }

        public class Tasklet
        {
            [RunsIn(ExecutionContext.Softirq)]
            public delegate void Fn();
            public void Schedule(Fn f)
            {
            }
        }

        public class Timer
        {
            [RunsIn(ExecutionContext.Hardirq)]
            public delegate void Fn();
            public void Arm([InvokedHere] Fn f)
            {
                f();
            }
        }

        public class Story
        {
            readonly SpinLock a = new(), inv = new(), inv2 = new(), h1 = new(), h2 = new(), g = new();
            readonly Mutex m = new(), m2 = new();
            static int s;
            readonly Work work = new();
            readonly Tasklet tasklet = new();
            readonly Timer timer = new();
            [RunsIn(ExecutionContext.Hardirq)]
            public void Isr()
            {
                work.Queue(() => Sched.Schedule());
            }

            [RunsIn(ExecutionContext.Hardirq)]
            public void Isr2()
            {
                work.Queue(Slow);
            }

            [RunsIn(ExecutionContext.Process)]
            void Slow()
            {
                m.Lock();
                m.Unlock();
            }

            [RunsIn(ExecutionContext.Hardirq)]
            public void Isr3()
            {
                tasklet.Schedule(() => Sched.Schedule()); //~ MML4001
            }

            public void Sched1()
            {
                tasklet.Schedule(() => m2.Lock()); //~ MML2006 MML4001
            }

            public void Sched2()
            {
                tasklet.Schedule(() =>
                {
                    if (m2.TryLock())
                        m2.Unlock();
                });
            }

            public void Sched3()
            {
                tasklet.Schedule(delegate
                {
                    Sched.Schedule(); //~ MML4001
                });
            }

            public void Sched4()
            {
                tasklet.Schedule(Slow2);
            }

            void Slow2()
            {
                m.Lock();
                m.Unlock();
            }

            public void Armed()
            {
                timer.Arm(() => Sched.Schedule());
            }

            public void WorkUnderLock()
            {
                a.Lock();
                work.Queue(() => Sched.Schedule());
                a.Unlock();
            }

            public void LocalHandler()
            {
                [RunsIn(ExecutionContext.Hardirq)]
                void H()
                {
                    Sched.Schedule(); //~ MML4001
                }

                Tasklet t = null;
                s++;
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
