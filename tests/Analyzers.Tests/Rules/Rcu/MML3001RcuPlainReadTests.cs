using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Rules.Rcu;

/// <summary>An RCU pointer is read without an accessor.</summary>
public sealed class MML3001RcuPlainReadTests
{
    [Fact]
    public Task PlainRead_IsReportedWhateverIsHeld() => Marked("""
        class Story
        {
            public int Followed(Slot slot) => slot.Current!.Value; //~ MML3001

            public Plain? IntoALocal(Slot slot)
            {
                var current = slot.Current; //~ MML3001
                return current;
            }

            public void InAReader(Slot slot)
            {
                Rcu.ReadLock();
                Heap.Look(slot.Current); //~ MML3001
                Rcu.ReadUnlock();
            }

            public int UnderTheUpdateLock(Slot slot)
            {
                slot.Lock.Lock();
                int value = slot.Current!.Value; //~ MML3001
                slot.Lock.Unlock();
                return value;
            }

            public int Static() => Table.Head!.Key; //~ MML3001

            public int UnderTheStaticUpdateLock()
            {
                Table.Lock.Lock();
                int key = Table.Head!.Key; //~ MML3001
                Table.Lock.Unlock();
                return key;
            }

            public int OtherFlavours(Slot slot)
            {
                int bh = slot.CurrentBh!.Value; //~ MML3001
                int sched = slot.CurrentSched!.Value; //~ MML3001
                return bh + sched;
            }

            public int OfADomain(SleepySlot slot) => slot.OfDomain!.Value; //~ MML3001

            public int WithoutAnUpdateLock(SleepySlot slot) => slot.Unlocked!.Value; //~ MML3001

            public int OnOnePath(Slot slot, bool careful)
            {
                Rcu.ReadLock();
                var current = careful ? Rcu.Dereference(ref slot.Current) : null;
                int value = current == null ? slot.Current!.Value : current.Value; //~ MML3001
                Rcu.ReadUnlock();
                return value;
            }
        }
        """);

    [Fact]
    public Task PlainRead_InAnyExpression_IsReported() => Marked("""
        class Story
        {
            public bool Compared(Slot slot) => slot.Current == null; //~ MML3001

            public bool Matched(Slot slot) => slot.Current is { Value: 3 }; //~ MML3001

            public bool PropertyPattern(Slot slot) => slot is { Current: not null }; //~ MML3001

            public int Conditional(Slot? slot) => slot?.Current?.Value ?? 0; //~ MML3001

            public int Coalesced(Slot slot, Plain other) => (slot.Current ?? other).Value; //~ MML3001

            public void Argument(Slot slot) => Heap.Look(slot.Current); //~ MML3001

            public Plain? Returned(Slot slot) => slot.Current; //~ MML3001

            public void Called(Slot slot) => slot.Current!.Work(); //~ MML3001

            public int Switched(Slot slot) => slot.Current switch { null => 0, var p => 1 }; //~ MML3001

            public object Tuple(Slot slot) => (slot.Current, 1); //~ MML3001

            public string Interpolated(Slot slot) => $"{slot.Current}"; //~ MML3001

            public System.Func<bool> Lambda(Slot slot) => () => slot.Current == null; //~ MML3001

            public bool LocalFunction(Slot slot)
            {
                return Inner();
                bool Inner() => slot.Current == null; //~ MML3001
            }

            public void LoopCondition(Slot slot)
            {
                while (slot.Current != null) //~ MML3001
                {
                }
            }

            public int InArgument(Slot slot) => Take(in slot.Current); //~ MML3001

            public static int Take(in Plain? plain) => 0;

            public int Volatile(Slot slot) => System.Threading.Volatile.Read(ref slot.Current)!.Value; //~ MML3001|MML3003
        }
        """);

    [Fact]
    public Task RefLocal_IsThePointerItNames() => Marked("""
        class Story
        {
            public int ReadPlainly(Slot slot)
            {
                ref var pointer = ref slot.Current;
                return pointer!.Value; //~ MML3001
            }

            public int GivenToTheAccessor(Slot slot)
            {
                Rcu.ReadLock();
                ref var pointer = ref slot.Current;
                int value = Rcu.Dereference(ref pointer)!.Value;
                Rcu.ReadUnlock();
                return value;
            }

            public int GivenToTheAccessorOutside(Slot slot)
            {
                ref var pointer = ref slot.Current;
                return Rcu.Dereference(ref pointer)!.Value; //~ MML3002
            }
        }
        """);

    [Fact]
    public Task Property_IsAPointerToo() => Marked("""
        class Holder
        {
            public readonly SpinLock Lock = new();
            [RcuGuarded("@rcu", UpdateLock = "Lock")] public Plain? Current { get; set; }
        }

        class Story
        {
            public Plain? Read(Holder holder) => holder.Current; //~ MML3001

            public void Written(Holder holder, Plain next) => holder.Current = next; //~ MML3003
        }
        """);

    [Fact]
    public Task ThroughAnAccessor_IsSilent() => Marked("""
        class Story
        {
            public int Sum()
            {
                int sum = 0;
                Rcu.ReadLock();
                for (var node = Rcu.Dereference(ref Table.Head); node != null; node = Rcu.Dereference(ref node.Next))
                    sum += node.Key;
                Rcu.ReadUnlock();
                return sum;
            }

            public bool Peeked(Slot slot) => Rcu.Peek(ref slot.Current) == null;

            public string Named() => nameof(Slot.Current);

            public int UnguardedMember(Slot slot)
            {
                Rcu.ReadLock();
                int value = Rcu.Dereference(ref slot.Current)!.Parent!.Value;
                Rcu.ReadUnlock();
                return value;
            }
        }
        """);

    [Fact]
    public Task FreshObject_IsReadPlainly() => Marked("""
        class Own
        {
            public readonly SpinLock Lock = new();
            [RcuGuarded("@rcu", UpdateLock = "Lock")] private Plain? _current = new();
            private readonly int _value;

            public Own(Plain first)
            {
                _current = first;
                _value = _current.Value;
            }

            public static Slot Make(Plain first)
            {
                var slot = new Slot { Current = first };
                if (slot.Current != null)
                    slot.CurrentBh = slot.Current;
                return slot;
            }

            public static int Shared(Slot[] where)
            {
                var slot = new Slot();
                where[0] = slot;
                return slot.Current!.Value; //~ MML3001
            }

            public int Later() => _current!.Value; //~ MML3001
        }
        """);

    [Fact]
    public Task Walk_ByPlainLinks_IsReportedAtEveryStep() => Marked("""
        // mem_cgroup_iter's cached position, loaded like any field (variant 4f).
        class Story
        {
            public int Walk()
            {
                int sum = 0;
                Rcu.ReadLock();
                for (var node = Table.Head; //~ MML3001
                     node != null;
                     node = node.Next) //~ MML3001
                {
                    sum += node.Key;
                }
                Rcu.ReadUnlock();
                return sum;
            }
        }
        """);

    [Fact]
    public Task InEveryExpression_ItIsTouchedPlainly() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public static class Story
        {
            static int s;
            public static bool PropPattern(Slot slot) => slot is { Current: not null }; //~ MML3001
            public static bool PropPattern2(Slot slot) => slot is { Current.Value: 3 }; //~ MML3001

            public static int Switch(Slot slot) => slot switch
            {
                { Current: null } => 0, //~ MML3001
                _ => 1
            };
            public static string Interp(Slot slot) => $"{slot.Current}"; //~ MML3001

            public static void InArg(Slot slot)
            {
                F(in slot.Current); //~ MML3001
            }

            static void F(in Plain p)
            {
            }

            public static Plain VolatileRead(Slot slot) => System.Threading.Volatile.Read(ref slot.Current); //~ MML3001

            public static void Cas(Slot slot, Plain n)
            {
                System.Threading.Interlocked.CompareExchange(ref slot.Current, n, null); //~ MML3003
            }

            public static void Xchg(Slot slot, Plain n)
            {
                var o = System.Threading.Interlocked.Exchange(ref slot.Current, n); //~ MML3003
            }

            public static void VolatileWrite(Slot slot, Plain n)
            {
                System.Threading.Volatile.Write(ref slot.Current, n); //~ MML3003
            }

            public static string Name(Slot slot) => nameof(slot.Current);

            public static void Coalesce(Slot slot)
            {
                slot.Current ??= new Plain(); //~ MML3003
            }

            public static int CondAccess(Slot slot) => slot?.Current?.Value ?? 0; //~ MML3001

            public static void Tuple(Slot a, Slot b)
            {
                (a.Current, s) = (null, 3); //~ MML3003
            }

            public static void Swap(Slot a, Slot b)
            {
                a.Lock.Lock();
                b.Lock.Lock(); //~ MML1003
                (a.Current, b.Current) = (b.Current, a.Current); //~ MML3001 MML3001 MML3003 MML3003
                b.Lock.Unlock();
                a.Lock.Unlock();
            }

            public static void ObjInit(Plain p)
            {
                var x = new Slot
                {
                    Current = p
                };
                Heap.Look(x);
            }

            public static void ObjInitRead(Slot o)
            {
                var x = new Slot
                {
                    Current = o.Current //~ MML3001
                };
            }

            public static void RefLocal(Slot o)
            {
                ref var c = ref o.Current;
                Heap.Look(c); //~ MML3001
            }

            public static void RefLocalAccessor(Slot o)
            {
                Rcu.ReadLock();
                ref var c = ref o.Current;
                var p = Rcu.Dereference(ref c);
                s = p.Value;
                Rcu.ReadUnlock();
            }

            public static void RefLocalNoReader(Slot o)
            {
                ref var c = ref o.Current;
                s = Rcu.Dereference(ref c).Value; //~ MML3002
            }

            public static Func<Plain> Lambda(Slot o) => () => o.Current; //~ MML3001

            public static IEnumerable<int> Iter(Slot o)
            {
                yield return o.Current.Value; //~ MML3001
            }

            public static async Task Async(Slot o)
            {
                await Task.Yield();
                s = o.Current.Value; //~ MML3001
            }

            public static int Local(Slot o)
            {
                return L();
                int L() => o.Current.Value; //~ MML3001
            }

            public static void Compare(Slot a, Slot b)
            {
                if (a.Current == b.Current) //~ MML3001 MML3001
                    s++;
            }

            public static void RefTernary(Slot a, Slot b, bool f)
            {
                Rcu.ReadLock();
                s = Rcu.Dereference(ref f ? ref a.Current : ref b.Current).Value;
                Rcu.ReadUnlock();
            }

            public static void RefTernaryNoReader(Slot a, Slot b, bool f)
            {
                s = Rcu.Dereference(ref f ? ref a.Current : ref b.Current).Value; //~ MML3002
            }

            static ref Plain At(Slot s) => ref s.Current;
            public static void ViaRefReturn(Slot o)
            {
                Rcu.ReadLock();
                s = Rcu.Dereference(ref At(o)).Value;
                Rcu.ReadUnlock();
            }
        }
        """);

    [Fact]
    public Task Finding_NamesThePointerAndItsFlavour() => Verify.Spans("""
        using MmLock;
        class Plain { }
        class Slot
        {
            [{|#1:RcuGuarded("@rcu_bh")|}] public Plain? Current;
            public Plain? Read() => {|#0:Current|};
        }
        """, Verify.Finding("MML3001").At(0).WithPlaces(1).Saying("Reads RCU pointer 'Slot.Current', protected by '@rcu_bh' (an RCU-bh reader), without an accessor"));

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives, RcuSources.Data);
}
