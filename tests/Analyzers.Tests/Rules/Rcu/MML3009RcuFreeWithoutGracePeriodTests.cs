using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Rules.Rcu;

/// <summary>An unpublished object is freed at once.</summary>
public sealed class MML3009RcuFreeWithoutGracePeriodTests
{
    [Fact]
    public Task FreedAtOnce_IsReported() => Marked("""
        class Story
        {
            public void OffTheList(Node node)
            {
                Table.Lock.Lock();
                Heap.Remove(node);
                Table.Lock.Unlock();
                Heap.Free(node); //~ MML3009
            }

            public void Replaced(Slot slot, Plain next)
            {
                slot.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref slot.Current);
                Rcu.Assign(ref slot.Current, next);
                slot.Lock.Unlock();
                Heap.Free(old); //~ MML3009
            }

            public void UnderTheLock(Slot slot)
            {
                slot.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref slot.Current);
                Rcu.Assign(ref slot.Current, null);
                Heap.Free(old); //~ MML3009
                slot.Lock.Unlock();
            }

            public void WaitedTooEarly(Node node)
            {
                Rcu.Synchronize();
                Table.Lock.Lock();
                Heap.Remove(node);
                Table.Lock.Unlock();
                Heap.Free(node); //~ MML3009
            }

            public void WaitedOnOnePath(Node node, bool wait)
            {
                Table.Lock.Lock();
                Heap.Remove(node);
                Table.Lock.Unlock();
                if (wait)
                    Rcu.Synchronize();
                Heap.Free(node); //~ MML3009
            }

            public void WaitedForTheFirstOnly(Node first, Node second)
            {
                Table.Lock.Lock();
                Heap.Remove(first);
                Table.Lock.Unlock();
                Rcu.Synchronize();
                Table.Lock.Lock();
                Heap.Remove(second);
                Table.Lock.Unlock();
                Heap.Free(first);
                Heap.Free(second); //~ MML3009
            }

            public void Head()
            {
                Table.Lock.Lock();
                var head = Rcu.DereferenceProtected(ref Table.Head);
                Rcu.Assign(ref Table.Head, Rcu.DereferenceProtected(ref head!.Next));
                Table.Lock.Unlock();
                Heap.Free(head); //~ MML3009
            }

            public void ThroughACopy(Node node)
            {
                var copy = node;
                Table.Lock.Lock();
                Heap.Remove(copy);
                Table.Lock.Unlock();
                Heap.Free(node); //~ MML3009
            }

            public void InALoop(Node[] nodes)
            {
                foreach (var node in nodes)
                {
                    Table.Lock.Lock();
                    Heap.Remove(node);
                    Table.Lock.Unlock();
                    Heap.Free(node); //~ MML3009
                }
            }

            public void OneOfTwoBranches(Node node, bool later)
            {
                Table.Lock.Lock();
                Heap.Remove(node);
                Table.Lock.Unlock();
                if (later)
                    Heap.FreeLater(node);
                else
                    Heap.Free(node); //~ MML3009
            }
        }
        """);

    [Fact]
    public Task UnlinkWaitFree_IsSilent() => Marked("""
        class Story
        {
            public void OffTheList(Node node)
            {
                Table.Lock.Lock();
                Heap.Remove(node);
                Table.Lock.Unlock();
                Rcu.Synchronize();
                Heap.Free(node);
            }

            public void Replaced(Slot slot, Plain next)
            {
                slot.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref slot.Current);
                Rcu.Assign(ref slot.Current, next);
                slot.Lock.Unlock();
                Rcu.Synchronize();
                Heap.Free(old);
            }

            public void Later(Slot slot)
            {
                slot.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref slot.Current);
                Rcu.Assign(ref slot.Current, null);
                slot.Lock.Unlock();
                Heap.FreeLater(old);
            }

            public void LaterUnderTheLock(Node node)
            {
                Table.Lock.Lock();
                Heap.Remove(node);
                Heap.FreeLater(node);
                Table.Lock.Unlock();
            }

            public void NeverPublished()
            {
                var node = new Node();
                Heap.Free(node);
            }

            public void GivenToUs(Node node) => Heap.Free(node);

            public void LostTheRace(Slot slot)
            {
                var next = new Plain();
                slot.Lock.Lock();
                if (Rcu.DereferenceProtected(ref slot.Current) != null)
                {
                    slot.Lock.Unlock();
                    Heap.Free(next);
                    return;
                }
                Rcu.Assign(ref slot.Current, next);
                slot.Lock.Unlock();
            }

            public void AllAtOnce(Node first, Node second)
            {
                Table.Lock.Lock();
                Heap.Remove(first);
                Heap.Remove(second);
                Table.Lock.Unlock();
                Rcu.Synchronize();
                Heap.Free(first);
                Heap.Free(second);
            }

            public void WaitedByACallee(Node node)
            {
                Table.Lock.Lock();
                Heap.Remove(node);
                Table.Lock.Unlock();
                Drain();
                Heap.Free(node);
            }

            [WaitsForReaders("@rcu")]
            public static void Drain() => Rcu.Synchronize();

            public void OnEitherPath(Node node, bool hurry)
            {
                Table.Lock.Lock();
                Heap.Remove(node);
                Table.Lock.Unlock();
                if (hurry)
                {
                    Heap.FreeLater(node);
                    return;
                }
                Rcu.Synchronize();
                Heap.Free(node);
            }

            public void NothingWasThere(Slot slot)
            {
                slot.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref slot.Current);
                Rcu.Assign(ref slot.Current, null);
                slot.Lock.Unlock();
                if (old != null)
                {
                    Rcu.Synchronize();
                    Heap.Free(old);
                }
            }

            // What was taken off is the updater's: it may be used until it is given back.
            public int UsedByTheUpdater(Slot slot)
            {
                slot.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref slot.Current);
                Rcu.Assign(ref slot.Current, null);
                slot.Lock.Unlock();
                int value = old!.Value;
                Rcu.Synchronize();
                value += old.Value;
                Heap.Free(old);
                return value;
            }
        }
        """);

    [Fact]
    public Task PublishedAgain_IsUnpublishedAgain() => Marked("""
        class Story
        {
            public void Moved(Slot from, Slot to)
            {
                from.Lock.Lock();
                var item = Rcu.DereferenceProtected(ref from.Current);
                Rcu.Assign(ref from.Current, null);
                from.Lock.Unlock();
                Rcu.Synchronize();
                to.Lock.Lock();
                Rcu.Assign(ref to.Current, item);
                to.Lock.Unlock();
            }
        }
        """);

    [Fact]
    public Task WhatAnExchangeReturns_IsUnpublished() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public static class Ext
        {
            [RcuAccessor(RcuRole.Assign), NoLockAnalysis("x")]
            public static T Replace<T>(ref T pointer, T value)
                where T : class
            {
                var old = pointer;
                pointer = value;
                return old;
            }

            [Frees("p"), NoLockAnalysis("x")]
            public static void Kfree(this Plain p)
            {
            }

            [FreesAfterGracePeriod("p"), NoLockAnalysis("x")]
            public static void KfreeRcu(this Plain p)
            {
            }

            [Unpublishes("n"), NoLockAnalysis("x")]
            public static void DelRcu(this Node n)
            {
            }

            [Frees("n"), NoLockAnalysis("x")]
            public static void KfreeN(Node n)
            {
            }
        }

        public static class Story
        {
            public static void ReplaceFree(Slot o, Plain n)
            {
                o.Lock.Lock();
                var old = Ext.Replace(ref o.Current, n);
                o.Lock.Unlock();
                Heap.Free(old); //~ MML3009
            }

            public static void ReplaceSyncFree(Slot o, Plain n)
            {
                o.Lock.Lock();
                var old = Ext.Replace(ref o.Current, n);
                o.Lock.Unlock();
                Rcu.Synchronize();
                Heap.Free(old);
            }

            public static void ReplaceWrongSync(Slot o, Plain n)
            {
                o.Lock.Lock();
                var old = Ext.Replace(ref o.Current, n);
                o.Lock.Unlock();
                Rcu.SynchronizeSched();
                Heap.Free(old); //~ MML3007
            }

            public static void ReplaceLater(Slot o, Plain n)
            {
                o.Lock.Lock();
                var old = Ext.Replace(ref o.Current, n);
                o.Lock.Unlock();
                Heap.FreeLater(old);
            }

            public static int ReplaceUse(Slot o, Plain n)
            {
                o.Lock.Lock();
                var old = Ext.Replace(ref o.Current, n);
                o.Lock.Unlock();
                int v = old.Value;
                Rcu.Synchronize();
                Heap.Free(old);
                return v;
            }

            public static void ReplaceUnlocked(Slot o, Plain n)
            {
                var old = Ext.Replace(ref o.Current, n); //~ MML3004
                Rcu.Synchronize();
                Heap.Free(old);
            }

            public static void ReplaceNull(Slot o)
            {
                o.Lock.Lock();
                var old = Ext.Replace(ref o.Current, null);
                o.Lock.Unlock();
                if (old != null)
                    Heap.Free(old); //~ MML3009
            }

            public static void ReplaceExt(Slot o)
            {
                o.Lock.Lock();
                var old = Ext.Replace(ref o.Current, null);
                o.Lock.Unlock();
                old.Kfree(); //~ MML3009
            }

            public static void ReplaceExtCond(Slot o)
            {
                o.Lock.Lock();
                var old = Ext.Replace(ref o.Current, null);
                o.Lock.Unlock();
                old?.Kfree(); //~ MML3009
            }

            public static void ReplaceExtRcu(Slot o)
            {
                o.Lock.Lock();
                var old = Ext.Replace(ref o.Current, null);
                o.Lock.Unlock();
                old?.KfreeRcu();
            }

            public static Plain ReplaceReturned(Slot o)
            {
                o.Lock.Lock();
                var old = Ext.Replace(ref o.Current, null);
                o.Lock.Unlock();
                return old;
            }
        }
        """);

    [Fact]
    public Task EveryWayFromUnpublishedToFree() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public class Pool
        {
            public readonly SpinLock Lock = new();
            [RcuGuarded("@rcu", UpdateLock = "Lock")]
            public Plain[] Slots = new Plain[4];
            [RcuGuarded("@rcu_sched", UpdateLock = "Lock")]
            public Plain Sched;
        }

        public static class Ext
        {
            [RcuAccessor(RcuRole.Assign), NoLockAnalysis("x")]
            public static T Replace<T>(ref T pointer, T value)
                where T : class
            {
                var old = pointer;
                pointer = value;
                return old;
            }

            [Frees("p"), NoLockAnalysis("x")]
            public static void Kfree(this Plain p)
            {
            }

            [FreesAfterGracePeriod("p"), NoLockAnalysis("x")]
            public static void KfreeRcu(this Plain p)
            {
            }

            [Unpublishes("n"), NoLockAnalysis("x")]
            public static void DelRcu(this Node n)
            {
            }

            [Frees("n"), NoLockAnalysis("x")]
            public static void KfreeN(Node n)
            {
            }
        }

        public class Obj
        {
            public int V;
            [RcuGuarded("@rcu", UpdateLock = "Table.Lock")]
            public Obj Next;
            [Frees("this"), NoLockAnalysis("x")]
            public void Destroy()
            {
            }

            [Unpublishes("this"), NoLockAnalysis("x")]
            public void Unlink()
            {
            }

            [FreesAfterGracePeriod("this"), NoLockAnalysis("x")]
            public void DestroyLater()
            {
            }
        }

        public static class Story
        {
            static int s;
            public static void DerefUnderLock(Slot o)
            {
                o.Lock.Lock();
                var old = Rcu.Dereference(ref o.Current);
                Rcu.Assign(ref o.Current, null);
                o.Lock.Unlock();
                Heap.Free(old); //~ MML3009
            }

            public static void CheckUnderLock(Slot o)
            {
                o.Lock.Lock();
                var old = Rcu.DereferenceCheck(ref o.Current);
                Rcu.Assign(ref o.Current, null);
                o.Lock.Unlock();
                Heap.Free(old); //~ MML3009
            }

            public static void AssignSame(Slot o)
            {
                o.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref o.Current);
                Rcu.Assign(ref o.Current, old);
                o.Lock.Unlock();
            }

            public static void Cond(Slot o, bool b)
            {
                Plain old = null;
                o.Lock.Lock();
                if (b)
                {
                    old = Rcu.DereferenceProtected(ref o.Current);
                    Rcu.Assign(ref o.Current, null);
                }

                o.Lock.Unlock();
                if (old != null)
                    Heap.Free(old); //~ MML3009
            }

            public static void CondOk(Slot o, bool b)
            {
                Plain old = null;
                o.Lock.Lock();
                if (b)
                {
                    old = Rcu.DereferenceProtected(ref o.Current);
                    Rcu.Assign(ref o.Current, null);
                }

                o.Lock.Unlock();
                if (old != null)
                {
                    Rcu.Synchronize();
                    Heap.Free(old);
                }
            }

            public static void Elem(Pool p)
            {
                p.Lock.Lock();
                p.Lock.Unlock();
            }

            public static void Self(Obj x)
            {
                Table.Lock.Lock();
                x.Unlink();
                Table.Lock.Unlock();
                x.Destroy(); //~ MML3009
            }

            public static void SelfOk(Obj x)
            {
                Table.Lock.Lock();
                x.Unlink();
                Table.Lock.Unlock();
                Rcu.Synchronize();
                x.Destroy();
            }

            public static void SelfLater(Obj x)
            {
                Table.Lock.Lock();
                x.Unlink();
                Table.Lock.Unlock();
                x.DestroyLater();
            }

            public static void ExtDel(Node n)
            {
                Table.Lock.Lock();
                n.DelRcu();
                Table.Lock.Unlock();
                Ext.KfreeN(n); //~ MML3009
            }

            public static void SchedWrong(Pool p)
            {
                p.Lock.Lock();
                var o = Rcu.DereferenceProtected(ref p.Sched);
                Rcu.Assign(ref p.Sched, null);
                p.Lock.Unlock();
                Rcu.Synchronize();
                Heap.Free(o); //~ MML3007
            }

            public static void SchedRight(Pool p)
            {
                p.Lock.Lock();
                var o = Rcu.DereferenceProtected(ref p.Sched);
                Rcu.Assign(ref p.Sched, null);
                p.Lock.Unlock();
                Rcu.SynchronizeSched();
                Heap.Free(o);
            }

            public static void BothWaits(Pool p)
            {
                p.Lock.Lock();
                var o = Rcu.DereferenceProtected(ref p.Sched);
                Rcu.Assign(ref p.Sched, null);
                p.Lock.Unlock();
                Rcu.Synchronize();
                Rcu.SynchronizeSched();
                Heap.Free(o);
            }

            public static void WaitsOther(Pool p)
            {
                p.Lock.Lock();
                var o = Rcu.DereferenceProtected(ref p.Sched);
                Rcu.Assign(ref p.Sched, null);
                p.Lock.Unlock();
                Rcu.SynchronizeSched();
                Rcu.Synchronize();
                Heap.Free(o);
            }

            public static void Domain(SleepySlot p)
            {
                p.Lock.Lock();
                var o = Rcu.DereferenceProtected(ref p.OfDomain);
                Rcu.Assign(ref p.OfDomain, null);
                p.Lock.Unlock();
                p.Domain.Synchronize();
                Heap.Free(o);
            }

            public static void DomainWrong(SleepySlot p)
            {
                p.Lock.Lock();
                var o = Rcu.DereferenceProtected(ref p.OfDomain);
                Rcu.Assign(ref p.OfDomain, null);
                p.Lock.Unlock();
                p.Other.Synchronize();
                Heap.Free(o); //~ MML3007
            }

            public static void DomainWrong2(SleepySlot p)
            {
                p.Lock.Lock();
                var o = Rcu.DereferenceProtected(ref p.OfDomain);
                Rcu.Assign(ref p.OfDomain, null);
                p.Lock.Unlock();
                Rcu.Synchronize();
                Heap.Free(o); //~ MML3007
            }

            public static void DomainOtherObj(SleepySlot p, SleepySlot q)
            {
                p.Lock.Lock();
                var o = Rcu.DereferenceProtected(ref p.OfDomain);
                Rcu.Assign(ref p.OfDomain, null);
                p.Lock.Unlock();
                q.Domain.Synchronize();
                Heap.Free(o); //~ MML3007
            }

            public static async Task AsyncFree(SleepySlot p)
            {
                p.Lock.Lock();
                var o = Rcu.DereferenceProtected(ref p.Current);
                Rcu.Assign(ref p.Current, null);
                p.Lock.Unlock();
                await Task.Yield();
                Heap.Free(o); //~ MML3009
            }

            public static void TryFinally(Slot o)
            {
                Plain old;
                o.Lock.Lock();
                try
                {
                    old = Rcu.DereferenceProtected(ref o.Current);
                    Rcu.Assign(ref o.Current, null);
                }
                finally
                {
                    o.Lock.Unlock();
                }

                Heap.Free(old); //~ MML3009
            }

            public static void Using(Slot o)
            {
                Plain old;
                using (new SpinGuard(o.Lock))
                {
                    old = Rcu.DereferenceProtected(ref o.Current);
                    Rcu.Assign(ref o.Current, null);
                }

                Heap.Free(old); //~ MML3009
            }

            public static void Using2(Slot o)
            {
                Plain old;
                using (new SpinGuard(o.Lock))
                {
                    old = Rcu.DereferenceProtected(ref o.Current);
                    Rcu.Assign(ref o.Current, null);
                }

                Rcu.Synchronize();
                Heap.Free(old);
            }

            static Plain Take(Slot o)
            {
                o.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref o.Current);
                Rcu.Assign(ref o.Current, null);
                o.Lock.Unlock();
                return old;
            }

            public static void ViaPrivate(Slot o)
            {
                Heap.Free(Take(o));
            }

            static void Drain() => Rcu.Synchronize();
            public static void ViaDrain(Slot o)
            {
                o.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref o.Current);
                Rcu.Assign(ref o.Current, null);
                o.Lock.Unlock();
                Drain();
                Heap.Free(old);
            }

            static void FreeIt(Plain p) => Heap.Free(p);
            public static void ViaFree(Slot o)
            {
                o.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref o.Current);
                Rcu.Assign(ref o.Current, null);
                o.Lock.Unlock();
                FreeIt(old);
            }

            static void Assign(Slot o, Plain n) => Rcu.Assign(ref o.Current, n);
            public static void PrivAssign(Slot o, Plain n)
            {
                o.Lock.Lock();
                Assign(o, n);
                o.Lock.Unlock();
            }

            public static void PrivAssignBad(Slot o, Plain n)
            {
                Assign(o, n); //~ MML2001
            }

            public static void PrivAssignShared(SleepySlot o, Plain n)
            {
                o.Sem.DownRead();
                Rcu.Assign(ref o.UnderSem, n); //~ MML3004
                o.Sem.UpRead();
            }

            public static void SharedProtected(SleepySlot o)
            {
                o.Sem.DownRead();
                s = Rcu.DereferenceProtected(ref o.UnderSem).Value;
                o.Sem.UpRead();
            }

            public static void AssignFresh()
            {
                var x = new Slot();
                Rcu.Assign(ref x.Current, new Plain());
                s = x.Lock.GetHashCode();
            }

            public static Slot InitFresh(Plain p)
            {
                var x = new Slot();
                Rcu.Initialize(ref x.Current, p);
                return x;
            }

            public static void InitPublished(Slot x, Plain p)
            {
                Rcu.Initialize(ref x.Current, p);
            }

            public static void DerefFresh()
            {
                var x = new Slot();
                s = Rcu.Dereference(ref x.Current)?.Value ?? 0;
                s = Rcu.DereferenceProtected(ref x.Current)?.Value ?? 0;
            }

            public static void FreshEscaped(List<Slot> l)
            {
                var x = new Slot();
                l.Add(x);
                Rcu.Assign(ref x.Current, null); //~ MML3004
            }

            public static void LambdaAssign(Slot o)
            {
                o.Lock.Lock();
                Action a = () => Rcu.Assign(ref o.Current, null); //~ MML3004
                o.Lock.Unlock();
                Task.Run(a);
            }

            public static void LambdaNow(Slot o)
            {
                o.Lock.Lock();
                new List<int>
                {
                    1
                }.ForEach(i => Rcu.Assign(ref o.Current, null));
                o.Lock.Unlock();
            }

            public static void DelLoop()
            {
                Table.Lock.Lock();
                var n = Rcu.DereferenceProtected(ref Table.Head);
                while (n != null)
                {
                    var next = Rcu.DereferenceProtected(ref n.Next);
                    n.DelRcu();
                    Heap.Free(n); //~ MML3009
                    n = next;
                }

                Table.Lock.Unlock();
            }

            public static void DelLoopLater()
            {
                Table.Lock.Lock();
                var n = Rcu.DereferenceProtected(ref Table.Head);
                while (n != null)
                {
                    var next = Rcu.DereferenceProtected(ref n.Next);
                    n.DelRcu();
                    Heap.FreeLater(n);
                    n = next;
                }

                Table.Lock.Unlock();
            }

            public static void UseAfterFree(Slot o)
            {
                o.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref o.Current);
                Rcu.Assign(ref o.Current, null);
                o.Lock.Unlock();
                Rcu.Synchronize();
                Heap.Free(old);
                s = old.Value;
            }

            public static void CtorInit()
            {
            }
        }
        """);

    [Fact]
    public Task Finding_NamesTheObjectAndWhereItWasUnpublished() => Verify.Spans("""
        using MmLock;
        class Node
        {
            [RcuGuarded] public Node? Next;
        }
        [NoLockAnalysis("primitive")]
        static class Heap
        {
            [Unpublishes("node")] public static void Remove(Node node) { }
            [Frees("node")] public static void Free(Node node) { }
        }
        class Story
        {
            public void Drop(Node node)
            {
                {|#1:Heap.Remove(node)|};
                {|#0:Heap.Free(node)|};
            }
        }
        """, Verify.Finding("MML3009").At(0).WithPlaces(1).Saying("Frees 'node' at once, but readers of '@rcu'"));

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives, RcuSources.Data);
}
