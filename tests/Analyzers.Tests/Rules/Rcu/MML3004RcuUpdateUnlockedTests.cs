using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Rules.Rcu;

/// <summary>An RCU pointer is assigned without its update lock.</summary>
public sealed class MML3004RcuUpdateUnlockedTests
{
    [Fact]
    public Task Assign_WithoutTheUpdateLock_IsReported() => Marked("""
        class Story
        {
            public void Bare(Slot slot, Plain next) => Rcu.Assign(ref slot.Current, next); //~ MML3004

            public void Cleared(Slot slot) => Rcu.Assign(ref slot.Current, null); //~ MML3004

            public void InAReader(Slot slot, Plain next)
            {
                Rcu.ReadLock();
                Rcu.Assign(ref slot.Current, next); //~ MML3004
                Rcu.ReadUnlock();
            }

            public void OfADomainInItsReader(SleepySlot slot, Plain next)
            {
                int index = slot.Domain.ReadLock();
                Rcu.Assign(ref slot.OfDomain, next); //~ MML3004
                slot.Domain.ReadUnlock(index);
            }

            public void LockOfAnother(Slot slot, Slot other, Plain next)
            {
                other.Lock.Lock();
                Rcu.Assign(ref slot.Current, next); //~ MML3004
                other.Lock.Unlock();
            }

            public void Shared(SleepySlot slot, Plain next)
            {
                slot.Sem.DownRead();
                Rcu.Assign(ref slot.UnderSem, next); //~ MML3004
                slot.Sem.UpRead();
            }

            public void TryIgnored(Slot slot, Plain next, bool hurry)
            {
                bool taken = slot.Lock.TryLock();
                if (taken || hurry)
                    Rcu.Assign(ref slot.Current, next); //~ MML3004
                if (taken)
                    slot.Lock.Unlock();
            }

            public void OfTheNode(Node node, Node next) => Rcu.Assign(ref node.Next, next); //~ MML3004

            public void UnlockedTooEarly(Slot slot, Plain next)
            {
                slot.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref slot.Current);
                slot.Lock.Unlock();
                Rcu.Assign(ref slot.Current, next); //~ MML3004
                Heap.FreeLater(old);
            }

            public void AfterThePublish(Plain first)
            {
                var node = new Node();
                Rcu.Assign(ref node.Payload, first);
                Table.Lock.Lock();
                Rcu.Assign(ref Table.Head, node);
                Table.Lock.Unlock();
                Rcu.Assign(ref node.Payload, null); //~ MML3004
            }
        }
        """);

    [Fact]
    public Task UpdateLock_HeldInAnyWay_IsSilent() => Marked("""
        class Story
        {
            public void Locked(Slot slot, Plain next)
            {
                slot.Lock.Lock();
                Rcu.Assign(ref slot.Current, next);
                slot.Lock.Unlock();
            }

            public void Exclusively(SleepySlot slot, Plain next)
            {
                slot.Sem.DownWrite();
                Rcu.Assign(ref slot.UnderSem, next);
                slot.Sem.UpWrite();
            }

            public void ThroughALocal(Slot slot, Plain next)
            {
                var held = slot.Lock;
                held.Lock();
                Rcu.Assign(ref slot.Current, next);
                held.Unlock();
            }

            [MustHold("slot.Lock")]
            public void CallersLock(Slot slot, Plain next) => Rcu.Assign(ref slot.Current, next);

            [Acquires("slot.Lock")]
            public void KeptLocked(Slot slot, Plain next)
            {
                slot.Lock.Lock();
                Rcu.Assign(ref slot.Current, next);
            }

            public void Tried(Slot slot, Plain next)
            {
                if (!slot.Lock.TryLock())
                    return;
                Rcu.Assign(ref slot.Current, next);
                slot.Lock.Unlock();
            }

            public void Guarded(Slot slot, Plain next)
            {
                using (new SpinIrqGuard(slot.Lock))
                    Rcu.Assign(ref slot.Current, next);
            }

            public void WithoutAnUpdateLock(SleepySlot slot, Plain next) => Rcu.Assign(ref slot.Unlocked, next);

            public void Initialized(Slot slot, Plain next) => Rcu.Initialize(ref slot.Current, next);

            public Slot FreshlyMade(Plain next)
            {
                var slot = new Slot();
                Rcu.Assign(ref slot.Current, next);
                return slot;
            }

            public void OwnLock(Node node, Plain next)
            {
                Table.Lock.LockBh();
                Rcu.Assign(ref node.Payload, next);
                Table.Lock.UnlockBh();
            }
        }
        """);

    [Fact]
    public Task PrivateHelper_AsksItsCallers() => Marked("""
        class Story
        {
            private void Set(Slot slot, Plain? next) => Rcu.Assign(ref slot.Current, next);

            public void Locked(Slot slot, Plain next)
            {
                slot.Lock.Lock();
                Set(slot, next);
                slot.Lock.Unlock();
            }

            public void Unlocked(Slot slot, Plain next) => Set(slot, next); //~ MML2001|MML3004

            public void InAReader(Slot slot)
            {
                Rcu.ReadLock();
                Set(slot, null); //~ MML2001|MML3004
                Rcu.ReadUnlock();
            }
        }
        """);

    [Fact]
    public Task EveryWayToAssign() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public static class Story
        {
            public static void PeekAssignFree(Slot o)
            {
                o.Lock.Lock();
                var old = Rcu.Peek(ref o.Current);
                Rcu.Assign(ref o.Current, null);
                o.Lock.Unlock();
                Heap.Free(old); //~ MML3009
            }

            public static void PeekAssignSyncFree(Slot o)
            {
                o.Lock.Lock();
                var old = Rcu.Peek(ref o.Current);
                Rcu.Assign(ref o.Current, null);
                o.Lock.Unlock();
                Rcu.Synchronize();
                Heap.Free(old);
            }

            public static void PeekAssignLater(Slot o)
            {
                o.Lock.Lock();
                var old = Rcu.Peek(ref o.Current);
                Rcu.Assign(ref o.Current, null);
                o.Lock.Unlock();
                Heap.FreeLater(old);
            }

            public static void PeekOtherFree(Slot o, Slot b)
            {
                o.Lock.Lock();
                var old = Rcu.Peek(ref b.Current);
                Rcu.Assign(ref o.Current, null);
                o.Lock.Unlock();
                Heap.Free(old);
            }
        }
        """);

    [Fact]
    public Task Finding_NamesThePointerAndItsUpdateLock() => Verify.Spans("""
        using MmLock;
        class Plain { }
        class Slot
        {
            public readonly object Lock = new();
            [{|#1:RcuGuarded("@rcu", UpdateLock = "Lock")|}] public Plain? Current;
        }
        static class Rcu
        {
            [RcuAccessor(RcuRole.Assign)] public static void Assign<T>(ref T? pointer, T? value) where T : class { pointer = value; }
        }
        class Story
        {
            public void Clear(Slot slot) => {|#0:Rcu.Assign(ref slot.Current, null)|};
        }
        """, Verify.Finding("MML3004").At(0).WithPlaces(1)
            .WithMessage("Assigns RCU pointer 'Slot.Current' without holding its update lock 'slot.Lock' (class 'Slot.Lock')"));

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives, RcuSources.Data);
}
