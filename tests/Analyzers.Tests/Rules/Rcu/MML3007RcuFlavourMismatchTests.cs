using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Rules.Rcu;

/// <summary>Reader and pointer, accessor and pointer, or wait and pointer are of different flavours.</summary>
public sealed class MML3007RcuFlavourMismatchTests
{
    [Fact]
    public Task AccessorOfAnotherFlavour_IsReportedWhateverIsHeld() => Marked("""
        class Story
        {
            public int Bare(Slot slot) => Rcu.DereferenceBh(ref slot.Current)!.Value; //~ MML3007

            public int InTheReaderOfThePointer(Slot slot)
            {
                Rcu.ReadLock();
                int value = Rcu.DereferenceSched(ref slot.Current)!.Value; //~ MML3007
                Rcu.ReadUnlock();
                return value;
            }

            public int InTheReaderOfTheAccessor(Slot slot)
            {
                Rcu.ReadLockBh();
                int value = Rcu.DereferenceBh(ref slot.Current)!.Value; //~ MML3007
                Rcu.ReadUnlockBh();
                return value;
            }

            public int UnderTheUpdateLock(Slot slot)
            {
                slot.Lock.Lock();
                int value = Rcu.Dereference(ref slot.CurrentSched)!.Value; //~ MML3007
                slot.Lock.Unlock();
                return value;
            }

            public int OfTheOtherDomain(SleepySlot slot)
            {
                int index = slot.Domain.ReadLock();
                int value = Srcu.Dereference(ref slot.OfDomain, slot.Other)!.Value; //~ MML3007
                slot.Domain.ReadUnlock(index);
                return value;
            }

            public int OfADomainForAClassicPointer(SleepySlot slot)
            {
                Rcu.ReadLock();
                int value = Srcu.Dereference(ref slot.Current, slot.Domain)!.Value; //~ MML3007
                Rcu.ReadUnlock();
                return value;
            }

            public int ClassicForADomain(SleepySlot slot)
            {
                int index = slot.Domain.ReadLock();
                int value = Rcu.Dereference(ref slot.OfDomain)!.Value; //~ MML3007
                slot.Domain.ReadUnlock(index);
                return value;
            }

            public int WithoutAFlavour(Slot slot)
            {
                Rcu.ReadLockBh();
                int value = Rcu.DereferenceAny(ref slot.CurrentBh)!.Value;
                Rcu.ReadUnlockBh();
                return value;
            }
        }
        """);

    [Fact]
    public Task ReaderOfAnotherFlavour_OpenedExplicitly_IsReportedAtTheDereference() => Marked("""
        class Story
        {
            public int Sched(Slot slot)
            {
                Rcu.ReadLockSched();
                int value = Rcu.Dereference(ref slot.Current)!.Value; //~ MML3007
                Rcu.ReadUnlockSched();
                return value;
            }

            public int Bh(Slot slot)
            {
                Rcu.ReadLockBh();
                int value = Rcu.DereferenceCheck(ref slot.Current)!.Value; //~ MML3007
                Rcu.ReadUnlockBh();
                return value;
            }

            public int ClassicForSched(Slot slot)
            {
                Rcu.ReadLock();
                int value = Rcu.DereferenceSched(ref slot.CurrentSched)!.Value; //~ MML3007
                Rcu.ReadUnlock();
                return value;
            }

            public int ClassicForBh(Slot slot)
            {
                using var section = Rcu.Section();
                return Rcu.DereferenceAny(ref slot.CurrentBh)!.Value; //~ MML3007
            }

            public int DomainForClassic(SleepySlot slot)
            {
                int index = slot.Domain.ReadLock();
                int value = Rcu.Dereference(ref slot.Current)!.Value; //~ MML3007
                slot.Domain.ReadUnlock(index);
                return value;
            }

            public int OtherDomain(SleepySlot slot)
            {
                int index = slot.Other.ReadLock();
                int value = Rcu.DereferenceAny(ref slot.OfDomain)!.Value; //~ MML3007
                slot.Other.ReadUnlock(index);
                return value;
            }

            public int ClassicForADomain(SleepySlot slot)
            {
                Rcu.ReadLock();
                int value = Srcu.Dereference(ref slot.OfDomain, slot.Domain)!.Value; //~ MML3007
                Rcu.ReadUnlock();
                return value;
            }
        }
        """);

    [Fact]
    public Task ReaderMerelyImplied_IsAMissingReader() => Marked("""
        class Story
        {
            readonly SpinLock spin = new();

            public int Spin(Slot slot)
            {
                spin.Lock();
                int value = Rcu.Dereference(ref slot.Current)!.Value; //~ MML3002
                spin.Unlock();
                return value;
            }

            public int Preemption(Slot slot)
            {
                Preempt.Disable();
                int value = Rcu.Dereference(ref slot.Current)!.Value; //~ MML3002
                Preempt.Enable();
                return value;
            }
        }
        """);

    [Fact]
    public Task RightReaderAmongOthers_IsSilent() => Marked("""
        class Story
        {
            public int Both(Slot slot)
            {
                Rcu.ReadLockSched();
                Rcu.ReadLock();
                int value = Rcu.Dereference(ref slot.Current)!.Value;
                Rcu.ReadUnlock();
                Rcu.ReadUnlockSched();
                return value;
            }

            public int UpdateLockInAnotherReader(Slot slot)
            {
                Rcu.ReadLockSched();
                slot.Lock.Lock();
                int value = Rcu.Dereference(ref slot.Current)!.Value;
                slot.Lock.Unlock();
                Rcu.ReadUnlockSched();
                return value;
            }

            public bool Peeked(Slot slot)
            {
                Rcu.ReadLockSched();
                bool empty = Rcu.Peek(ref slot.Current) == null;
                Rcu.ReadUnlockSched();
                return empty;
            }

            public void AssignedInAnotherReader(Slot slot, Plain next)
            {
                Rcu.ReadLockSched();
                slot.Lock.Lock();
                Rcu.Assign(ref slot.Current, next);
                slot.Lock.Unlock();
                Rcu.ReadUnlockSched();
            }
        }
        """);

    [Fact]
    public Task GracePeriodOfAnotherFlavour_IsReportedAtTheFree() => Marked("""
        class Story
        {
            public void Sched(Slot slot, Plain next)
            {
                slot.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref slot.Current);
                Rcu.Assign(ref slot.Current, next);
                slot.Lock.Unlock();
                Rcu.SynchronizeSched();
                Heap.Free(old); //~ MML3007
            }

            public void ClassicForBh(Slot slot)
            {
                slot.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref slot.CurrentBh);
                Rcu.Assign(ref slot.CurrentBh, null);
                slot.Lock.Unlock();
                Rcu.Synchronize();
                Heap.Free(old); //~ MML3007
            }

            public void ClassicForADomain(SleepySlot slot)
            {
                slot.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref slot.OfDomain);
                Rcu.Assign(ref slot.OfDomain, null);
                slot.Lock.Unlock();
                Rcu.Synchronize();
                Heap.Free(old); //~ MML3007
            }

            public void OtherDomain(SleepySlot slot)
            {
                slot.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref slot.OfDomain);
                Rcu.Assign(ref slot.OfDomain, null);
                slot.Lock.Unlock();
                slot.Other.Synchronize();
                Heap.Free(old); //~ MML3007
            }

            public void OffTheList(Node node)
            {
                Table.Lock.Lock();
                Heap.Remove(node);
                Table.Lock.Unlock();
                Rcu.SynchronizeBh();
                Heap.Free(node); //~ MML3007
            }

            public void Both(Slot slot)
            {
                slot.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref slot.Current);
                Rcu.Assign(ref slot.Current, null);
                slot.Lock.Unlock();
                Rcu.SynchronizeSched();
                Rcu.Synchronize();
                Heap.Free(old);
            }

            public void BothTheOtherWayRound(Slot slot)
            {
                slot.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref slot.Current);
                Rcu.Assign(ref slot.Current, null);
                slot.Lock.Unlock();
                Rcu.Synchronize();
                Rcu.SynchronizeSched();
                Heap.Free(old);
            }

            public void OwnDomain(SleepySlot slot)
            {
                slot.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref slot.OfDomain);
                Rcu.Assign(ref slot.OfDomain, null);
                slot.Lock.Unlock();
                slot.Domain.Synchronize();
                Heap.Free(old);
            }
        }
        """);

    [Fact]
    public Task MergedFlavours_AreNoMismatch() => new Verify { GlobalConfig = "is_global = true\nmmlock.rcu_flavours = merged" }.Check("""
        class Story
        {
            public int Accessor(Slot slot)
            {
                Rcu.ReadLock();
                int value = Rcu.DereferenceBh(ref slot.Current)!.Value;
                Rcu.ReadUnlock();
                return value;
            }

            public int Reader(Slot slot)
            {
                Rcu.ReadLockSched();
                int value = Rcu.Dereference(ref slot.Current)!.Value;
                Rcu.ReadUnlockSched();
                return value;
            }

            public void Wait(Slot slot)
            {
                slot.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref slot.CurrentBh);
                Rcu.Assign(ref slot.CurrentBh, null);
                slot.Lock.Unlock();
                Rcu.Synchronize();
                Heap.Free(old);
            }

            public int ADomainIsNoneOfThem(SleepySlot slot)
            {
                int index = slot.Domain.ReadLock();
                int value = Rcu.Dereference(ref slot.Current)!.Value; //~ MML3007
                slot.Domain.ReadUnlock(index);
                return value;
            }

            public void NorIsItsWait(SleepySlot slot)
            {
                slot.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref slot.Current);
                Rcu.Assign(ref slot.Current, null);
                slot.Lock.Unlock();
                slot.Domain.Synchronize();
                Heap.Free(old); //~ MML3007
            }
        }
        """, MmSources.Primitives, RcuSources.Data);

    [Fact]
    public Task ConfirmationByTheSchedFlavour_IsNoGracePeriodOfClassic() => Marked("""
        // Variant 4b: before v4.20 the css was freed by call_rcu, but its death confirmed by call_rcu_sched.
        class Memcg
        {
            public int Dead;
        }

        class Iterator
        {
            public readonly SpinLock Lock = new();
            [RcuGuarded("@rcu_sched", UpdateLock = "Lock")] public Memcg? Position;
        }

        [NoLockAnalysis("primitive")]
        static class Css
        {
            [Frees("memcg")] public static void Free(Memcg? memcg) { }
        }

        class Story
        {
            public int WalkerOfOneFlavour(Iterator iter)
            {
                Rcu.ReadLock();
                int dead = Rcu.DereferenceAny(ref iter.Position)!.Dead; //~ MML3007
                Rcu.ReadUnlock();
                return dead;
            }

            public int WalkerOfBoth(Iterator iter)
            {
                Rcu.ReadLock();
                Rcu.ReadLockSched();
                int dead = Rcu.DereferenceAny(ref iter.Position)!.Dead;
                Rcu.ReadUnlockSched();
                Rcu.ReadUnlock();
                return dead;
            }

            public void Invalidate(Iterator iter)
            {
                iter.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref iter.Position);
                Rcu.Assign(ref iter.Position, null);
                iter.Lock.Unlock();
                Rcu.Synchronize();
                Css.Free(old); //~ MML3007
            }
        }
        """);

    [Fact]
    public Task DomainsOfOtherObjects_AreOtherFlavours() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public static class Story
        {
            static int s;
            public static void WrongAccessor(SleepySlot o)
            {
                Rcu.ReadLock();
                s = Rcu.Dereference(ref o.OfDomain).Value; //~ MML3007
                Rcu.ReadUnlock();
            }

            public static void WrongDomain(SleepySlot o)
            {
                int i = o.Other.ReadLock();
                s = Srcu.Dereference(ref o.OfDomain, o.Other).Value; //~ MML3007
                o.Other.ReadUnlock(i);
            }

            public static void WrongReader(SleepySlot o)
            {
                int i = o.Other.ReadLock();
                s = Srcu.Dereference(ref o.OfDomain, o.Domain).Value; //~ MML3007
                o.Other.ReadUnlock(i);
            }

            public static void WrongFlavorUnderUpdate(SleepySlot o)
            {
                o.Lock.Lock();
                s = Rcu.Dereference(ref o.OfDomain).Value; //~ MML3007
                o.Lock.Unlock();
            }
        }
        """);

    [Fact]
    public Task Finding_NamesBothFlavours() => Verify.Spans("""
        using MmLock;
        class Plain { public int Value; }
        class Slot
        {
            [{|#1:RcuGuarded|}] public Plain? Current;
        }
        static class Rcu
        {
            [RcuAccessor(RcuRole.Dereference, Flavor = "@rcu_bh")] public static T? DereferenceBh<T>(ref T? pointer) where T : class => pointer;
        }
        class Story
        {
            public int Read(Slot slot) => {|#0:Rcu.DereferenceBh(ref slot.Current)|}!.Value;
        }
        """, Verify.Finding("MML3007").At(0).WithPlaces(1).Saying("'Slot.Current' is protected by '@rcu'", "'@rcu_bh'"));

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives, RcuSources.Data);
}
