using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Rules.Rcu;

/// <summary>A dereference outside a reader and without the update lock.</summary>
public sealed class MML3002RcuDereferenceUnprotectedTests
{
    [Fact]
    public Task Dereference_WithNothingOrTheWrongThingHeld_IsReported() => Marked("""
        class Story
        {
            readonly Mutex unrelated = new();
            readonly Isolation token = new();

            public int Nothing(Slot slot) => Rcu.Dereference(ref slot.Current)!.Value; //~ MML3002

            public int Unrelated(Slot slot)
            {
                unrelated.Lock();
                int value = Rcu.Dereference(ref slot.Current)!.Value; //~ MML3002
                unrelated.Unlock();
                return value;
            }

            public int LockOfAnother(SleepySlot slot, SleepySlot other)
            {
                other.Lock.Lock();
                int value = Rcu.DereferenceCheck(ref slot.Current)!.Value; //~ MML3002
                other.Lock.Unlock();
                return value;
            }

            public int Token(Slot slot)
            {
                token.Take();
                int value = Rcu.Dereference(ref slot.Current)!.Value; //~ MML3002
                token.PutBack();
                return value;
            }

            public int ComparedOnly(Slot slot) => Rcu.Dereference(ref slot.Current) == null ? 0 : 1; //~ MML3002

            public int OnSomePaths(Slot slot, bool quick)
            {
                if (!quick)
                    Rcu.ReadLock();
                int value = Rcu.Dereference(ref slot.Current)!.Value; //~ MML3002
                if (!quick)
                    Rcu.ReadUnlock();
                return value;
            }

            public int SameConditionAgain(Slot slot, bool quick)
            {
                if (!quick)
                    Rcu.ReadLock();
                int value = 0;
                if (!quick)
                    value = Rcu.Dereference(ref slot.Current)!.Value;
                if (!quick)
                    Rcu.ReadUnlock();
                return value;
            }

            public int AfterTheReader(Slot slot)
            {
                using (Rcu.Section())
                {
                }
                return Rcu.Dereference(ref slot.Current)!.Value; //~ MML3002
            }

            public int InTheScope(Slot slot)
            {
                using var section = Rcu.Section();
                return Rcu.Dereference(ref slot.Current)!.Value;
            }

            public int OfTheNode(Node node) => Rcu.Dereference(ref node.Payload)!.Value; //~ MML3002

            public int OfTheNodeUnderTheTable(Node node)
            {
                Table.Lock.Lock();
                int value = Rcu.Dereference(ref node.Payload)!.Value;
                Table.Lock.Unlock();
                return value;
            }

            public int AfterAFailedTry(Slot slot)
            {
                if (slot.Lock.TryLock())
                {
                    int value = Rcu.Dereference(ref slot.Current)!.Value;
                    slot.Lock.Unlock();
                    return value;
                }
                return Rcu.Dereference(ref slot.Current)!.Value; //~ MML3002
            }
        }
        """);

    [Fact]
    public Task Protected_WantsTheUpdateLockAndNoReaderWillDo() => Marked("""
        class Story
        {
            public int Bare(Slot slot) => Rcu.DereferenceProtected(ref slot.Current)!.Value; //~ MML3002

            public int InAReader(Slot slot)
            {
                Rcu.ReadLock();
                int value = Rcu.DereferenceProtected(ref slot.Current)!.Value; //~ MML3002
                Rcu.ReadUnlock();
                return value;
            }

            public int InTheDomain(SleepySlot slot)
            {
                int index = slot.Domain.ReadLock();
                int value = Rcu.DereferenceProtected(ref slot.OfDomain)!.Value; //~ MML3002
                slot.Domain.ReadUnlock(index);
                return value;
            }

            public int UnderTheLock(Slot slot)
            {
                slot.Lock.Lock();
                int value = Rcu.DereferenceProtected(ref slot.Current)!.Value;
                slot.Lock.Unlock();
                return value;
            }

            public int UnderTheLockInAReader(Slot slot)
            {
                Rcu.ReadLock();
                slot.Lock.Lock();
                int value = Rcu.DereferenceProtected(ref slot.Current)!.Value;
                slot.Lock.Unlock();
                Rcu.ReadUnlock();
                return value;
            }

            [MustHold("slot.Lock")]
            public int CallersLock(Slot slot) => Rcu.DereferenceProtected(ref slot.Current)!.Value;

            public int Shared(SleepySlot slot)
            {
                slot.Sem.DownRead();
                int value = Rcu.DereferenceProtected(ref slot.UnderSem)!.Value;
                slot.Sem.UpRead();
                return value;
            }

            public int FreshlyMade(Plain first)
            {
                var slot = new Slot { Current = first };
                return Rcu.DereferenceProtected(ref slot.Current)!.Value;
            }
        }
        """);

    [Fact]
    public Task UpdateLock_IsAsGoodAsAReader() => Marked("""
        class Story
        {
            public int Dereferenced(Slot slot)
            {
                slot.Lock.LockIrqSave(out var flags);
                int value = Rcu.Dereference(ref slot.Current)!.Value;
                slot.Lock.UnlockIrqRestore(flags);
                return value;
            }

            public int Checked(SleepySlot slot)
            {
                slot.Lock.Lock();
                int value = Rcu.DereferenceCheck(ref slot.OfDomain)!.Value;
                slot.Lock.Unlock();
                return value;
            }

            public int Asserted(Slot slot)
            {
                slot.Lock.AssertHeld();
                return Rcu.DereferenceCheck(ref slot.Current)!.Value;
            }

            public int AssertedReader(Slot slot)
            {
                Rcu.AssertReader();
                return Rcu.DereferenceCheck(ref slot.Current)!.Value;
            }

            public int Guarded(Slot slot)
            {
                using var held = new SpinGuard(slot.Lock);
                return Rcu.Dereference(ref slot.Current)!.Value;
            }

            public int WithoutAnUpdateLock(SleepySlot slot)
            {
                slot.Lock.Lock();
                int value = Rcu.Dereference(ref slot.Unlocked)!.Value; //~ MML3002
                slot.Lock.Unlock();
                return value;
            }
        }
        """);

    [Fact]
    public Task Flavours_AreImpliedAsTheTableSays() => Marked("""
        class Story
        {
            readonly SpinLock spin = new();
            readonly RawSpinLock raw = new();
            readonly RwLock rw = new();
            readonly SeqLock seq = new();
            readonly Mutex mutex = new();
            readonly PageLock page = new();

            // @sched is implied by preemption off, by @irq, by @bh, and by everything that spins.
            public void Sched(Slot slot)
            {
                Preempt.Disable();
                Heap.Look(Rcu.DereferenceSched(ref slot.CurrentSched));
                Preempt.Enable();
                Irq.Disable();
                Heap.Look(Rcu.DereferenceSched(ref slot.CurrentSched));
                Irq.Enable();
                Bh.Disable();
                Heap.Look(Rcu.DereferenceSched(ref slot.CurrentSched));
                Bh.Enable();
                spin.Lock();
                Heap.Look(Rcu.DereferenceSched(ref slot.CurrentSched));
                spin.Unlock();
                raw.Lock();
                Heap.Look(Rcu.DereferenceSched(ref slot.CurrentSched));
                raw.Unlock();
                rw.ReadLock();
                Heap.Look(Rcu.DereferenceSched(ref slot.CurrentSched));
                rw.ReadUnlock();
                rw.WriteLock();
                Heap.Look(Rcu.DereferenceSched(ref slot.CurrentSched));
                rw.WriteUnlock();
                seq.WriteBegin();
                Heap.Look(Rcu.DereferenceSched(ref slot.CurrentSched));
                seq.WriteEnd();
                Heap.Look(Rcu.DereferenceSched(ref slot.CurrentSched)); //~ MML3002
            }

            // @rcu_bh is implied by bottom halves off alone.
            public void BottomHalves(Slot slot)
            {
                Bh.Disable();
                Heap.Look(Rcu.DereferenceBh(ref slot.CurrentBh));
                Bh.Enable();
                spin.LockBh();
                Heap.Look(Rcu.DereferenceBh(ref slot.CurrentBh));
                spin.UnlockBh();
                Preempt.Disable();
                Heap.Look(Rcu.DereferenceBh(ref slot.CurrentBh)); //~ MML3002
                Preempt.Enable();
                Irq.Disable();
                Heap.Look(Rcu.DereferenceBh(ref slot.CurrentBh)); //~ MML3002
                Irq.Enable();
                spin.Lock();
                Heap.Look(Rcu.DereferenceBh(ref slot.CurrentBh)); //~ MML3002
                spin.Unlock();
            }

            // Nothing but a reader section implies @rcu.
            public void Classic(Slot slot)
            {
                Preempt.Disable();
                Heap.Look(Rcu.Dereference(ref slot.Current)); //~ MML3002
                Preempt.Enable();
                Irq.Save(out var flags);
                Heap.Look(Rcu.Dereference(ref slot.Current)); //~ MML3002
                Irq.Restore(flags);
                Bh.Disable();
                Heap.Look(Rcu.Dereference(ref slot.Current)); //~ MML3002
                Bh.Enable();
                spin.LockIrq();
                Heap.Look(Rcu.Dereference(ref slot.Current)); //~ MML3002
                spin.UnlockIrq();
            }

            // What sleeps implies nothing, nor does the read side of a sequence.
            public void Sleepers(Slot slot)
            {
                mutex.Lock();
                Heap.Look(Rcu.DereferenceSched(ref slot.CurrentSched)); //~ MML3002
                mutex.Unlock();
                page.Lock();
                Heap.Look(Rcu.DereferenceSched(ref slot.CurrentSched)); //~ MML3002
                page.Unlock();
                uint sequence = seq.ReadBegin();
                Heap.Look(Rcu.DereferenceSched(ref slot.CurrentSched)); //~ MML3002
                seq.ReadRetry(sequence);
            }

            [RunsIn(ExecutionContext.Softirq)]
            public void SoftHandler(Slot slot)
            {
                Heap.Look(Rcu.DereferenceBh(ref slot.CurrentBh));
                Heap.Look(Rcu.DereferenceSched(ref slot.CurrentSched));
                Heap.Look(Rcu.Dereference(ref slot.Current)); //~ MML3002
            }

            [RunsIn(ExecutionContext.Hardirq)]
            public void HardHandler(Slot slot)
            {
                Heap.Look(Rcu.DereferenceSched(ref slot.CurrentSched));
                Heap.Look(Rcu.DereferenceBh(ref slot.CurrentBh)); //~ MML3002
                Heap.Look(Rcu.Dereference(ref slot.Current)); //~ MML3002
            }

            [MustHold("@preempt")]
            public void CallerIsOnThisProcessor(Slot slot) => Heap.Look(Rcu.DereferenceSched(ref slot.CurrentSched));

            [MustHoldShared("@irq")]
            public void CallerTurnedInterruptsOff(Slot slot) => Heap.Look(Rcu.DereferenceSched(ref slot.CurrentSched));

            [MustHold("@bh")]
            public void CallerTurnedBottomHalvesOff(Slot slot) => Heap.Look(Rcu.DereferenceBh(ref slot.CurrentBh));

            [MustHoldShared("@rcu_bh")]
            public void CallerReads(Slot slot) => Heap.Look(Rcu.DereferenceBh(ref slot.CurrentBh));
        }
        """);

    [Fact]
    public Task MergedFlavours_AreOne() => new Verify { GlobalConfig = "is_global = true\nmmlock.rcu_flavours = merged" }.Check("""
        class Story
        {
            readonly SpinLock spin = new();

            public void AnySectionWillDo(Slot slot)
            {
                Rcu.ReadLockSched();
                Heap.Look(Rcu.Dereference(ref slot.Current));
                Rcu.ReadUnlockSched();
                Rcu.ReadLockBh();
                Heap.Look(Rcu.Dereference(ref slot.Current));
                Rcu.ReadUnlockBh();
                Rcu.ReadLock();
                Heap.Look(Rcu.DereferenceBh(ref slot.CurrentBh));
                Heap.Look(Rcu.DereferenceSched(ref slot.CurrentSched));
                Rcu.ReadUnlock();
            }

            public void WhatImpliesOneImpliesAll(Slot slot)
            {
                Preempt.Disable();
                Heap.Look(Rcu.Dereference(ref slot.Current));
                Preempt.Enable();
                Irq.Disable();
                Heap.Look(Rcu.Dereference(ref slot.Current));
                Irq.Enable();
                Bh.Disable();
                Heap.Look(Rcu.DereferenceBh(ref slot.CurrentBh));
                Bh.Enable();
                spin.Lock();
                Heap.Look(Rcu.Dereference(ref slot.Current));
                spin.Unlock();
            }

            public void NothingIsStillNothing(Slot slot)
            {
                Heap.Look(Rcu.Dereference(ref slot.Current)); //~ MML3002
            }

            public void ADomainIsStillAnother(SleepySlot slot)
            {
                Preempt.Disable();
                Heap.Look(Srcu.Dereference(ref slot.OfDomain, slot.Domain)); //~ MML3002
                Preempt.Enable();
            }
        }
        """, MmSources.Primitives, RcuSources.Data);

    [Fact]
    public Task Domain_ProtectsItsOwnPointers() => Marked("""
        class Story
        {
            public int Read(SleepySlot slot)
            {
                int index = slot.Domain.ReadLock();
                int value = Srcu.Dereference(ref slot.OfDomain, slot.Domain)!.Value;
                Sched.Schedule();
                slot.Domain.ReadUnlock(index);
                return value;
            }

            public int FlavourOfThePointer(SleepySlot slot)
            {
                int index = slot.Domain.ReadLock();
                int value = Rcu.DereferenceAny(ref slot.OfDomain)!.Value;
                slot.Domain.ReadUnlock(index);
                return value;
            }

            public int DomainOfAnotherObject(SleepySlot slot, SleepySlot other)
            {
                int index = other.Domain.ReadLock();
                int value = Rcu.DereferenceAny(ref slot.OfDomain)!.Value; //~ MML3002|MML3007
                other.Domain.ReadUnlock(index);
                return value;
            }

            public int Nothing(SleepySlot slot) => Srcu.Dereference(ref slot.OfDomain, slot.Domain)!.Value; //~ MML3002

            public int UnderTheUpdateLock(SleepySlot slot)
            {
                slot.Lock.Lock();
                int value = Srcu.Dereference(ref slot.OfDomain, slot.Domain)!.Value;
                slot.Lock.Unlock();
                return value;
            }

            [MustHoldShared("slot.Domain")]
            public int CallerReads(SleepySlot slot) => Srcu.Dereference(ref slot.OfDomain, slot.Domain)!.Value;

            public int ThroughALocal(SleepySlot slot)
            {
                var domain = slot.Domain;
                int index = domain.ReadLock();
                int value = CallerReads(slot);
                domain.ReadUnlock(index);
                return value;
            }
        }
        """);

    [Fact]
    public Task PrivateHelper_AsksItsCallers() => Marked("""
        class Story
        {
            private static int First(Slot slot) => Rcu.Dereference(ref slot.Current)!.Value;

            private static int Deeper(Slot slot) => First(slot);

            public int Bare(Slot slot) => First(slot); //~ MML3002

            public int BareTwoDown(Slot slot) => Deeper(slot); //~ MML3002

            public int InAReader(Slot slot)
            {
                Rcu.ReadLock();
                int value = Deeper(slot);
                Rcu.ReadUnlock();
                return value;
            }

            public int UnderTheUpdateLock(Slot slot)
            {
                slot.Lock.Lock();
                int value = First(slot);
                slot.Lock.Unlock();
                return value;
            }

            public int UnderTheUpdateLockOfAnother(Slot slot, SleepySlot other)
            {
                other.Lock.Lock();
                int value = First(slot); //~ MML3002
                other.Lock.Unlock();
                return value;
            }

            public int Local(Slot slot)
            {
                return Inner(); //~ MML3002
                int Inner() => Rcu.Dereference(ref slot.Current)!.Value;
            }

            public int LocalInAReader(Slot slot)
            {
                Rcu.ReadLock();
                int value = Inner();
                Rcu.ReadUnlock();
                return value;
                int Inner() => Rcu.Dereference(ref slot.Current)!.Value;
            }
        }
        """);

    [Fact]
    public Task LambdaThatRunsLater_StartsOutsideEveryReader() => Marked("""
        class Story
        {
            System.Func<int>? later;

            public void Kept(Slot slot)
            {
                Rcu.ReadLock();
                later = () => Rcu.Dereference(ref slot.Current)!.Value; //~ MML3002
                Rcu.ReadUnlock();
            }

            public void Run([InvokedHere] System.Action work) => work();

            public void AtOnce(Slot slot)
            {
                Rcu.ReadLock();
                Run(() => Heap.Look(Rcu.Dereference(ref slot.Current)));
                Rcu.ReadUnlock();
            }

            public void AtOnceOutside(Slot slot)
            {
                Run(() => Heap.Look(Rcu.Dereference(ref slot.Current))); //~ MML3002
            }

            [MustHoldShared("@rcu")] public delegate void Visitor(Slot slot);

            public static void Walk([InvokedHere] Visitor visit, Slot slot)
            {
                Rcu.ReadLock();
                visit(slot);
                Rcu.ReadUnlock();
            }

            public void VisitorRunsInside(Slot slot)
            {
                Walk(s => Heap.Look(Rcu.Dereference(ref s.Current)), slot);
            }
        }
        """);

    [Fact]
    public Task AccessorOfTheOwner_FindsItsPointer() => Marked("""
        class Holder
        {
            public readonly SpinLock Lock = new();
            [RcuGuarded("@rcu", UpdateLock = "Lock")] public Plain? Current;
        }

        [NoLockAnalysis("accessors")]
        static class Holders
        {
            [RcuAccessor(RcuRole.Dereference)] public static Plain? Get(Holder holder) => holder.Current;
            [RcuAccessor(RcuRole.DereferenceProtected)] public static Plain? GetProtected(this Holder holder) => holder.Current;
            [RcuAccessor(RcuRole.Peek)] public static Plain? Look(Holder holder) => holder.Current;
            [RcuAccessor(RcuRole.Assign)] public static void Set(Holder holder, Plain? value) => holder.Current = value;
        }

        class Story
        {
            public int Bare(Holder holder) => Holders.Get(holder)!.Value; //~ MML3002

            public int BareProtected(Holder holder) => holder.GetProtected()!.Value; //~ MML3002

            public bool Peeked(Holder holder) => Holders.Look(holder) == null;

            public int PeekedAndFollowed(Holder holder) => Holders.Look(holder)!.Value; //~ MML3008

            public void Unlocked(Holder holder, Plain next) => Holders.Set(holder, next); //~ MML3004

            public int InAReader(Holder holder)
            {
                Rcu.ReadLock();
                int value = Holders.Get(holder)!.Value;
                Rcu.ReadUnlock();
                return value;
            }

            public void Update(Holder holder, Plain next)
            {
                holder.Lock.Lock();
                var old = holder.GetProtected();
                Holders.Set(holder, next);
                holder.Lock.Unlock();
                Heap.FreeLater(old);
            }

            public int Kept(Holder holder)
            {
                Rcu.ReadLock();
                var current = Holders.Get(holder);
                Rcu.ReadUnlock();
                return current!.Value; //~ MML3005
            }
        }
        """);

    [Fact]
    public Task PointersOfEveryKind_OfType() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public class Base
        {
            public readonly SpinLock Lock = new();
            [RcuGuarded("@rcu", UpdateLock = "Lock")]
            public Plain Cur;
        }

        public class Derived : Base
        {
            public int Get()
            {
                Rcu.ReadLock();
                int v = Rcu.Dereference(ref Cur).Value;
                Rcu.ReadUnlock();
                return v;
            }

            public int Bad() => Cur.Value; //~ MML3001
        }

        public partial class Part
        {
            readonly SpinLock _l = new();
            [RcuGuarded("@rcu", UpdateLock = "_l")]
            Plain _p;
        }

        public partial class Part
        {
            public void Set(Plain p)
            {
                _l.Lock();
                Rcu.Assign(ref _p, p);
                _l.Unlock();
            }

            public void Bad(Plain p)
            {
                Rcu.Assign(ref _p, p); //~ MML3004
            }
        }

        public struct SSlot
        {
            public SpinLock Lock;
            [RcuGuarded("@rcu", UpdateLock = "Lock")]
            public Plain Cur;
        }

        public record class RSlot(SpinLock Lock)
        {
            [RcuGuarded("@rcu", UpdateLock = "Lock")]
            public Plain Cur;
        }

        public class GSlot<T>
            where T : class
        {
            public readonly SpinLock Lock = new();
            [RcuGuarded("@rcu", UpdateLock = "Lock")]
            public T Current;
            public T Read()
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref Current);
                Rcu.ReadUnlock();
                return p; //~ MML3005
            }

            public void Set(T v)
            {
                Lock.Lock();
                Rcu.Assign(ref Current, v);
                Lock.Unlock();
            }

            public void SetBad(T v) => Rcu.Assign(ref Current, v); //~ MML3004
        }

        public class Tree
        {
            public readonly SpinLock Lock = new();
            [RcuGuarded("@rcu", UpdateLock = "Root.Lock")]
            public Tree Left;
            public Tree Root;
            [RcuGuarded("@rcu", UpdateLock = "Root.Lock")]
            public Plain Data;
        }

        public class Arr
        {
            public readonly SpinLock Lock = new();
            [RcuGuarded("@rcu", UpdateLock = "Lock")]
            public Plain[] Table;
        }

        public class Own
        {
            public readonly SpinLock Lock = new();
            [RcuGuarded("@rcu", UpdateLock = "Lock")]
            private Plain _cur;
            [RcuAccessor(RcuRole.Dereference), NoLockAnalysis("x")]
            public static Plain Deref(Own o) => o._cur;

            [RcuAccessor(RcuRole.Assign), NoLockAnalysis("x")]
            public static void Publish(Own o, Plain p)
            {
                o._cur = p;
            }

            [RcuAccessor(RcuRole.Peek), NoLockAnalysis("x")]
            public static Plain Look(Own o) => o._cur;
        }

        public class Prim(Plain first)
        {
            public readonly SpinLock Lock = new();
            [RcuGuarded("@rcu", UpdateLock = "Lock")]
            public Plain Cur = first;
        }

        public class SOwner
        {
            public SSlot S;
        }

        public static class Story
        {
            static int s;
            static SOwner owner = new();
            public static void TreeOk(Tree t)
            {
                Rcu.ReadLock();
                var l = Rcu.Dereference(ref t.Left);
                var d = Rcu.Dereference(ref l.Data);
                s = d.Value;
                Rcu.ReadUnlock();
            }

            public static void TreeUpd(Tree t, Plain p)
            {
                t.Root.Lock.Lock();
                Rcu.Assign(ref t.Data, p);
                t.Root.Lock.Unlock();
            }

            public static void TreeUpdWrong(Tree t, Plain p)
            {
                t.Lock.Lock();
                Rcu.Assign(ref t.Data, p); //~ MML3004
                t.Lock.Unlock();
            }

            public static void TreeRootLocal(Tree t, Plain p)
            {
                var r = t.Root;
                r.Lock.Lock();
                Rcu.Assign(ref t.Data, p);
                r.Lock.Unlock();
            }

            public static void ArrOk(Arr a, int i)
            {
                Rcu.ReadLock();
                var t = Rcu.Dereference(ref a.Table);
                s = t[i].Value + t.Length;
                Rcu.ReadUnlock();
            }

            public static void ArrEscape(Arr a, int i)
            {
                Rcu.ReadLock();
                var t = Rcu.Dereference(ref a.Table);
                Rcu.ReadUnlock();
                s = t[i].Value; //~ MML3005
            }

            public static void ArrLen(Arr a)
            {
                Rcu.ReadLock();
                var t = Rcu.Dereference(ref a.Table);
                Rcu.ReadUnlock();
                s = t.Length; //~ MML3005
            }

            public static void ArrForeach(Arr a)
            {
                Rcu.ReadLock();
                foreach (var p in Rcu.Dereference(ref a.Table))
                    s += p.Value;
                Rcu.ReadUnlock();
            }

            public static void ArrForeachAfter(Arr a)
            {
                Rcu.ReadLock();
                var t = Rcu.Dereference(ref a.Table);
                Rcu.ReadUnlock();
                foreach (var p in t) //~ MML3005
                    s += p.Value;
            }

            public static void ArrPlain(Arr a)
            {
                s = a.Table.Length; //~ MML3001
            }

            public static void ArrElemPlain(Arr a)
            {
                a.Table[0] = null; //~ MML3001
            }

            public static void OwnOk(Own o)
            {
                Rcu.ReadLock();
                s = Own.Deref(o).Value;
                Rcu.ReadUnlock();
            }

            public static void OwnBad(Own o)
            {
                s = Own.Deref(o).Value; //~ MML3002
            }

            public static void OwnPub(Own o, Plain p)
            {
                o.Lock.Lock();
                Own.Publish(o, p);
                o.Lock.Unlock();
            }

            public static void OwnPubBad(Own o, Plain p)
            {
                Own.Publish(o, p); //~ MML3004
            }

            public static bool OwnPeek(Own o) => Own.Look(o) == null;
            public static int OwnPeekBad(Own o) => Own.Look(o).Value; //~ MML3008

            public static void OwnEscape(Own o)
            {
                Rcu.ReadLock();
                var p = Own.Deref(o);
                Rcu.ReadUnlock();
                s = p.Value; //~ MML3005
            }

            public static void PrimOk(Prim o)
            {
                Rcu.ReadLock();
                s = Rcu.Dereference(ref o.Cur).Value;
                Rcu.ReadUnlock();
            }

            public static void RecOk(RSlot o)
            {
                o.Lock.Lock();
                Rcu.Assign(ref o.Cur, null);
                o.Lock.Unlock();
            }

            public static void RecBad(RSlot o)
            {
                Rcu.Assign(ref o.Cur, null); //~ MML3004
            }

            public static void RecWith(RSlot o)
            {
                var q = o with
                {
                    Cur = null
                };
                s = q.GetHashCode();
            }

            public static void StructField(SOwner o)
            {
                o.S.Lock.Lock();
                Rcu.Assign(ref o.S.Cur, null);
                o.S.Lock.Unlock();
            }

            public static void StructFieldBad(SOwner o)
            {
                Rcu.Assign(ref o.S.Cur, null); //~ MML3004
            }

            public static void StructStatic()
            {
                Rcu.ReadLock();
                s = Rcu.Dereference(ref owner.S.Cur).Value;
                Rcu.ReadUnlock();
            }

            public static void GenOk(GSlot<Plain> g)
            {
                Rcu.ReadLock();
                s = Rcu.Dereference(ref g.Current).Value;
                Rcu.ReadUnlock();
            }

            public static void GenBad(GSlot<Plain> g)
            {
                s = Rcu.Dereference(ref g.Current).Value; //~ MML3002
            }
        }
        """);

    [Fact]
    public Task Finding_NamesThePointerAndWhatWouldProtectIt() => Verify.Spans("""
        using MmLock;
        class Plain { public int Value; }
        class Slot
        {
            public readonly object Lock = new();
            [{|#1:RcuGuarded("@rcu", UpdateLock = "Lock")|}] public Plain? Current;
        }
        static class Rcu
        {
            [RcuAccessor(RcuRole.Dereference)] public static T? Dereference<T>(ref T? pointer) where T : class => pointer;
        }
        class Story
        {
            public int Read(Slot slot) => {|#0:Rcu.Dereference(ref slot.Current)|}!.Value;
        }
        """, Verify.Finding("MML3002").At(0).WithPlaces(1)
            .Saying("Dereferences RCU pointer 'Slot.Current' without '@rcu'", "its update lock 'slot.Lock' (class 'Slot.Lock')"));

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives, RcuSources.Data);
}
