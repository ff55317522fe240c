using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Rules.Rcu;

/// <summary>What a reader found outlives the reader, and no reference was taken.</summary>
public sealed class MML3005RcuPointerEscapesTests
{
    [Fact]
    public Task UsedAfterTheReader_IsReported() => Marked("""
        class Story
        {
            public int field;

            public int Member(Slot slot)
            {
                Rcu.ReadLock();
                var current = Rcu.Dereference(ref slot.Current);
                Rcu.ReadUnlock();
                return current!.Value; //~ MML3005
            }

            public void Written(Slot slot)
            {
                Rcu.ReadLock();
                var current = Rcu.Dereference(ref slot.Current);
                Rcu.ReadUnlock();
                current!.Value = 3; //~ MML3005
            }

            public void Called(Slot slot)
            {
                Rcu.ReadLock();
                var current = Rcu.Dereference(ref slot.Current);
                Rcu.ReadUnlock();
                current!.Work(); //~ MML3005
            }

            public void Passed(Slot slot)
            {
                Rcu.ReadLock();
                var current = Rcu.Dereference(ref slot.Current);
                Rcu.ReadUnlock();
                Heap.Look(current); //~ MML3005
            }

            public int Scope(Slot slot)
            {
                Plain? current;
                using (Rcu.Section())
                    current = Rcu.Dereference(ref slot.Current);
                return current!.Value; //~ MML3005
            }

            public int OtherFlavours(Slot slot)
            {
                Rcu.ReadLockBh();
                var bh = Rcu.DereferenceBh(ref slot.CurrentBh);
                Rcu.ReadUnlockBh();
                Preempt.Disable();
                var sched = Rcu.DereferenceSched(ref slot.CurrentSched);
                Preempt.Enable();
                int value = bh!.Value; //~ MML3005
                return value + sched!.Value; //~ MML3005
            }

            public int InterruptsCameOn(Slot slot)
            {
                Irq.Save(out var flags);
                var sched = Rcu.DereferenceSched(ref slot.CurrentSched);
                Irq.Restore(flags);
                return sched!.Value; //~ MML3005
            }

            public int OfADomain(SleepySlot slot)
            {
                int index = slot.Domain.ReadLock();
                var current = Srcu.Dereference(ref slot.OfDomain, slot.Domain);
                slot.Domain.ReadUnlock(index);
                return current!.Value; //~ MML3005
            }

            public int OnSomePaths(Slot slot, bool early)
            {
                Rcu.ReadLock();
                var current = Rcu.Dereference(ref slot.Current);
                if (early)
                    Rcu.ReadUnlock();
                int value = current!.Value; //~ MML3005
                if (!early)
                    Rcu.ReadUnlock();
                return value;
            }

            public int ByACallee(Slot slot)
            {
                Rcu.ReadLock();
                var current = Rcu.Dereference(ref slot.Current);
                End();
                return current!.Value; //~ MML3005
            }

            [ReleasesShared("@rcu"), NoLockAnalysis("primitive")]
            public static void End() { }

            // The section is dropped and entered again inside: what was read before is not of this section.
            public int Dropped(Slot slot)
            {
                Rcu.ReadLock();
                var current = Rcu.Dereference(ref slot.Current);
                Rcu.ReadUnlock();
                Rcu.ReadLock();
                int value = current!.Value; //~ MML3005
                Rcu.ReadUnlock();
                return value;
            }

            public int Finally(Slot slot)
            {
                Plain? current;
                Rcu.ReadLock();
                try
                {
                    current = Rcu.Dereference(ref slot.Current);
                }
                finally
                {
                    Rcu.ReadUnlock();
                }
                return current!.Value; //~ MML3005
            }
        }
        """);

    [Fact]
    public Task ThroughEveryName_IsTheSameValue() => Marked("""
        class Story
        {
            public int Copied(Slot slot)
            {
                Rcu.ReadLock();
                var current = Rcu.Dereference(ref slot.Current);
                var copy = current;
                Rcu.ReadUnlock();
                return copy!.Value; //~ MML3005
            }

            public int Chosen(Slot slot, bool bh, Plain other)
            {
                Rcu.ReadLock();
                var current = bh ? other : Rcu.Dereference(ref slot.Current);
                Rcu.ReadUnlock();
                return current!.Value; //~ MML3005
            }

            public int Coalesced(Slot slot, Plain other)
            {
                Rcu.ReadLock();
                var current = Rcu.Dereference(ref slot.Current) ?? other;
                Rcu.ReadUnlock();
                return current.Value; //~ MML3005
            }

            public int Declared(Slot slot)
            {
                Rcu.ReadLock();
                if (Rcu.Dereference(ref slot.Current) is not { } current)
                {
                    Rcu.ReadUnlock();
                    return 0;
                }
                Rcu.ReadUnlock();
                return current.Value; //~ MML3005
            }

            public int Deconstructed(Slot slot)
            {
                Rcu.ReadLock();
                var (current, _) = (Rcu.Dereference(ref slot.Current), 1);
                Rcu.ReadUnlock();
                return current!.Value; //~ MML3005
            }

            public int LastOfAWalk(int key)
            {
                Rcu.ReadLock();
                var node = Rcu.Dereference(ref Table.Head);
                while (node != null && node.Key != key)
                    node = Rcu.Dereference(ref node.Next);
                Rcu.ReadUnlock();
                return node == null ? 0 : node.Key; //~ MML3005 //~? MML3005
            }

            public int FoundByABreak(int key)
            {
                Node? found = null;
                Rcu.ReadLock();
                for (var node = Rcu.Dereference(ref Table.Head); node != null; node = Rcu.Dereference(ref node.Next))
                {
                    if (node.Key == key)
                    {
                        found = node;
                        break;
                    }
                }
                Rcu.ReadUnlock();
                if (found == null) //~? MML3005
                    return 0;
                return found.Key; //~ MML3005
            }

            public int Cast(Slot slot)
            {
                Rcu.ReadLock();
                object? what = Rcu.Dereference(ref slot.Current);
                Rcu.ReadUnlock();
                return ((Plain)what!).Value; //~ MML3005
            }

            public int StepAfterTheEnd()
            {
                Rcu.ReadLock();
                var node = Rcu.Dereference(ref Table.Head);
                Rcu.ReadUnlock();
                Table.Lock.Lock();
                var next = Rcu.Dereference(ref node!.Next); //~ MML3005
                int key = next!.Key; //~? MML3005
                Table.Lock.Unlock();
                return key;
            }
        }
        """);

    [Fact]
    public Task Stored_WhereItOutlivesTheReader_IsReported() => Marked("""
        class Story
        {
            public Plain? Kept;
            public static Plain? s_kept;
            public Plain?[] Many = new Plain?[3];
            public System.Func<int>? Later;

            public void InAField(Slot slot)
            {
                Rcu.ReadLock();
                Kept = Rcu.Dereference(ref slot.Current); //~ MML3005
                Rcu.ReadUnlock();
            }

            public void InAFieldByALocal(Slot slot)
            {
                Rcu.ReadLock();
                var current = Rcu.Dereference(ref slot.Current);
                if (current != null)
                    Kept = current; //~ MML3005
                Rcu.ReadUnlock();
            }

            public void InAStatic(Slot slot)
            {
                Rcu.ReadLock();
                s_kept = Rcu.Dereference(ref slot.Current); //~ MML3005
                Rcu.ReadUnlock();
            }

            public void InAnElement(Slot slot)
            {
                Rcu.ReadLock();
                Many[0] = Rcu.Dereference(ref slot.Current); //~ MML3005
                Rcu.ReadUnlock();
            }

            public void InACollection(Slot slot, System.Collections.Generic.List<Plain?> list)
            {
                Rcu.ReadLock();
                list.Add(Rcu.Dereference(ref slot.Current)); //~ MML3005
                Rcu.ReadUnlock();
            }

            public void InAnotherObject(Slot slot, Plain other)
            {
                Rcu.ReadLock();
                other.Parent = Rcu.Dereference(ref slot.Current); //~ MML3005
                Rcu.ReadUnlock();
            }

            public void InAnOutParameter(Slot slot, out Plain? found) { Rcu.ReadLock(); found = Rcu.Dereference(ref slot.Current); Rcu.ReadUnlock(); } //~ MML3005

            public void UpgradedBeforeItIsHandedOut(Slot slot, out Counted? found)
            {
                Rcu.ReadLock();
                found = Rcu.Dereference(ref slot.Pinned);
                if (found != null && !found.TryGet())
                    found = null;
                Rcu.ReadUnlock();
            }

            public void Captured(Slot slot)
            {
                Rcu.ReadLock();
                var current = Rcu.Dereference(ref slot.Current);
                Later = () => current!.Value; //~ MML3005
                Rcu.ReadUnlock();
            }

            public int CapturedAndInvokedHere(Slot slot)
            {
                Rcu.ReadLock();
                var current = Rcu.Dereference(ref slot.Current);
                int value = Run(() => current!.Value);
                Rcu.ReadUnlock();
                return value;
            }

            public static int Run([InvokedHere] System.Func<int> work) => work();

            // A null is nobody's pointer.
            public void Cleared(Slot slot)
            {
                Rcu.ReadLock();
                var current = Rcu.Dereference(ref slot.Current);
                if (current == null)
                    Kept = current;
                Rcu.ReadUnlock();
            }

            public void ItsNumber(Slot slot)
            {
                Rcu.ReadLock();
                Many = new Plain?[Rcu.Dereference(ref slot.Current)!.Value];
                Rcu.ReadUnlock();
            }
        }
        """);

    [Fact]
    public Task Returned_WhereTheCallerIsOutside_IsReported() => Marked("""
        class Story
        {
            public Plain? AfterTheReader(Slot slot)
            {
                Rcu.ReadLock();
                var current = Rcu.Dereference(ref slot.Current);
                Rcu.ReadUnlock();
                return current; //~ MML3005
            }

            public Plain? InAScope(Slot slot)
            {
                using (Rcu.Section())
                    return Rcu.Dereference(ref slot.Current); //~ MML3005
            }

            public Plain? FromATry(Slot slot)
            {
                Rcu.ReadLock();
                try
                {
                    return Rcu.Dereference(ref slot.Current); //~ MML3005
                }
                finally
                {
                    Rcu.ReadUnlock();
                }
            }

            [ReleasesShared("@rcu")]
            public Plain? EndsTheCallersReader(Slot slot)
            {
                var current = Rcu.Dereference(ref slot.Current);
                Rcu.ReadUnlock();
                return current; //~ MML3005
            }

            // The caller reads, but not by this section's domain.
            [MustHoldShared("@rcu")]
            public Plain? OfAnInnerDomain(SleepySlot slot)
            {
                int index = slot.Domain.ReadLock();
                var current = Srcu.Dereference(ref slot.OfDomain, slot.Domain);
                slot.Domain.ReadUnlock(index);
                return current; //~ MML3005
            }
        }
        """);

    [Fact]
    public Task ContractThatKeepsTheCallerInTheSection_MayHandItOn() => Marked("""
        class Story
        {
            [MustHoldShared("@rcu")]
            public Plain? CallerReads(Slot slot) => Rcu.Dereference(ref slot.Current);

            [MustHold("@rcu")]
            public Plain? CallerReadsSaidOtherwise(Slot slot) => Rcu.Dereference(ref slot.Current);

            [MustHoldShared("@rcu")]
            public void Out(Slot slot, out Plain? found) => found = Rcu.Dereference(ref slot.Current);

            [AcquiresShared("@rcu")]
            public Plain? ReturnsInsideTheSection(Slot slot)
            {
                Rcu.ReadLock();
                return Rcu.Dereference(ref slot.Current);
            }

            [MustHold("slot.Lock")]
            public Plain? CallerUpdates(Slot slot) => Rcu.DereferenceProtected(ref slot.Current);

            [MustHoldShared("@rcu")]
            public Plain? WithASectionOfItsOwn(Slot slot)
            {
                Rcu.ReadLock();
                var current = Rcu.Dereference(ref slot.Current);
                Rcu.ReadUnlock();
                return current;
            }

            [MustHoldShared("@preempt")]
            public Plain? CallerIsPinned(Slot slot) => Rcu.DereferenceSched(ref slot.CurrentSched);

            [MustHoldShared("slot.Domain")]
            public Plain? CallerReadsTheDomain(SleepySlot slot) => Srcu.Dereference(ref slot.OfDomain, slot.Domain);

            public int Used(Slot slot)
            {
                Rcu.ReadLock();
                int value = CallerReads(slot)!.Value;
                Out(slot, out var found);
                value += found!.Value;
                Rcu.ReadUnlock();
                var current = ReturnsInsideTheSection(slot);
                value += current!.Value;
                Rcu.ReadUnlock();
                return value;
            }
        }
        """);

    [Fact]
    public Task TryGet_UpgradesIt() => Marked("""
        // css_tryget: what it was true for may leave the section; what it was false for may not.
        class Story
        {
            public int Tried(Slot slot)
            {
                Rcu.ReadLock();
                var css = Rcu.Dereference(ref slot.Pinned);
                if (css == null || !css.TryGet())
                {
                    Rcu.ReadUnlock();
                    return 0;
                }
                Rcu.ReadUnlock();
                int value = css.Value;
                css.Put();
                return value;
            }

            [return: AcquiresRef]
            public Counted? Returned(Slot slot)
            {
                Rcu.ReadLock();
                var css = Rcu.Dereference(ref slot.Pinned);
                if (css != null && !css.TryGet())
                    css = null;
                Rcu.ReadUnlock();
                return css;
            }

            public int Flag(Slot slot)
            {
                Rcu.ReadLock();
                var css = Rcu.Dereference(ref slot.Pinned);
                bool got = css != null && css.TryGet();
                Rcu.ReadUnlock();
                if (!got)
                    return 0;
                int value = css!.Value;
                css.Put();
                return value;
            }

            public int GotForSure(Slot slot)
            {
                Rcu.ReadLock();
                var css = Rcu.Dereference(ref slot.Pinned);
                css!.Get();
                Rcu.ReadUnlock();
                int value = css.Value;
                css.Put();
                return value;
            }

            public int Failed(Slot slot)
            {
                Rcu.ReadLock();
                var css = Rcu.Dereference(ref slot.Pinned);
                if (css!.TryGet())
                {
                    Rcu.ReadUnlock();
                    css.Put();
                    return 1;
                }
                Rcu.ReadUnlock();
                return css.Value; //~ MML3005
            }

            public int TooLate(Slot slot)
            {
                Rcu.ReadLock();
                var css = Rcu.Dereference(ref slot.Pinned);
                Rcu.ReadUnlock();
                if (!css!.TryGet()) //~ MML3005
                    return 0;
                int value = css.Value; //~? MML3005
                css.Put();
                return value;
            }

            public int PutInside(Slot slot)
            {
                Rcu.ReadLock();
                var css = Rcu.Dereference(ref slot.Pinned);
                if (!css!.TryGet())
                {
                    Rcu.ReadUnlock();
                    return 0;
                }
                css.Put();
                int value = css.Value;
                Rcu.ReadUnlock();
                return value;
            }

            public int PutAndUsedOutside(Slot slot)
            {
                Rcu.ReadLock();
                var css = Rcu.Dereference(ref slot.Pinned);
                if (!css!.TryGet())
                {
                    Rcu.ReadUnlock();
                    return 0;
                }
                Rcu.ReadUnlock();
                css.Put();
                return css.Value; //~ MML5001
            }

            public int OtherOne(Slot slot, Slot other)
            {
                Rcu.ReadLock();
                var css = Rcu.Dereference(ref slot.Pinned);
                var second = Rcu.Dereference(ref other.Pinned);
                if (!css!.TryGet())
                {
                    Rcu.ReadUnlock();
                    return 0;
                }
                Rcu.ReadUnlock();
                int value = second!.Value; //~ MML3005
                css.Put();
                return value;
            }
        }
        """);

    [Fact]
    public Task StillInASection_IsSilent() => Marked("""
        class Story
        {
            public int total;

            public int OuterReaderKeepsIt(Slot slot)
            {
                Rcu.ReadLock();
                Rcu.ReadLock();
                var current = Rcu.Dereference(ref slot.Current);
                Rcu.ReadUnlock();
                int value = current!.Value;
                Rcu.ReadUnlock();
                return value;
            }

            public int ReadAgain(Slot slot)
            {
                Rcu.ReadLock();
                var current = Rcu.Dereference(ref slot.Current);
                int first = current!.Value;
                Rcu.ReadUnlock();
                Rcu.ReadLock();
                current = Rcu.Dereference(ref slot.Current);
                int second = current!.Value;
                Rcu.ReadUnlock();
                return first + second;
            }

            public int EveryRound(Slot slot, int rounds)
            {
                int sum = 0;
                for (int i = 0; i < rounds; i++)
                {
                    Rcu.ReadLock();
                    var current = Rcu.Dereference(ref slot.Current);
                    if (current == null)
                    {
                        Rcu.ReadUnlock();
                        continue;
                    }
                    sum += current.Value;
                    Rcu.ReadUnlock();
                }
                return sum;
            }

            public int LastRoundsPointer(Slot slot, int rounds)
            {
                int sum = 0;
                Plain? current = null;
                for (int i = 0; i < rounds; i++)
                {
                    Rcu.ReadLock();
                    if (current != null) //~? MML3005
                        sum += current.Value; //~ MML3005
                    current = Rcu.Dereference(ref slot.Current);
                    Rcu.ReadUnlock();
                }
                return sum;
            }

            public int NumberCopiedOut(Slot slot)
            {
                Rcu.ReadLock();
                int value = Rcu.Dereference(ref slot.Current)!.Value;
                total = value;
                Rcu.ReadUnlock();
                return value + total;
            }

            public int AnotherSectionOverlaps(Slot slot)
            {
                Rcu.ReadLock();
                Rcu.ReadLockSched();
                var current = Rcu.Dereference(ref slot.Current);
                Rcu.ReadUnlockSched();
                int value = current!.Value;
                Rcu.ReadUnlock();
                return value;
            }

            public int ImpliedTwice(Slot slot)
            {
                Preempt.Disable();
                Irq.Disable();
                var current = Rcu.DereferenceSched(ref slot.CurrentSched);
                Irq.Enable();
                int value = current!.Value;
                Preempt.Enable();
                return value;
            }

            public int UnderBoth(Slot slot)
            {
                Rcu.ReadLock();
                slot.Lock.Lock();
                var current = Rcu.Dereference(ref slot.Current);
                Rcu.ReadUnlock();
                int value = current!.Value;
                slot.Lock.Unlock();
                return value;
            }

            public void Lent(Slot slot)
            {
                Rcu.ReadLock();
                Heap.Look(Rcu.Dereference(ref slot.Current));
                Rcu.ReadUnlock();
            }

            public int EarlyExits(Slot slot, int kind)
            {
                Rcu.ReadLock();
                var current = Rcu.Dereference(ref slot.Current);
                if (current == null)
                    goto none;
                int value = current.Value;
                if (kind == 3)
                    goto none;
                Rcu.ReadUnlock();
                return value;
            none:
                Rcu.ReadUnlock();
                return 0;
            }

            public void Overwritten(Slot slot, Plain other)
            {
                Rcu.ReadLock();
                var current = Rcu.Dereference(ref slot.Current);
                Rcu.ReadUnlock();
                current = other;
                current.Value = 3;
            }
        }
        """);

    [Fact]
    public Task Merged_LastSectionThatProtectsItCounts() => new Verify { GlobalConfig = "is_global = true\nmmlock.rcu_flavours = merged" }.Check("""
        class Story
        {
            public int StillPinned(Slot slot)
            {
                Preempt.Disable();
                Rcu.ReadLock();
                var current = Rcu.Dereference(ref slot.Current);
                Rcu.ReadUnlock();
                int value = current!.Value;
                Preempt.Enable();
                return value;
            }

            public int NoLongerPinned(Slot slot)
            {
                Preempt.Disable();
                var current = Rcu.Dereference(ref slot.Current);
                Preempt.Enable();
                return current!.Value; //~ MML3005
            }
        }
        """, MmSources.Primitives, RcuSources.Data);

    [Fact]
    public Task CachedPosition_UsedAfterTheReader_IsReported() => Marked("""
        // mem_cgroup_iter and its cached position: variants 4a and 4c, and the flow that was merged in v4.4.
        class Iterator
        {
            public readonly SpinLock Lock = new();
            [RcuGuarded("@rcu", UpdateLock = "Lock")] public Counted? Position;
        }

        class Story
        {
            public int WithoutATryGet(Iterator iter)
            {
                Rcu.ReadLock();
                var position = Rcu.Dereference(ref iter.Position);
                Rcu.ReadUnlock();
                return position!.Value; //~ MML3005
            }

            [return: AcquiresRef]
            public Counted? Next(Iterator iter)
            {
                Counted? memcg;
                Rcu.ReadLock();
                while (true)
                {
                    memcg = Rcu.Dereference(ref iter.Position);
                    if (memcg == null || memcg.TryGet())
                        break;
                }
                Rcu.ReadUnlock();
                return memcg;
            }
        }
        """);

    [Fact]
    public Task UsedOrStored_InEveryExpression() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public class Box
        {
            public Plain Item;
            public Plain Prop { get; set; }

            public Box()
            {
            }

            public Box(Plain p)
            {
                Item = p;
            }
        }

        public record Rec(Plain Item, int N);
        public struct Pair
        {
            public Plain A;
            public int N;
        }

        public static class Story
        {
            static int s;
            static Plain kept;
            static readonly List<Plain> list = new();
            static Plain[] arr = new Plain[4];
            static readonly Dictionary<int, Plain> map = new();
            public static void AfterEnd(Slot o)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref o.Current);
                Rcu.ReadUnlock();
                s = p.Value; //~ MML3005
            }

            public static void AfterEndCond(Slot o)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref o.Current);
                Rcu.ReadUnlock();
                s = p?.Value ?? 0; //~ MML3005
            }

            public static void AfterEndCompare(Slot o, Plain q)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref o.Current);
                Rcu.ReadUnlock();
                if (p == q || p == null)
                    s++;
            }

            public static void AfterEndPattern(Slot o)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref o.Current);
                Rcu.ReadUnlock();
                if (p is { Value: 3 }) //~ MML3005
                    s++;
            }

            public static void AfterEndPatternNull(Slot o)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref o.Current);
                Rcu.ReadUnlock();
                if (p is not null)
                    s++;
            }

            public static void AfterEndArg(Slot o)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref o.Current);
                Rcu.ReadUnlock();
                Heap.Look(p); //~ MML3005
            }

            public static void StoreStatic(Slot o)
            {
                Rcu.ReadLock();
                kept = Rcu.Dereference(ref o.Current); //~ MML3005
                Rcu.ReadUnlock();
            }

            public static void StoreElem(Slot o)
            {
                Rcu.ReadLock();
                arr[1] = Rcu.Dereference(ref o.Current); //~ MML3005
                Rcu.ReadUnlock();
            }

            public static void StoreList(Slot o)
            {
                Rcu.ReadLock();
                list.Add(Rcu.Dereference(ref o.Current)); //~ MML3005
                Rcu.ReadUnlock();
            }

            public static void StoreMap(Slot o)
            {
                Rcu.ReadLock();
                map[3] = Rcu.Dereference(ref o.Current); //~ MML3005
                Rcu.ReadUnlock();
            }

            public static void StoreProp(Slot o, Box b)
            {
                Rcu.ReadLock();
                b.Prop = Rcu.Dereference(ref o.Current); //~ MML3005
                Rcu.ReadUnlock();
            }

            public static void StoreFreshLocalBox(Slot o)
            {
                Rcu.ReadLock();
                var b = new Box
                {
                    Item = Rcu.Dereference(ref o.Current)
                };
                s = b.Item.Value;
                Rcu.ReadUnlock();
            }

            public static void StoreFreshLocalBoxUsedAfter(Slot o)
            {
                Rcu.ReadLock();
                var b = new Box
                {
                    Item = Rcu.Dereference(ref o.Current)
                };
                Rcu.ReadUnlock();
                s = b.Item.Value; //~ MML3005
            }

            public static Box StoreFreshReturned(Slot o)
            {
                Rcu.ReadLock();
                var b = new Box
                {
                    Item = Rcu.Dereference(ref o.Current)
                };
                Rcu.ReadUnlock();
                return b; //~ MML3005
            }

            public static Box StoreFreshReturnedIn(Slot o)
            {
                using (Rcu.Section())
                    return new Box //~ MML3005
                    {
                        Item = Rcu.Dereference(ref o.Current)
                    };
            }

            public static Rec RecReturned(Slot o)
            {
                using (Rcu.Section())
                    return new Rec(Rcu.Dereference(ref o.Current), 1); //~ MML3005
            }

            public static (Plain, int) TupleReturned(Slot o)
            {
                using (Rcu.Section())
                    return (Rcu.Dereference(ref o.Current), 1); //~ MML3005
            }

            public static Pair StructReturned(Slot o)
            {
                using (Rcu.Section())
                    return new Pair
                    {
                        A = Rcu.Dereference(ref o.Current) //~ MML3005
                    };
            }

            public static Plain Returned(Slot o)
            {
                using (Rcu.Section())
                    return Rcu.Dereference(ref o.Current); //~ MML3005
            }

            public static Plain Returned2(Slot o)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref o.Current);
                Rcu.ReadUnlock();
                return p; //~ MML3005
            }

            public static Plain Returned3(Slot o)
            {
                Rcu.ReadLock();
                try
                {
                    return Rcu.Dereference(ref o.Current); //~ MML3005
                }
                finally
                {
                    Rcu.ReadUnlock();
                }
            }

            public static Plain ReturnedAs(Slot o)
            {
                using var x = Rcu.Section();
                return Rcu.Dereference(ref o.Current) as Plain; //~ MML3005
            }

            public static object ReturnedObj(Slot o)
            {
                using var x = Rcu.Section();
                return (object)Rcu.Dereference(ref o.Current); //~ MML3005
            }

            public static Plain ReturnedTern(Slot o, bool b)
            {
                using var x = Rcu.Section();
                return b ? Rcu.Dereference(ref o.Current) : null; //~ MML3005
            }

            public static Plain ReturnedSwitch(Slot o, int b)
            {
                using var x = Rcu.Section();
                return b switch //~ MML3005
                {
                    0 => null,
                    _ => Rcu.Dereference(ref o.Current)};
            }

            public static Plain ReturnedCoal(Slot o, Plain d)
            {
                using var x = Rcu.Section();
                return Rcu.Dereference(ref o.Current) ?? d; //~ MML3005
            }

            public static bool OutParam(Slot o, out Plain p)
            {
                Rcu.ReadLock();
                p = Rcu.Dereference(ref o.Current);
                Rcu.ReadUnlock();
                return p != null; //~ MML3005
            }

            public static void RefParam(Slot o, ref Plain p)
            {
                using var x = Rcu.Section();
                p = Rcu.Dereference(ref o.Current);
            } //~ MML3005
        }
        """);

    [Fact]
    public Task LoopsFinallyJumps_AreFollowed() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public static class Story
        {
            static int s;
            static readonly List<Plain> list = new();
            static Action later;
            public static void Captured(Slot o)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref o.Current);
                later = () => s = p.Value; //~ MML3005
                Rcu.ReadUnlock();
            }

            public static void CapturedNow(Slot o)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref o.Current);
                list.ForEach(q => s += p.Value);
                Rcu.ReadUnlock();
            }

            public static void CapturedTask(Slot o)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref o.Current);
                Task.Run(() => s = p.Value); //~ MML3005
                Rcu.ReadUnlock();
            }

            public static IEnumerable<Plain> Yielded(Slot o)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref o.Current);
                Rcu.ReadUnlock();
                yield return p; //~ MML3005
            }

            public static async Task<int> AcrossAwait(Slot o)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref o.Current);
                Rcu.ReadUnlock();
                await Task.Yield();
                return p.Value; //~ MML3005
            }

            public static void ReadInNext(Slot o)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref o.Current);
                Rcu.ReadUnlock();
                Rcu.ReadLock();
                s = p.Value; //~ MML3005
                Rcu.ReadUnlock();
            }

            public static void TwoOverlap(Slot o)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref o.Current);
                Rcu.ReadLock();
                Rcu.ReadUnlock();
                s = p.Value;
                Rcu.ReadUnlock();
            }

            public static void Loop()
            {
                Node n;
                Rcu.ReadLock();
                for (n = Rcu.Dereference(ref Table.Head); n != null; n = Rcu.Dereference(ref n.Next))
                    if (n.Key == 3)
                        break;
                Rcu.ReadUnlock();
                if (n != null)
                    s = n.Key; //~ MML3005
            }

            public static void LoopFlag()
            {
                bool found = false;
                Rcu.ReadLock();
                for (var n = Rcu.Dereference(ref Table.Head); n != null; n = Rcu.Dereference(ref n.Next))
                    if (n.Key == 3)
                    {
                        found = true;
                        break;
                    }

                Rcu.ReadUnlock();
                if (found)
                    s = 1;
            }

            public static void LoopDrop()
            {
                Rcu.ReadLock();
                for (var n = Rcu.Dereference(ref Table.Head); n != null; n = Rcu.Dereference(ref n.Next)) //~ MML3005
                {
                    Rcu.ReadUnlock();
                    Rcu.ReadLock();
                }

                Rcu.ReadUnlock();
            }

            public static void Payload()
            {
                Rcu.ReadLock();
                var n = Rcu.Dereference(ref Table.Head);
                var p = Rcu.Dereference(ref n.Payload);
                Rcu.ReadUnlock();
                s = p.Value; //~ MML3005
            }

            public static void MemberOfBorrowed(Slot o)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref o.Current);
                var par = p.Parent;
                Rcu.ReadUnlock();
                s = par.Value; //~ MML3005
            }

            public static void Finally(Slot o)
            {
                Plain p = null;
                Rcu.ReadLock();
                try
                {
                    p = Rcu.Dereference(ref o.Current);
                }
                finally
                {
                    Rcu.ReadUnlock();
                }

                s = p.Value; //~ MML3005
            }

            public static void NestedFinally(Slot o)
            {
                Plain p = null;
                try
                {
                    Rcu.ReadLock();
                    try
                    {
                        p = Rcu.Dereference(ref o.Current);
                    }
                    finally
                    {
                        Rcu.ReadUnlock();
                    }
                }
                finally
                {
                    if (p != null)
                        s = p.Value; //~ MML3005
                }
            }

            public static void CatchUse(Slot o)
            {
                Plain p = null;
                try
                {
                    using (Rcu.Section())
                    {
                        p = Rcu.Dereference(ref o.Current);
                        p.Work();
                    }
                }
                catch (Exception)when (p != null)
                {
                    s = p.Value; //~ MML3005
                }
            }

            public static void Filter(Slot o)
            {
                Plain p = null;
                Rcu.ReadLock();
                try
                {
                    p = Rcu.Dereference(ref o.Current);
                    p.Work();
                }
                catch (Exception)when (p.Value == 3)
                {
                }
                finally
                {
                    Rcu.ReadUnlock();
                }
            }

            public static void Goto(Slot o)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref o.Current);
                if (p == null)
                    goto done;
                s = p.Value;
                done:
                    Rcu.ReadUnlock();
            }

            public static void Goto2(Slot o)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref o.Current);
                goto done;
                done:
                    Rcu.ReadUnlock();
                s = p.Value; //~ MML3005
            }
        }
        """);

    [Fact]
    public Task PartsAndPrivateMembers_CarryIt() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public struct Pair
        {
            public Plain A;
            public int N;
        }

        public static class Story
        {
            static int s;
            public static void Tuple(Slot o)
            {
                Rcu.ReadLock();
                var t = (p: Rcu.Dereference(ref o.Current), n: 1);
                Rcu.ReadUnlock();
                s = t.p.Value; //~ MML3005
            }

            public static void TupleIn(Slot o)
            {
                Rcu.ReadLock();
                var t = (p: Rcu.Dereference(ref o.Current), n: 1);
                s = t.p.Value;
                Rcu.ReadUnlock();
                s = t.n;
            }

            public static void Decon(Slot o)
            {
                Rcu.ReadLock();
                var(p, n) = (Rcu.Dereference(ref o.Current), 1);
                Rcu.ReadUnlock();
                s = p.Value; //~ MML3005
            }

            public static void Struct(Slot o)
            {
                Rcu.ReadLock();
                Pair t;
                t.A = Rcu.Dereference(ref o.Current);
                t.N = 2;
                Rcu.ReadUnlock();
                s = t.A.Value; //~ MML3005
            }

            public static void StructCopy(Slot o)
            {
                Rcu.ReadLock();
                var t = new Pair
                {
                    A = Rcu.Dereference(ref o.Current) //~ MML3005
                };
                var u = t;
                Rcu.ReadUnlock();
                s = u.A.Value;
            }

            public static void LocalFn(Slot o)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref o.Current);
                Rcu.ReadUnlock();
                Use(); //~ MML3005
                void Use() => s = p.Value;
            }

            static void UseP(Plain p)
            {
                s = p.Value;
            }

            public static void PrivArg(Slot o)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref o.Current);
                Rcu.ReadUnlock();
                UseP(p); //~ MML3005
            }

            static Plain Get(Slot o) => Rcu.Dereference(ref o.Current);
            public static void ViaPrivate(Slot o)
            {
                Rcu.ReadLock();
                s = Get(o).Value;
                Rcu.ReadUnlock();
            }

            public static void ViaPrivateOutside(Slot o)
            {
                s = Get(o).Value; //~ MML3002
            }

            public static void ViaPrivateEscapes(Slot o)
            {
                Rcu.ReadLock();
                var p = Get(o);
                Rcu.ReadUnlock();
                s = p.Value; //~ MML3005
            }

            public static Plain ViaPrivateReturned(Slot o)
            {
                Rcu.ReadLock();
                var p = Get(o);
                Rcu.ReadUnlock();
                return p; //~ MML3005
            }

            [MustHoldShared("@rcu")]
            public static Plain GetC(Slot o) => Rcu.Dereference(ref o.Current);

            public static void ViaContractEscapes(Slot o)
            {
                Rcu.ReadLock();
                var p = GetC(o);
                Rcu.ReadUnlock();
                s = p.Value;
            }

            [AcquiresShared("@rcu")]
            public static Plain GetA(Slot o)
            {
                Rcu.ReadLock();
                return Rcu.Dereference(ref o.Current);
            }

            public static void ViaAcq(Slot o)
            {
                var p = GetA(o);
                s = p.Value;
                Rcu.ReadUnlock();
            }

            [ReleasesShared("@rcu")]
            public static Plain Rel(Slot o)
            {
                var p = Rcu.Dereference(ref o.Current);
                Rcu.ReadUnlock();
                return p; //~ MML3005
            }
        }
        """);

    [Fact]
    public Task TakenAlong_InEveryForm() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public static class Story
        {
            static int s;
            [return: AcquiresRef]
            public static Counted Pin(Slot o)
            {
                using var x = Rcu.Section();
                var p = Rcu.Dereference(ref o.Pinned);
                return p != null && p.TryGet() ? p : null;
            }

            [return: AcquiresRef]
            public static Counted Pin2(Slot o)
            {
                using var x = Rcu.Section();
                var p = Rcu.Dereference(ref o.Pinned);
                if (p is null || !p.TryGet())
                    return null;
                return p;
            }

            [return: AcquiresRef]
            public static Counted PinBad(Slot o)
            {
                using var x = Rcu.Section();
                var p = Rcu.Dereference(ref o.Pinned);
                p?.TryGet(); //~ MML2010
                return p; //~ MML2009 MML3005
            }

            public static void PinLate(Slot o)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref o.Pinned);
                Rcu.ReadUnlock();
                if (p != null && p.TryGet()) //~ MML3005
                    p.Put();
            }

            public static void PinRetry(Slot o)
            {
                Counted p;
                do
                {
                    Rcu.ReadLock();
                    p = Rcu.Dereference(ref o.Pinned);
                    if (p != null && p.TryGet())
                    {
                        Rcu.ReadUnlock();
                        break;
                    }

                    Rcu.ReadUnlock();
                    p = null;
                }
                while (true);
                if (p != null)
                {
                    s = p.Value;
                    p.Put();
                }
            }

            public static void PinRetry2(Slot o)
            {
                Counted p;
                Rcu.ReadLock();
                do
                {
                    p = Rcu.Dereference(ref o.Pinned);
                }
                while (p != null && !p.TryGet());
                Rcu.ReadUnlock();
                if (p != null)
                {
                    s = p.Value;
                    p.Put();
                }
            }

            public static void PinGet(Slot o)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref o.Pinned);
                p.Get();
                Rcu.ReadUnlock();
                s = p.Value;
                p.Put();
            }

            public static void PinThenAfterPut(Slot o)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref o.Pinned);
                p.Get();
                p.Put();
                s = p.Value;
                Rcu.ReadUnlock();
            }

            public static void PinThenAfterPut2(Slot o)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref o.Pinned);
                p.Get();
                Rcu.ReadUnlock();
                p.Put();
                s = p.Value; //~ MML5001
            }
        }
        """);

    [Fact]
    public Task ListsAndHashes_AsTheKernelWalksThem() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public static class Story
        {
            static int s;
            public static Counted FindGet(int key)
            {
                Counted found = null;
                Rcu.ReadLock();
                for (var n = Rcu.Dereference(ref Table.Head); n != null; n = Rcu.Dereference(ref n.Next))
                {
                    if (n.Key != key)
                        continue;
                    var c = Rcu.Dereference(ref n.Payload)?.Owner;
                    if (c != null && c.TryGet())
                        found = c;
                    break;
                }

                Rcu.ReadUnlock();
                return found;
            }

            public static void ForEachDo(Action<Plain> visit)
            {
                Rcu.ReadLock();
                for (var n = Rcu.Dereference(ref Table.Head); n != null; n = Rcu.Dereference(ref n.Next))
                    visit(Rcu.Dereference(ref n.Payload));
                Rcu.ReadUnlock();
            }

            public static IEnumerable<int> Keys()
            {
                var keys = new List<int>();
                Rcu.ReadLock();
                for (var n = Rcu.Dereference(ref Table.Head); n != null; n = Rcu.Dereference(ref n.Next))
                    keys.Add(n.Key);
                Rcu.ReadUnlock();
                return keys;
            }

            public static List<Node> Nodes()
            {
                var nodes = new List<Node>();
                Rcu.ReadLock();
                for (var n = Rcu.Dereference(ref Table.Head); n != null; n = Rcu.Dereference(ref n.Next))
                    nodes.Add(n); //~ MML3005
                Rcu.ReadUnlock();
                return nodes;
            }

            public static void Prev()
            {
                Node prev = null;
                Rcu.ReadLock();
                for (var n = Rcu.Dereference(ref Table.Head); n != null; n = Rcu.Dereference(ref n.Next))
                    prev = n;
                if (prev != null)
                    s = prev.Key;
                Rcu.ReadUnlock();
            }

            public static void PrevAfter()
            {
                Node prev = null;
                Rcu.ReadLock();
                for (var n = Rcu.Dereference(ref Table.Head); n != null; n = Rcu.Dereference(ref n.Next))
                    prev = n;
                Rcu.ReadUnlock();
                if (prev != null)
                    s = prev.Key; //~ MML3005
            }

            public static void InsertHead(Node n)
            {
                Table.Lock.Lock();
                Rcu.Initialize(ref n.Next, Rcu.DereferenceProtected(ref Table.Head));
                Rcu.Assign(ref Table.Head, n);
                Table.Lock.Unlock();
            }

            public static void InsertNew(int key)
            {
                var n = new Node
                {
                    Key = key
                };
                Table.Lock.Lock();
                n.Next = Rcu.DereferenceProtected(ref Table.Head);
                Rcu.Assign(ref Table.Head, n);
                Table.Lock.Unlock();
            }

            public static void UsedAfterPublish(int key)
            {
                var n = new Node
                {
                    Key = key
                };
                Table.Lock.Lock();
                Rcu.Assign(ref Table.Head, n);
                Table.Lock.Unlock();
                n.Next = null; //~ MML3003
            }

            public static void ResumeFrom(Node pos)
            {
                Rcu.ReadLock();
                for (var n = pos; n != null; n = Rcu.Dereference(ref n.Next))
                    s += n.Key;
                Rcu.ReadUnlock();
            }

            public static bool Contains(Node x)
            {
                bool found = false;
                Rcu.ReadLock();
                for (var n = Rcu.Dereference(ref Table.Head); n != null && !found; n = Rcu.Dereference(ref n.Next))
                    found = n == x;
                Rcu.ReadUnlock();
                return found;
            }

            public static Node ReturnIfSame(Node x)
            {
                Rcu.ReadLock();
                var n = Rcu.Dereference(ref Table.Head);
                bool same = n == x;
                Rcu.ReadUnlock();
                return same ? x : null;
            }

            public static Node ReturnIfSame2(Node x)
            {
                Rcu.ReadLock();
                var n = Rcu.Dereference(ref Table.Head);
                if (n != x)
                    n = null;
                Rcu.ReadUnlock();
                return n;
            }

            public static void DropInLoop(int k)
            {
                Rcu.ReadLock();
                for (int i = 0; i < k; i++)
                {
                    var n = Rcu.Dereference(ref Table.Head);
                    s += n.Key;
                    Rcu.ReadUnlock();
                    Sched.Schedule();
                    Rcu.ReadLock();
                }

                Rcu.ReadUnlock();
            }

            public static void CachedOutside(int k)
            {
                Rcu.ReadLock();
                var n = Rcu.Dereference(ref Table.Head);
                for (int i = 0; i < k; i++)
                {
                    s += n.Key; //~ MML3005
                    Rcu.ReadUnlock();
                    Rcu.ReadLock();
                }

                Rcu.ReadUnlock();
            }

            public static void UpdateInPlace(int key)
            {
                Table.Lock.Lock();
                for (var n = Rcu.DereferenceProtected(ref Table.Head); n != null; n = Rcu.DereferenceProtected(ref n.Next))
                {
                    if (n.Key == key)
                    {
                        var c = new Node
                        {
                            Key = key
                        };
                        c.Next = Rcu.DereferenceProtected(ref n.Next);
                        Heap.Remove(n);
                        Heap.FreeLater(n);
                        break;
                    }
                }

                Table.Lock.Unlock();
            }

            public static void MoveUnderLockAfterReader()
            {
                Rcu.ReadLock();
                var n = Rcu.Dereference(ref Table.Head);
                Table.Lock.Lock();
                Rcu.ReadUnlock();
                s = n.Key; //~ MML3005
                Table.Lock.Unlock();
            }

            public static void DoubleCheck(Slot o)
            {
                if (Rcu.Peek(ref o.Current) != null)
                    return;
                o.Lock.Lock();
                if (Rcu.DereferenceProtected(ref o.Current) == null)
                    Rcu.Assign(ref o.Current, new Plain());
                o.Lock.Unlock();
            }

            public static void LookupOrCreate(Slot o)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref o.Current);
                if (p != null)
                {
                    s = p.Value;
                    Rcu.ReadUnlock();
                    return;
                }

                Rcu.ReadUnlock();
                var n = new Plain();
                o.Lock.Lock();
                p = Rcu.DereferenceProtected(ref o.Current);
                if (p == null)
                {
                    Rcu.Assign(ref o.Current, n);
                    p = n;
                }

                s = p.Value;
                o.Lock.Unlock();
            }

            public static void TeardownNoReaders(Slot o)
            {
                var p = Rcu.Peek(ref o.Current);
                Rcu.Initialize(ref o.Current, null);
                Heap.FreeLater(p);
            }

            public static async Task AsyncReader(SleepySlot o)
            {
                int i = o.Domain.ReadLock();
                var p = Srcu.Dereference(ref o.OfDomain, o.Domain);
                s = p.Value;
                o.Domain.ReadUnlock(i);
                await Task.Yield();
                s = p.Value; //~ MML3005
            }

            public static void SrcuNested(SleepySlot o)
            {
                int i = o.Domain.ReadLock();
                int j = o.Domain.ReadLock();
                var p = Srcu.Dereference(ref o.OfDomain, o.Domain);
                o.Domain.ReadUnlock(j);
                s = p.Value;
                o.Domain.ReadUnlock(i);
            }

            public static void SrcuSleep(SleepySlot o)
            {
                int i = o.Domain.ReadLock();
                var p = Srcu.Dereference(ref o.OfDomain, o.Domain);
                Sched.Schedule();
                s = p.Value;
                o.Domain.ReadUnlock(i);
            }

            public static void SrcuOtherObj(SleepySlot o, SleepySlot q)
            {
                int i = q.Domain.ReadLock();
                s = Srcu.Dereference(ref o.OfDomain, o.Domain).Value; //~ MML3007
                q.Domain.ReadUnlock(i);
            }

            public static void SrcuLocal(SleepySlot o)
            {
                var d = o.Domain;
                int i = d.ReadLock();
                s = Srcu.Dereference(ref o.OfDomain, d).Value;
                d.ReadUnlock(i);
            }

            public static void Pass(Slot o, Func<Plain, int> f)
            {
                Rcu.ReadLock();
                s = f(Rcu.Dereference(ref o.Current));
                Rcu.ReadUnlock();
            }

            public static void PassAfter(Slot o, Func<Plain, int> f)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref o.Current);
                Rcu.ReadUnlock();
                s = f(p); //~ MML3005
            }

            public static void Switch(Slot o)
            {
                Rcu.ReadLock();
                switch (Rcu.Dereference(ref o.Current))
                {
                    case { Value: > 3 } p:
                        s = p.Value;
                        break;
                    case null:
                        break;
                    case var q:
                        s = q.Value;
                        break;
                }

                Rcu.ReadUnlock();
            }

            public static void SwitchEscape(Slot o)
            {
                Plain k = null;
                Rcu.ReadLock();
                switch (Rcu.Dereference(ref o.Current))
                {
                    case { Value: > 3 } p:
                        k = p;
                        break;
                }

                Rcu.ReadUnlock();
                if (k is { Value: 1 }) //~ MML3005
                    s++;
            }

            public static void Throws(Slot o)
            {
                Rcu.ReadLock();
                try
                {
                    var p = Rcu.Dereference(ref o.Current) ?? throw new Exception();
                    s = p.Value;
                }
                finally
                {
                    Rcu.ReadUnlock();
                }
            }

            public static void CoalReader(Slot o)
            {
                using (Rcu.Section())
                    s = Rcu.Dereference(ref o.Current)?.Value ?? Rcu.Dereference(ref o.Current)?.Size() ?? 0;
            }

            public static void UsingDecl(Slot o)
            {
                Plain p;
                {
                    using var r = Rcu.Section();
                    p = Rcu.Dereference(ref o.Current);
                }

                s = p.Value; //~ MML3005
            }

            public static void SameAsMine(Slot o, Plain x)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref o.Current);
                Rcu.ReadUnlock();
                if (p == x)
                    s = x.Value;
            }

            public static void ReadTwiceSame(Slot o)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref o.Current);
                Rcu.ReadUnlock();
                Rcu.ReadLock();
                var q = Rcu.Dereference(ref o.Current);
                if (p == q)
                    s = p.Value;
                Rcu.ReadUnlock();
            }

            public static void PeekedThenReadSame(Slot o)
            {
                var p = Rcu.Peek(ref o.Current);
                Rcu.ReadLock();
                var q = Rcu.Dereference(ref o.Current);
                if (p == q)
                    s = p.Value;
                Rcu.ReadUnlock();
            }
        }
        """);

    [Fact]
    public Task Finding_NamesThePointerWhereItWasReadAndWhereTheReaderEnded() => Verify.Spans("""
        using MmLock;
        class Plain { public int Value; }
        class Slot
        {
            [RcuGuarded] public Plain? Current;
        }
        static class Rcu
        {
            [AcquiresShared("@rcu"), NoLockAnalysis("primitive")] public static void ReadLock() { }
            [ReleasesShared("@rcu"), NoLockAnalysis("primitive")] public static void ReadUnlock() { }
            [RcuAccessor(RcuRole.Dereference)] public static T? Dereference<T>(ref T? pointer) where T : class => pointer;
        }
        class Story
        {
            public int Read(Slot slot)
            {
                Rcu.ReadLock();
                var current = {|#1:Rcu.Dereference(ref slot.Current)|};
                {|#2:Rcu.ReadUnlock()|};
                return {|#0:current|}!.Value;
            }
        }
        """, Verify.Finding("MML3005").At(0).WithPlaces(1, 2).Saying("The pointer read from 'Slot.Current' is used after the reader ended"));

    [Fact]
    public Task StoriesOfReadersAndUpdaters_AreUnderstood() => Marked("""
        using System;
        static class Domains { public static readonly SrcuDomain Mm = new(); [LockClass("rtnl")] public static readonly Mutex Rtnl = new(); }
        class Dev
        {
            [RcuGuarded("Domains.Mm", UpdateLock = "@rtnl")] public Plain? Ops;
            [RcuGuarded("@rcu", UpdateLock = "@rtnl")] public Plain? Stats;
            public readonly SpinLock Lock = new();
            [RcuGuarded("@rcu", UpdateLock = "Lock")] public Plain? Own;
        }
        class Story
        {
            public Plain? kept;

            public void ByClass(Dev dev, Plain next)
            {
                Domains.Rtnl.Lock();
                var old = Rcu.DereferenceProtected(ref dev.Stats);
                Rcu.Assign(ref dev.Stats, next);
                Rcu.Assign(ref dev.Ops, next);
                Domains.Rtnl.Unlock();
                Rcu.Synchronize();
                Heap.Free(old);
            }

            public void ByClassUnlocked(Dev dev, Plain next)
            {
                Rcu.Assign(ref dev.Stats, next); //~ MML3004
            }

            [MustHold("@rtnl")]
            public int ByClassFromCaller(Dev dev) => Rcu.DereferenceProtected(ref dev.Stats)!.Value;

            public int StaticDomain(Dev dev)
            {
                int index = Domains.Mm.ReadLock();
                int v = Srcu.Dereference(ref dev.Ops, Domains.Mm)!.Value;
                Domains.Mm.ReadUnlock(index);
                return v;
            }

            public int Walk(Func<bool> resched)
            {
                int sum = 0;
                Rcu.ReadLock();
                var node = Rcu.Dereference(ref Table.Head);
                while (node != null)
                {
                    sum += node.Key; //~? MML3005
                    if (resched())
                    {
                        Rcu.ReadUnlock();
                        Sched.Schedule();
                        Rcu.ReadLock();
                    }
                    node = Rcu.Dereference(ref node.Next); //~ MML3005
                }
                Rcu.ReadUnlock();
                return sum;
            }

            public int WalkFromTheStart(Func<bool> resched)
            {
                int sum = 0;
            restart:
                Rcu.ReadLock();
                for (var node = Rcu.Dereference(ref Table.Head); node != null; node = Rcu.Dereference(ref node.Next))
                {
                    sum += node.Key;
                    if (resched())
                    {
                        Rcu.ReadUnlock();
                        Sched.Schedule();
                        goto restart;
                    }
                }
                Rcu.ReadUnlock();
                return sum;
            }

            [MustHoldAny("@rcu", "dev.Lock")]
            public int Either(Dev dev) => Rcu.DereferenceCheck(ref dev.Own)!.Value;

            [MustHoldAny("@rcu", "dev.Lock")]
            public Plain? EitherReturned(Dev dev) => Rcu.DereferenceCheck(ref dev.Own);

            public string Name(Slot slot)
            {
                Rcu.ReadLock();
                var name = Rcu.Dereference(ref slot.Current)!.ToString();
                Rcu.ReadUnlock();
                return name!.Trim();
            }

            public int Parent(Slot slot)
            {
                Rcu.ReadLock();
                var parent = Rcu.Dereference(ref slot.Current)!.Parent;
                Rcu.ReadUnlock();
                return parent!.Value; //~? MML3005
            }

            public int SwitchOn(Slot slot)
            {
                Rcu.ReadLock();
                int v = Rcu.Dereference(ref slot.Current) switch { null => 0, { Value: > 3 } => 1, var p => p.Value };
                Rcu.ReadUnlock();
                return v;
            }

            public bool ComparedAfter(Slot slot)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref slot.Current);
                Rcu.ReadUnlock();
                return p != null;
            }

            public bool ComparedAfterTo(Slot slot, Plain other)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref slot.Current);
                Rcu.ReadUnlock();
                return p == other;
            }

            public int UsedAfterTheUpdateLock(Slot slot)
            {
                slot.Lock.Lock();
                var p = Rcu.DereferenceProtected(ref slot.Current);
                slot.Lock.Unlock();
                return p!.Value; //~? MML3005
            }

            public void MoveFromListToList(Slot a, Slot b)
            {
                a.Lock.Lock();
                var p = Rcu.DereferenceProtected(ref a.Current);
                Rcu.Assign(ref a.Current, null);
                a.Lock.Unlock();
                b.Lock.Lock();
                Rcu.Assign(ref b.Current, p);
                b.Lock.Unlock();
            }

            public void AssignFromReader(Slot a, Slot b)
            {
                Rcu.ReadLock();
                var p = Rcu.Dereference(ref a.Current);
                b.Lock.Lock();
                Rcu.Assign(ref b.Current, p); //~? MML3005
                b.Lock.Unlock();
                Rcu.ReadUnlock();
            }

            public void Published(Slot slot)
            {
                var next = new Plain { Value = 1 };
                next.Value = 2;
                slot.Lock.Lock();
                Rcu.Assign(ref slot.Current, next);
                slot.Lock.Unlock();
            }

            public void ReturnsOld(Slot slot)
            {
                slot.Lock.Lock();
                var old = Replace(ref slot.Current, null);
                slot.Lock.Unlock();
                Heap.Free(old); //~? MML3009
            }

            [RcuAccessor(RcuRole.Assign), NoLockAnalysis("x")]
            public static T? Replace<T>(ref T? pointer, T? value) where T : class { var old = pointer; pointer = value; return old; }

            public void RemoveAll(SpinLock unused)
            {
                Table.Lock.Lock();
                var node = Rcu.DereferenceProtected(ref Table.Head);
                Rcu.Assign(ref Table.Head, null);
                Table.Lock.Unlock();
                Rcu.Synchronize();
                while (node != null)
                {
                    var next = Rcu.DereferenceProtected(ref node.Next); //~? MML3002
                    Heap.Free(node);
                    node = next;
                }
            }

            public void DeleteWhileWalking(int key)
            {
                Table.Lock.Lock();
                for (var node = Rcu.DereferenceProtected(ref Table.Head); node != null; node = Rcu.DereferenceProtected(ref node.Next))
                {
                    if (node.Key == key)
                    {
                        Heap.Remove(node);
                        Heap.FreeLater(node);
                        break;
                    }
                }
                Table.Lock.Unlock();
            }

            public void DeleteWhileWalkingWrong(int key)
            {
                Table.Lock.Lock();
                for (var node = Rcu.DereferenceProtected(ref Table.Head); node != null; node = Rcu.DereferenceProtected(ref node.Next))
                {
                    if (node.Key == key)
                    {
                        Heap.Remove(node);
                        Heap.Free(node); //~ MML3009
                        break;
                    }
                }
                Table.Lock.Unlock();
            }

            Node? found;
            public void CollectFirst(int key)
            {
                Node? victim = null;
                Table.Lock.Lock();
                for (var node = Rcu.DereferenceProtected(ref Table.Head); node != null; node = Rcu.DereferenceProtected(ref node.Next))
                {
                    if (node.Key == key)
                    {
                        Heap.Remove(node);
                        victim = node;
                        break;
                    }
                }
                Table.Lock.Unlock();
                if (victim != null)
                {
                    Rcu.Synchronize();
                    Heap.Free(victim);
                }
            }

            public void CollectFirstWrong(int key)
            {
                Node? victim = null;
                Table.Lock.Lock();
                for (var node = Rcu.DereferenceProtected(ref Table.Head); node != null; node = Rcu.DereferenceProtected(ref node.Next))
                {
                    if (node.Key == key)
                    {
                        Heap.Remove(node);
                        victim = node;
                        break;
                    }
                }
                Table.Lock.Unlock();
                if (victim != null)
                    Heap.Free(victim); //~ MML3009
            }
        }
        """);

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives, RcuSources.Data);
}
