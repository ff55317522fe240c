using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Rules.Rcu;

/// <summary>An RCU pointer is written without an accessor.</summary>
public sealed class MML3003RcuPlainWriteTests
{
    [Fact]
    public Task PlainWrite_IsReportedWhateverIsHeld() => Marked("""
        class Story
        {
            public void Bare(Slot slot, Plain next) => slot.Current = next; //~ MML3003

            public void UnderTheUpdateLock(Slot slot, Plain next)
            {
                slot.Lock.Lock();
                slot.Current = next; //~ MML3003
                slot.Lock.Unlock();
            }

            public void Cleared(Slot slot)
            {
                slot.Lock.Lock();
                slot.Current = null; //~ MML3003
                slot.Lock.Unlock();
            }

            public void Static(Node head)
            {
                Table.Lock.Lock();
                Table.Head = head; //~ MML3003
                Table.Lock.Unlock();
            }

            public void OfADomain(SleepySlot slot, Plain next) => slot.OfDomain = next; //~ MML3003

            public void WithoutAnUpdateLock(SleepySlot slot, Plain next) => slot.Unlocked = next; //~ MML3003

            public void OnOnePath(Slot slot, Plain? next)
            {
                slot.Lock.Lock();
                if (next == null)
                    slot.Current = null; //~ MML3003
                else
                    Rcu.Assign(ref slot.Current, next);
                slot.Lock.Unlock();
            }
        }
        """);

    [Fact]
    public Task EveryFormOfWriting_IsOneFinding() => Marked("""
        class Story
        {
            public void Coalesced(Slot slot, Plain next) => slot.Current ??= next; //~ MML3003

            public void ByRef(Slot slot) => Fill(ref slot.Current); //~ MML3003

            public void ByOut(Slot slot) => Make(out slot.Current); //~ MML3003

            public void Exchanged(Slot slot, Plain next) => System.Threading.Interlocked.Exchange(ref slot.Current, next); //~ MML3003

            public void Swapped(Slot slot, Plain next) => (slot.Current, slot.CurrentBh) = (next, next); //~ MML3003 MML3003

            public void Chained(Slot slot, Plain next)
            {
                Plain? kept;
                kept = slot.Current = next; //~ MML3003
                Heap.Look(kept);
            }

            public void ThroughARefLocal(Slot slot, Plain next)
            {
                ref var pointer = ref slot.Current;
                pointer = next; //~ MML3003
            }

            public System.Action Later(Slot slot) => () => slot.Current = null; //~ MML3003

            public static void Fill(ref Plain? pointer) { }

            public static void Make(out Plain? pointer) => pointer = new Plain();
        }
        """);

    [Fact]
    public Task FreshOrOwnObject_IsWrittenPlainly() => Marked("""
        class Own
        {
            [RcuGuarded] private Plain? _current;
            [RcuGuarded] private static Plain? s_first = new();

            static Own() => s_first = new Plain();

            public Own(Plain first)
            {
                _current = first;
                _current = null;
            }

            public static Slot Make(Plain first)
            {
                var slot = new Slot { Current = first };
                slot.Current = null;
                return slot;
            }

            public static Slot MakeAndShow(Plain first, Slot[] where)
            {
                var slot = new Slot();
                slot.Current = first;
                where[0] = slot;
                slot.Current = null; //~ MML3003
                return slot;
            }

            public static void Node()
            {
                var node = new Node { Key = 1 };
                node.Next = null;
                Table.Lock.Lock();
                Rcu.Assign(ref Table.Head, node);
                node.Next = null; //~ MML3003
                Table.Lock.Unlock();
            }

            public void Reset() => _current = null; //~ MML3003

            public static void ResetStatic() => s_first = null; //~ MML3003
        }
        """);

    [Fact]
    public Task ThroughAnAccessor_IsSilent() => Marked("""
        class Story
        {
            public void Published(Slot slot, Plain next)
            {
                slot.Lock.Lock();
                Rcu.Assign(ref slot.Current, next);
                slot.Lock.Unlock();
            }

            public void MemberOfTheObject(Slot slot)
            {
                Rcu.ReadLock();
                Rcu.Dereference(ref slot.Current)!.Value = 3;
                Rcu.ReadUnlock();
            }

            public void Insert(Node node)
            {
                Table.Lock.Lock();
                Rcu.Initialize(ref node.Next, Rcu.DereferenceProtected(ref Table.Head));
                Rcu.Assign(ref Table.Head, node);
                Table.Lock.Unlock();
            }
        }
        """);

    [Fact]
    public Task Finding_NamesThePointerAndItsFlavour() => Verify.Spans("""
        using MmLock;
        class Plain { }
        class Slot
        {
            [{|#1:RcuGuarded|}] public Plain? Current;
            public void Clear() => {|#0:Current|} = null;
        }
        """, Verify.Finding("MML3003").At(0).WithPlaces(1).WithMessage("Writes RCU pointer 'Slot.Current', protected by '@rcu' (an RCU reader), without an accessor"));

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives, RcuSources.Data);
}
