using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.Values;

namespace MmLock.Analyzers.Flow.State;

/// <summary>Joins worlds with equal holdings: facts are intersected, differing values of a place become one new value.</summary>
internal static class WorldJoin
{
    /// <summary>
    /// Joins <paramref name="next"/> into <paramref name="old"/>. Returns <paramref name="old"/> itself when it already
    /// covers the other, so that a fixpoint is seen by reference.
    /// </summary>
    public static World Join(World old, World next, ValueTable values, int block)
    {
        if (ReferenceEquals(old, next))
            return old;
        (old, next, var original) = TellApart(old, next, values, block);
        Meets? meets = null;
        var env = JoinEnv();
        var facts = JoinFacts();

        var fresh = Common(old.Fresh, next.Fresh);
        var reads = old.Reads;
        for (int i = 0; i < old.Reads.Count && !old.Reads.SameAs(next.Reads); i++)
        {
            var value = old.Reads.KeyAt(i);
            if (!next.Reads.TryGet(value, out var other))
            {
                reads = reads.Remove(value);
                continue;
            }
            // The worse standing wins: what may be stale must be read again on every path.
            var mine = old.Reads.ValueAt(i);
            if (other.Standing > mine.Standing || other.LockedThrough is not null && mine.LockedThrough is null)
                reads = reads.Set(value, other);
        }
        reads = WithoutMeets(reads, meets);
        var borrows = WithoutMeets(old.Borrows, meets);
        for (int i = 0; i < next.Borrows.Count && !next.Borrows.SameAs(borrows); i++)
        {
            var value = next.Borrows.KeyAt(i);
            if (!borrows.Contains(value) && !IsMeet(value))
                borrows = borrows.Set(value, next.Borrows.ValueAt(i));
        }
        var refs = WithoutMeets(old.Refs, meets);
        for (int i = 0; i < next.Refs.Count && !next.Refs.SameAs(refs); i++)
        {
            if (!refs.Contains(next.Refs.KeyAt(i)) && !IsMeet(next.Refs.KeyAt(i)))
                refs = refs.Set(next.Refs.KeyAt(i), next.Refs.ValueAt(i));
        }
        var guards = old.Guards;
        for (int i = 0; i < next.Guards.Count && !next.Guards.SameAs(guards); i++)
        {
            if (!guards.Contains(next.Guards.KeyAt(i)))
                guards = guards.Set(next.Guards.KeyAt(i), next.Guards.ValueAt(i));
        }

        if (meets is not null)
        {
            foreach (var (a, b, met) in meets.All)
                MeetStates(a, b, met);
        }

        if (env.ContentEquals(original.Env) && facts.ContentEquals(original.Facts) && fresh.ContentEquals(original.Fresh)
            && reads.ContentEquals(original.Reads) && borrows.ContentEquals(original.Borrows) && refs.ContentEquals(original.Refs)
            && guards.Count == original.Guards.Count && Covers(original.PlainLetGo, next.PlainLetGo)
            && Covers(original.Asserted, next.Asserted) && IsAll(original.Waited, next.Waited) && WorldKey.Comparer.Equals(old, original))
        {
            return original;
        }
        var joined = old.Clone();
        joined.Env = env;
        joined.Facts = facts;
        joined.Fresh = fresh;
        joined.Reads = reads;
        joined.Borrows = borrows;
        joined.Refs = refs;
        joined.Guards = guards;
        joined.PlainLetGo = Union(old.PlainLetGo, next.PlainLetGo);
        joined.Asserted = Union(old.Asserted, next.Asserted);
        joined.Waited = IsAll(old.Waited, next.Waited) ? old.Waited : old.Waited.RemoveAll(flavor => !next.Waited.Contains(flavor));
        return joined;

        ValueMap<Value> JoinEnv()
        {
            if (old.Env.SameAs(next.Env))
                return old.Env;
            ValueMap<Value>.Editor joined = new(old.Env);
            List<(Value Place, Value A, Value B)>? ofParts = null;
            for (int i = 0; i < old.Env.Count; i++)
            {
                var place = old.Env.KeyAt(i);
                var a = old.Env.ValueAt(i);
                if (!next.Env.TryGet(place, out var b))
                {
                    if (InitialContent(place) is not { } initial)
                    {
                        joined.Remove(place);
                        continue;
                    }
                    b = initial;
                }
                if (MayMeetInParts(a, b))
                    (ofParts ??= []).Add((place, a, b));
                else if (!ReferenceEquals(a, b))
                    joined.Set(place, Meet(place, a, b));
            }
            for (int i = 0; i < next.Env.Count; i++)
            {
                var place = next.Env.KeyAt(i);
                if (!old.Env.Contains(place) && InitialContent(place) is { } initial && !ReferenceEquals(initial, next.Env.ValueAt(i)))
                    joined.Set(place, Meet(place, initial, next.Env.ValueAt(i)));
            }
            if (ofParts is not null)
            {
                foreach (var (place, a, b) in ofParts)
                    joined.Set(place, Meet(place, a, b));
            }
            return joined.ToMap();
        }

        ValueMap<Knowledge> JoinFacts()
        {
            if (meets is null && old.Facts.SameAs(next.Facts))
                return old.Facts;
            ValueMap<Knowledge>.Editor joined = new(old.Facts);
            for (int i = 0; i < old.Facts.Count; i++)
            {
                var value = old.Facts.KeyAt(i);
                if (!IsMeet(value) && Knowledge.Common(old.Facts.ValueAt(i), About(next, value)) is { } common)
                    joined.Set(value, common);
                else
                    joined.Remove(value);
            }
            if (meets is not null)
            {
                foreach (var (a, b, met) in meets.All)
                {
                    if (Knowledge.Common(About(old, a), About(next, b)) is { } common)
                        joined.Set(met, common);
                }
            }
            return joined.ToMap();
        }

        // A local that only one world knows is dead, or not yet born; everything else holds what it held on entry.
        Value? InitialContent(Value place) =>
            values.InitialContents.TryGetValue(place, out var initial) ? initial
            : place.Kind is ValueKind.LocalPlace or ValueKind.CapturePlace ? null
            : place;

        Value Meet(Value place, Value a, Value b)
        {
            meets ??= new();
            if (meets.Find(a, b) is { } known)
                return known;
            var met = a.Kind == ValueKind.RefTo || b.Kind == ValueKind.RefTo
                ? values.Lost
                : MayMeetInParts(a, b) && MeetOfParts(a, b) is { } same ? same
                : values.Phi(block, place, a.Type ?? b.Type);
            meets.All.Add((a, b, met));
            return met;
        }

        // Where a variable and what was read through it both differ, the one still is what is read through the other: the lock
        // of 'lock (item.Gate)' is 'item.Gate' in every round. Not where something was written there since.
        bool MayMeetInParts(Value a, Value b) =>
            a.Kind == b.Kind && !ReferenceEquals(a, b) && !old.Env.Contains(a) && !next.Env.Contains(b)
            && (a.Kind == ValueKind.Member ? SymbolEqualityComparer.Default.Equals(a.Symbol, b.Symbol) : a.Kind == ValueKind.Element);

        Value? MeetOfParts(Value a, Value b) =>
            MeetOfPart(a.First!, b.First!) is not { } owner ? null
            : a.Kind == ValueKind.Member ? values.Member(owner, a.Symbol!, a.Type)
            : MeetOfPart(a.Second!, b.Second!) is { } index ? values.Element(owner, index, a.Type)
            : null;

        Value? MeetOfPart(Value a, Value b) =>
            ReferenceEquals(a, b) ? a : meets!.Find(a, b) ?? (MayMeetInParts(a, b) ? MeetOfParts(a, b) : null);

        // What is true of both values is true of the one that stands for them; the null in one of them needs no protection.
        void MeetStates(Value a, Value b, Value met)
        {
            if (met.Kind == ValueKind.Lost)
                return;
            bool aNull = About(old, a)?.Null == true, bNull = About(next, b)?.Null == true;
            if (old.Reads.TryGet(a, out var readA) && next.Reads.TryGet(b, out var readB) && ReferenceEquals(readA.Place, readB.Place))
                reads = reads.Set(met, readB.Standing > readA.Standing ? readB : readA);
            old.Borrows.TryGet(a, out var borrowA);
            next.Borrows.TryGet(b, out var borrowB);
            if (borrowA is not null && borrowB is not null)
            {
                borrows = borrows.Set(met, (borrowA.IsDead ? borrowA : borrowB) with
                {
                    Protectors = ImmutableArray.CreateRange(System.Linq.Enumerable.Intersect(borrowA.Protectors, borrowB.Protectors)),
                    Peeked = borrowA.Peeked || borrowB.Peeked,
                });
            }
            else if ((borrowA is not null && bNull ? borrowA : borrowB is not null && aNull ? borrowB : null) is { } only)
            {
                borrows = borrows.Set(met, only);
            }
            old.Refs.TryGet(a, out var refA);
            next.Refs.TryGet(b, out var refB);
            if (refA is not null && refB is not null && refA.Same(refB) && refA.Owned == 0)
                refs = refs.Set(met, refA);
            else if ((refA is not null && bNull ? refA : refB is not null && aNull ? refB : null) is { Owned: 0 } one)
                refs = refs.Set(met, one);
        }

        // A value that this very join names anew: what was known of its former meaning is gone.
        bool IsMeet(Value value) => meets is not null && meets.Made(value);
    }

    /// <summary>The values that one join gives a new name to, pair by pair. There are few.</summary>
    private sealed class Meets
    {
        public List<(Value A, Value B, Value Met)> All { get; } = [];

        public Value? Find(Value a, Value b)
        {
            foreach (var one in All)
            {
                if (ReferenceEquals(one.A, a) && ReferenceEquals(one.B, b))
                    return one.Met;
            }
            return null;
        }

        /// <summary>The value is one of the new names.</summary>
        public bool Made(Value value)
        {
            if (value.Kind != ValueKind.Phi)
                return false;
            foreach (var one in All)
            {
                if (ReferenceEquals(one.Met, value))
                    return true;
            }
            return false;
        }
    }

    private static bool IsAll(ImmutableArray<Capability> some, ImmutableArray<Capability> all)
    {
        foreach (var one in some)
        {
            if (!all.Contains(one))
                return false;
        }
        return true;
    }

    private static bool Covers(ImmutableHashSet<Capability> all, ImmutableHashSet<Capability> some) =>
        some.IsEmpty || ReferenceEquals(all, some) || all.IsSupersetOf(some);

    private static ImmutableHashSet<Capability> Union(ImmutableHashSet<Capability> a, ImmutableHashSet<Capability> b) =>
        Covers(a, b) ? a : a.Union(b);

    private static ValueMap<T> WithoutMeets<T>(ValueMap<T> map, Meets? meets)
    {
        if (meets is null)
            return map;
        for (int i = map.Count - 1; i >= 0; i--)
        {
            if (map.KeyAt(i) is { Kind: ValueKind.Phi } value && meets.Made(value))
                map = map.Remove(value);
        }
        return map;
    }

    private static ValueMap<bool> Common(ValueMap<bool> a, ValueMap<bool> b)
    {
        for (int i = a.SameAs(b) ? -1 : a.Count - 1; i >= 0; i--)
        {
            if (!b.Contains(a.KeyAt(i)))
                a = a.Remove(a.KeyAt(i));
        }
        return a;
    }

    /// <summary>
    /// A join names a value by block and variable. Where that name already stands for an older value which something else
    /// still holds, the older one is renamed first: two variables must never become equal by name alone.
    /// </summary>
    private static (World Old, World Next, World Original) TellApart(World old, World next, ValueTable values, int block)
    {
        var original = old;
        for (int i = 0; i < old.Env.Count && !old.Env.SameAs(next.Env); i++)
        {
            var place = old.Env.KeyAt(i);
            var a = old.Env.ValueAt(i);
            if (!next.Env.TryGet(place, out var b) || ReferenceEquals(a, b))
                continue;
            var name = values.Phi(block, place, a.Type ?? b.Type);
            if (!IsHeldByOther(old, next, a, b, name, place) && !IsHeldByOther(next, old, b, a, name, place))
                continue;
            if (ReferenceEquals(old, original))
                old = old.Clone();
            next = next.Clone();
            WorldRenaming.Refresh(old, name, values);
            WorldRenaming.Refresh(next, name, values);
        }
        return (old, next, original);

        // A variable that holds the same pair is given the same name: it is no other.
        static bool IsHeldByOther(World world, World across, Value mine, Value theirs, Value name, Value place)
        {
            if (WorldRenaming.MentionsBeyondVariables(world, name))
                return true;
            for (int i = 0; i < world.Env.Count; i++)
            {
                var other = world.Env.KeyAt(i);
                var value = world.Env.ValueAt(i);
                if (other.Mentions(name))
                    return true;
                if (ReferenceEquals(other, place) || !value.Mentions(name))
                    continue;
                if (!ReferenceEquals(value, mine) || !across.Env.TryGet(other, out var counterpart) || !ReferenceEquals(counterpart, theirs))
                    return true;
            }
            return false;
        }
    }

    /// <summary>What a world knows of a value, constants included.</summary>
    public static Knowledge? About(World world, Value value)
    {
        if (value.Kind == ValueKind.Constant)
        {
            return value.Data switch
            {
                null => Knowledge.IsNull,
                true => Knowledge.IsTrue,
                false => Knowledge.IsFalse,
                var constant => new Knowledge(Null: false, Is: constant),
            };
        }
        var known = world.Facts.GetOrDefault(value);
        if (known?.Null is null && (value.IsNeverNull || world.HoldsThrough(value)))
            known = known is null ? Knowledge.NotNull : known with { Null = false };
        return known;
    }
}
