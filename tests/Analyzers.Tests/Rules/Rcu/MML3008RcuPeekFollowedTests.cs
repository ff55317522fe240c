using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Rules.Rcu;

/// <summary>A peeked value may be compared, never followed.</summary>
public sealed class MML3008RcuPeekFollowedTests
{
    [Fact]
    public Task Followed_IsReportedWhateverIsHeld() => Marked("""
        class Story
        {
            public int Member(Slot slot) => Rcu.Peek(ref slot.Current)!.Value; //~ MML3008

            public int MemberOfALocal(Slot slot)
            {
                var seen = Rcu.Peek(ref slot.Current);
                return seen!.Value; //~ MML3008
            }

            public int MemberOfACopy(Slot slot)
            {
                var seen = Rcu.Peek(ref slot.Current);
                var copy = seen;
                return copy == null ? 0 : copy.Value; //~ MML3008
            }

            public int InAReader(Slot slot)
            {
                Rcu.ReadLock();
                int value = Rcu.Peek(ref slot.Current)!.Value; //~ MML3008
                Rcu.ReadUnlock();
                return value;
            }

            public int UnderTheUpdateLock(Slot slot)
            {
                slot.Lock.Lock();
                int value = Rcu.Peek(ref slot.Current)!.Value; //~ MML3008
                slot.Lock.Unlock();
                return value;
            }

            public void Called(Slot slot) => Rcu.Peek(ref slot.Current)!.Work(); //~ MML3008

            public void Conditionally(Slot slot) => Rcu.Peek(ref slot.Current)?.Work(); //~ MML3008

            public void Written(Slot slot) => Rcu.Peek(ref slot.Current)!.Value = 1; //~ MML3008

            public bool Matched(Slot slot) => Rcu.Peek(ref slot.Current) is { Value: 3 }; //~ MML3008

            public bool NextLink() => Rcu.Peek(ref Rcu.Peek(ref Table.Head)!.Next) == null; //~ MML3008

            public bool Tried(Slot slot) => Rcu.Peek(ref slot.Pinned)!.TryGet(); //~ MML3008 //~? MML2010 MML5003

            public int OnOnePath(Slot slot, bool careful)
            {
                Rcu.ReadLock();
                var current = careful ? Rcu.Dereference(ref slot.Current) : Rcu.Peek(ref slot.Current);
                int value = current!.Value; //~ MML3008
                Rcu.ReadUnlock();
                return value;
            }

            public int AfterANullTest(Slot slot)
            {
                Rcu.ReadLock();
                if (Rcu.Peek(ref slot.Current) is { } seen)
                {
                    int value = seen.Value; //~ MML3008
                    Rcu.ReadUnlock();
                    return value;
                }
                Rcu.ReadUnlock();
                return 0;
            }

            public int Lambda(Slot slot)
            {
                System.Func<int> read = () => Rcu.Peek(ref slot.Current)!.Value; //~ MML3008
                return read();
            }

            public int Loop(int key)
            {
                for (var node = Rcu.Peek(ref Table.Head); node != null; )
                {
                    if (node.Key == key) //~ MML3008
                        return 1;
                    break;
                }
                return 0;
            }
        }
        """);

    [Fact]
    public Task Compared_IsSilent() => Marked("""
        class Story
        {
            public bool Null(Slot slot) => Rcu.Peek(ref slot.Current) == null;

            public bool NotNull(Slot slot) => Rcu.Peek(ref slot.Current) is not null;

            public bool Same(Slot slot, Plain other) => Rcu.Peek(ref slot.Current) == other;

            public bool SameObject(Slot slot, Plain other) => ReferenceEquals(Rcu.Peek(ref slot.Current), other);

            public bool ThroughALocal(Slot slot, Plain other)
            {
                var seen = Rcu.Peek(ref slot.Current);
                return seen != null && seen != other;
            }

            public bool TwoOfThem(Slot slot, Slot other) => Rcu.Peek(ref slot.Current) == Rcu.Peek(ref other.Current);

            public int LookedAtThenRead(Slot slot)
            {
                if (Rcu.Peek(ref slot.Current) == null)
                    return 0;
                Rcu.ReadLock();
                int value = Rcu.Dereference(ref slot.Current)?.Value ?? 0;
                Rcu.ReadUnlock();
                return value;
            }

            public int VariableReused(Slot slot)
            {
                var seen = Rcu.Peek(ref slot.Current);
                if (seen == null)
                    return 0;
                Rcu.ReadLock();
                seen = Rcu.Dereference(ref slot.Current);
                int value = seen!.Value;
                Rcu.ReadUnlock();
                return value;
            }

            public void Invalidate(Slot slot, Plain dead)
            {
                // mem_cgroup_iter_invalidate: only compares, so no reader is needed.
                if (Rcu.Peek(ref slot.Current) != dead)
                    return;
                slot.Lock.Lock();
                if (Rcu.Peek(ref slot.Current) == dead)
                    Rcu.Assign(ref slot.Current, null);
                slot.Lock.Unlock();
            }
        }
        """);

    [Fact]
    public Task Finding_NamesThePointerAndWhereItWasPeeked() => Verify.Spans("""
        using MmLock;
        class Plain { public int Value; }
        class Slot
        {
            [RcuGuarded] public Plain? Current;
        }
        static class Rcu
        {
            [RcuAccessor(RcuRole.Peek)] public static T? Peek<T>(ref T? pointer) where T : class => pointer;
        }
        class Story
        {
            public int Read(Slot slot)
            {
                var seen = {|#1:Rcu.Peek(ref slot.Current)|};
                return {|#0:seen|}!.Value;
            }
        }
        """, Verify.Finding("MML3008").At(0).WithPlaces(1).Saying("The value peeked from 'Slot.Current', protected by '@rcu'", "is followed"));

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives, RcuSources.Data);
}
