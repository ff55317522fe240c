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
    public Task Followed_InEveryExpression() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public static class Story
        {
            static int s;
            public static int PeekFollow(Slot o) => Rcu.Peek(ref o.Current).Value; //~ MML3008
            public static int? PeekCond(Slot o) => Rcu.Peek(ref o.Current)?.Value; //~ MML3008
            public static bool PeekPattern(Slot o) => Rcu.Peek(ref o.Current)is { Value: 3 }; //~ MML3008
            public static bool PeekPatternNull(Slot o) => Rcu.Peek(ref o.Current)is { };

            public static bool PeekPatternVar(Slot o)
            {
                if (Rcu.Peek(ref o.Current)is { } p)
                {
                    s = p.Value; //~ MML3008
                    return true;
                }

                return false;
            }

            public static bool PeekUnderLock(Slot o)
            {
                o.Lock.Lock();
                var p = Rcu.Peek(ref o.Current);
                bool b = p != null && p.Value == 3; //~ MML3008
                o.Lock.Unlock();
                return b;
            }

            public static void PeekMethod(Slot o)
            {
                Rcu.Peek(ref o.Current).Work(); //~ MML3008
            }

            public static void PeekDeep(Slot o)
            {
                var p = Rcu.Peek(ref o.Current);
                var q = p;
                q.Work(); //~ MML3008
            }

            public static void PeekThenRead(Slot o)
            {
                var p = Rcu.Peek(ref o.Current);
                Rcu.ReadLock();
                if (p != null)
                    s = p.Value; //~ MML3008
                Rcu.ReadUnlock();
            }

            public static void PeekReplacedByDeref(Slot o)
            {
                var p = Rcu.Peek(ref o.Current);
                if (p == null)
                    return;
                Rcu.ReadLock();
                p = Rcu.Dereference(ref o.Current);
                if (p != null)
                    s = p.Value;
                Rcu.ReadUnlock();
            }
        }
        """);

    [Fact]
    public Task Followed_WhereverItWent() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public static class Story
        {
            static int s;
            static int ValueOf(Plain p) => p.Value;
            static bool IsNull(Plain p) => p == null;
            static int ValueOf2(Plain p) => ValueOf(p);
            public static int PeekToPrivate(Slot o) => ValueOf(Rcu.Peek(ref o.Current)); //~ MML3008
            public static int PeekToPrivate2(Slot o) => ValueOf2(Rcu.Peek(ref o.Current)); //~ MML3008
            public static bool PeekToPrivateNull(Slot o) => IsNull(Rcu.Peek(ref o.Current));

            static Plain Snap(Slot o) => Rcu.Peek(ref o.Current);
            public static int PeekViaPrivate(Slot o) => Snap(o).Value; //~ MML3008
            public static bool PeekViaPrivateNull(Slot o) => Snap(o) != null;

            public static void PeekAssign(Slot a, Slot b)
            {
                b.Lock.Lock();
                Rcu.Assign(ref b.Current, Rcu.Peek(ref a.Current));
                b.Lock.Unlock();
            }

            public static int PeekLocalFn(Slot o)
            {
                var p = Rcu.Peek(ref o.Current);
                return V(); //~ MML3008
                int V() => p.Value;
            }

            public static int PeekLambda(Slot o)
            {
                var p = Rcu.Peek(ref o.Current);
                Func<int> f = () => p.Value; //~ MML3008
                return f();
            }

            public static int PeekLinked(Node n) => Rcu.Peek(ref n.Next).Key; //~ MML3008

            public static int PeekThenDerefThroughIt(Node n)
            {
                Rcu.ReadLock();
                var p = Rcu.Peek(ref n.Next);
                var q = Rcu.Dereference(ref p.Next); //~ MML3008
                Rcu.ReadUnlock();
                return 0;
            }

            public static void PeekLoop()
            {
                for (var n = Rcu.Peek(ref Table.Head); n != null; n = Rcu.Peek(ref n.Next)) //~ MML3008
                    s++;
            }

            public static string PeekToString(Slot o) => Rcu.Peek(ref o.Current).ToString(); //~ MML3008
            public static int PeekHash(Slot o) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Rcu.Peek(ref o.Current));
            public static bool PeekRefEq(Slot o, Plain p) => ReferenceEquals(Rcu.Peek(ref o.Current), p);

            public static void PeekTuple(Slot o)
            {
                var t = (Rcu.Peek(ref o.Current), 1);
                s = t.Item1.Value; //~ MML3008
            }

            public static void PeekTuple2(Slot o)
            {
                var(p, n) = (Rcu.Peek(ref o.Current), 1);
                s = p.Value; //~ MML3008
            }

            public static void PeekSwitch(Slot o)
            {
                switch (Rcu.Peek(ref o.Current))
                {
                    case null:
                        break;
                    case { Value: 1 }: //~ MML3008
                        s++;
                        break;
                }
            }

            public static void PeekWriteThrough(Slot o)
            {
                Rcu.Peek(ref o.Current).Value = 3; //~ MML3008
            }

            public static void PeekTernary(Slot o, Slot b, bool f)
            {
                var p = f ? Rcu.Peek(ref o.Current) : null;
                if (p != null)
                    p.Work(); //~ MML3008
            }

            public static void PeekTryGet(Slot o)
            {
                var p = Rcu.Peek(ref o.Pinned);
                if (p != null && p.TryGet()) //~ MML3008
                    p.Put();
            }
        }
        """);

    [Fact]
    public Task ComparedWithAnObjectOfOnesOwn_TheObjectMayBeFollowed() => Marked("""
        class Story
        {
            public int Own(Slot slot, Plain dying) => Rcu.Peek(ref slot.Current) == dying ? dying.Value : 0;

            public int OwnLocal(Slot slot, Plain dying)
            {
                var seen = Rcu.Peek(ref slot.Current);
                if (seen != dying)
                    return seen!.Value; //~ MML3008
                return dying.Value;
            }

            public int AfterTheReader(Slot slot, Plain mine)
            {
                Rcu.ReadLock();
                bool same = Rcu.Dereference(ref slot.Current) == mine;
                Rcu.ReadUnlock();
                return same ? mine.Value : 0;
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
