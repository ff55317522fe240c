using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Rules.Rcu;

/// <summary>A wait for readers inside such a reader.</summary>
public sealed class MML3006RcuWaitInReaderTests
{
    [Fact]
    public Task WaitInAReader_IsReported() => Marked("""
        class Story
        {
            public void Classic()
            {
                Rcu.ReadLock();
                Rcu.Synchronize(); //~ MML3006 MML4001
                Rcu.ReadUnlock();
            }

            public void BottomHalves()
            {
                Rcu.ReadLockBh();
                Rcu.SynchronizeBh(); //~ MML3006 MML4001
                Rcu.ReadUnlockBh();
            }

            public void Sched()
            {
                Rcu.ReadLockSched();
                Rcu.SynchronizeSched(); //~ MML3006 MML4001
                Rcu.ReadUnlockSched();
            }

            public void Scope()
            {
                using var section = Rcu.Section();
                Rcu.Synchronize(); //~ MML3006 MML4001
            }

            public void InnerEnded()
            {
                Rcu.ReadLock();
                Rcu.ReadLock();
                Rcu.ReadUnlock();
                Rcu.Synchronize(); //~ MML3006 MML4001
                Rcu.ReadUnlock();
            }

            [MustHoldShared("@rcu")]
            public void CallerReads() => Rcu.Synchronize(); //~ MML3006 MML4001

            public void OnSomePaths(bool reading)
            {
                if (reading)
                    Rcu.ReadLock();
                Rcu.Synchronize(); //~ MML3006 MML4001
                if (reading)
                    Rcu.ReadUnlock();
            }

            public void InALoop(int passes)
            {
                for (int i = 0; i < passes; i++)
                {
                    Rcu.ReadLock();
                    if (i == 2)
                        Rcu.Synchronize(); //~ MML3006 MML4001
                    Rcu.ReadUnlock();
                }
            }

            [WaitsForReaders("@rcu", "@rcu_sched"), NoLockAnalysis("primitive")]
            public static void SynchronizeBoth() { }

            public void OneOfTwo()
            {
                Rcu.ReadLockSched();
                SynchronizeBoth(); //~ MML3006 MML4001
                Rcu.ReadUnlockSched();
            }
        }
        """);

    [Fact]
    public Task WaitForADomain_IsAboutThatDomain() => Marked("""
        class Story
        {
            public void Own(SleepySlot slot)
            {
                int index = slot.Domain.ReadLock();
                slot.Domain.Synchronize(); //~ MML3006
                slot.Domain.ReadUnlock(index);
            }

            public void OwnThroughALocal(SleepySlot slot)
            {
                var domain = slot.Domain;
                int index = slot.Domain.ReadLock();
                domain.Synchronize(); //~ MML3006
                domain.ReadUnlock(index);
            }

            public void Another(SleepySlot slot)
            {
                int index = slot.Domain.ReadLock();
                slot.Other.Synchronize();
                slot.Domain.ReadUnlock(index);
            }

            public void OfAnotherObject(SleepySlot slot, SleepySlot other)
            {
                int index = slot.Domain.ReadLock();
                other.Domain.Synchronize();
                slot.Domain.ReadUnlock(index);
            }

            public void ClassicInADomain(SleepySlot slot)
            {
                int index = slot.Domain.ReadLock();
                Rcu.Synchronize();
                slot.Domain.ReadUnlock(index);
            }

            public void DomainInClassic(SleepySlot slot)
            {
                Rcu.ReadLock();
                slot.Domain.Synchronize(); //~ MML4001
                Rcu.ReadUnlock();
            }
        }
        """);

    [Fact]
    public Task WaitOutside_OrOfAnotherFlavour_IsNoSuchWait() => Marked("""
        class Story
        {
            readonly Mutex mutex = new();
            readonly SpinLock spin = new();

            public void AfterTheReader()
            {
                Rcu.ReadLock();
                Rcu.ReadUnlock();
                Rcu.Synchronize();
            }

            public void UnderAMutex()
            {
                mutex.Lock();
                Rcu.Synchronize();
                mutex.Unlock();
            }

            // Legal as a wait; it sleeps all the same.
            public void ClassicInSched()
            {
                Rcu.ReadLockSched();
                Rcu.Synchronize(); //~ MML4001
                Rcu.ReadUnlockSched();
            }

            public void UnderASpinlock()
            {
                spin.Lock();
                Rcu.Synchronize(); //~ MML4001
                spin.Unlock();
            }

            [MaySleep]
            public void AllSaid()
            {
                Rcu.Synchronize();
                Rcu.SynchronizeBh();
                Rcu.SynchronizeSched();
            }
        }
        """);

    [Fact]
    public Task ImpliedReader_IsWaitedForToo() => Marked("""
        class Story
        {
            readonly SpinLock spin = new();

            // Preemption off is a reader of the sched flavour: synchronize_sched() here waits for this processor.
            public void UnderASpinlock()
            {
                spin.Lock();
                Rcu.SynchronizeSched(); //~ MML3006 MML4001
                spin.Unlock();
            }

            public void WithInterruptsOff()
            {
                Irq.Disable();
                Rcu.SynchronizeSched(); //~ MML3006 MML4001
                Irq.Enable();
            }

            public void WithBottomHalvesOff()
            {
                Bh.Disable();
                Rcu.SynchronizeBh(); //~ MML3006 MML4001
                Bh.Enable();
            }
        }
        """);

    [Fact]
    public Task MergedFlavours_WaitForAllReaders() => new Verify { GlobalConfig = "is_global = true\nmmlock.rcu_flavours = merged" }.Check("""
        class Story
        {
            readonly SpinLock spin = new();

            public void InSched()
            {
                Rcu.ReadLockSched();
                Rcu.Synchronize(); //~ MML3006 MML4001
                Rcu.ReadUnlockSched();
            }

            public void UnderASpinlock()
            {
                spin.Lock();
                Rcu.Synchronize(); //~ MML3006 MML4001
                spin.Unlock();
            }

            public void InADomain(SleepySlot slot)
            {
                int index = slot.Domain.ReadLock();
                Rcu.Synchronize();
                slot.Domain.ReadUnlock(index);
            }
        }
        """, MmSources.Primitives, RcuSources.Data);

    [Fact]
    public Task ChargeMove_WaitsBeforeItReads() => Marked("""
        // mem_cgroup_move_charge: the flag goes up, then all who may have missed it are waited for, then the move.
        class Memcg
        {
            public int MovingAccount;
        }

        class Story
        {
            public void Move(Memcg from)
            {
                from.MovingAccount++;
                Rcu.Synchronize();
                Rcu.ReadLock();
                Rcu.ReadUnlock();
                from.MovingAccount--;
            }

            public void MoveTooLate(Memcg from)
            {
                from.MovingAccount++;
                Rcu.ReadLock();
                Rcu.Synchronize(); //~ MML3006 MML4001
                Rcu.ReadUnlock();
                from.MovingAccount--;
            }
        }
        """);

    [Fact]
    public Task EveryWait_AndItsReaders() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public static class Story
        {
            [MustHold("o.Lock")]
            public static void Sync1(Slot o)
            {
                Rcu.Synchronize(); //~ MML4001
            }

            public static void WaitInReader()
            {
                Rcu.ReadLock();
                Rcu.Synchronize(); //~ MML3006 MML4001
                Rcu.ReadUnlock();
            }

            public static void WaitBhInClassic()
            {
                Rcu.ReadLock();
                Rcu.SynchronizeBh(); //~ MML4001
                Rcu.ReadUnlock();
            }

            public static void WaitInDomain(SleepySlot o)
            {
                int i = o.Domain.ReadLock();
                o.Domain.Synchronize(); //~ MML3006
                o.Domain.ReadUnlock(i);
            }

            public static void WaitInOtherDomain(SleepySlot o)
            {
                int i = o.Domain.ReadLock();
                o.Other.Synchronize();
                o.Domain.ReadUnlock(i);
            }

            public static void WaitSchedUnderSpin(Slot o)
            {
                o.Lock.Lock();
                Rcu.SynchronizeSched(); //~ MML3006 MML4001
                o.Lock.Unlock();
            }

            static void Helper() => Rcu.Synchronize();
            public static void WaitViaPrivate()
            {
                Rcu.ReadLock();
                Helper(); //~ MML4001
                Rcu.ReadUnlock();
            }

            public static void WaitDomViaPrivate(SleepySlot o)
            {
                int i = o.Domain.ReadLock();
                HelperD(o); //~ MML3006
                o.Domain.ReadUnlock(i);
            }

            static void HelperD(SleepySlot o) => o.Domain.Synchronize();
        }
        """);

    [Fact]
    public Task Finding_NamesTheCalleeAndTheFlavour() => Verify.Spans("""
        using MmLock;
        static class Srcu
        {
            public static readonly Domain Readers = new();
        }
        [LockType(LockKind.SleepableContext), NoLockAnalysis("primitive")]
        class Domain
        {
            [AcquiresShared] public int ReadLock() => 0;
            [ReleasesShared] public void ReadUnlock(int index) { }
            [WaitsForReaders("this")] public void Synchronize() { }
        }
        class Story
        {
            public void Wait()
            {
                int index = {|#1:Srcu.Readers.ReadLock()|};
                {|#0:Srcu.Readers.Synchronize()|};
                Srcu.Readers.ReadUnlock(index);
            }
        }
        """, Verify.Finding("MML3006").At(0).WithPlaces(1).Saying("'Domain.Synchronize'", "waits for the readers of 'Srcu.Readers'"));

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives, RcuSources.Data);
}
