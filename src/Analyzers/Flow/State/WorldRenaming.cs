using System.Collections.Generic;
using System.Collections.Immutable;
using MmLock.Analyzers.Flow.Values;

namespace MmLock.Analyzers.Flow.State;

/// <summary>Replaces values by others throughout a world, all at once.</summary>
internal static class WorldRenaming
{
    public static void Rename(World world, Replacements map, ValueTable values)
    {
        world.Env = RenameEnv(world.Env, map, values);
        RenameHeld(world, map, values);
        world.Facts = RenameKeys(world.Facts, map, values, static (known, _, _) => known);
        world.Fresh = RenameKeys(world.Fresh, map, values, static (v, _, _) => v);
        world.Refs = RenameKeys(world.Refs, map, values, static (v, _, _) => v);
        world.Unpublished = RenameKeys(world.Unpublished, map, values, static (v, _, _) => v);
        world.Guards = RenameKeys(world.Guards, map, values, static (list, values, map) =>
        {
            for (int i = 0; i < list.Length; i++)
            {
                if (list[i].Capability.Lock is { } l && values.Replace(l, map) is var other && !ReferenceEquals(other, l))
                    list = list.SetItem(i, list[i] with { Capability = list[i].Capability.WithLock(other) });
            }
            return list;
        });
        world.Borrows = RenameKeys(world.Borrows, map, values, static (borrow, values, map) =>
        {
            var place = borrow.Place is null ? null : values.Replace(borrow.Place, map);
            var protectors = RenameAll(borrow.Protectors, values, map);
            return ReferenceEquals(place, borrow.Place) && protectors == borrow.Protectors
                ? borrow
                : borrow with { Place = place, Protectors = protectors };
        });
        world.Reads = RenameKeys(world.Reads, map, values, static (read, values, map) =>
        {
            var place = values.Replace(read.Place, map);
            var guards = RenameAll(read.Guards, values, map);
            return ReferenceEquals(place, read.Place) && guards == read.Guards ? read : read with { Place = place, Guards = guards };
        });
        world.SavedIrq = RenameKeys(world.SavedIrq, map, values, RenameIrq);
        world.Deficits = RenameKeys(world.Deficits, map, values, static (v, values, map) =>
            v.Capability.Lock is { } l && values.Replace(l, map) is var other && !ReferenceEquals(other, l)
                ? v with { Capability = v.Capability.WithLock(other) }
                : v);
        world.Irq = RenameIrq(world.Irq, values, map);
    }

    private static ValueMap<Value> RenameEnv(ValueMap<Value> from, Replacements map, ValueTable values)
    {
        bool samePlaces = true;
        for (int i = 0; i < from.Count && samePlaces; i++)
            samePlaces = ReferenceEquals(RenamePlace(from.KeyAt(i), map, values), from.KeyAt(i));
        if (samePlaces)
        {
            for (int i = 0; i < from.Count; i++)
            {
                if (!ReferenceEquals(values.Replace(from.ValueAt(i), map), from.ValueAt(i)))
                    return from.Select((_, value) => values.Replace(value, map));
            }
            return from;
        }
        ValueMap<Value>.Editor env = new(default);
        for (int i = 0; i < from.Count; i++)
            env.Set(RenamePlace(from.KeyAt(i), map, values), values.Replace(from.ValueAt(i), map));
        return env.ToMap();
    }

    private static Value RenamePlace(Value place, Replacements map, ValueTable values) =>
        place.Kind is ValueKind.LocalPlace or ValueKind.CapturePlace ? place : values.Replace(place, map);

    private static void RenameHeld(World world, Replacements map, ValueTable values)
    {
        bool changes = false;
        foreach (var one in world.Held)
        {
            changes |= one.Capability.Lock is { } l && (l.Kind == ValueKind.Lost || !ReferenceEquals(values.Replace(l, map), l))
                || one.Guard is { } g && !ReferenceEquals(values.Replace(g, map), g);
        }
        if (!changes)
            return;
        var held = ImmutableArray.CreateBuilder<Held>(world.Held.Length);
        foreach (var one in world.Held)
        {
            var renamed = one;
            if (one.Capability.Lock is { } lockValue && values.Replace(lockValue, map) is var other && !ReferenceEquals(other, lockValue))
                renamed = renamed with { Capability = one.Capability.WithLock(other) };
            if (one.Guard is { } guard && values.Replace(guard, map) is var newGuard && !ReferenceEquals(newGuard, guard))
                renamed = renamed with { Guard = newGuard };
            int same = IndexOf(held, renamed);
            if (same >= 0)
                held[same] = held[same] with { Shared = FlowLimits.Count, IsMany = true };
            else
                held.Add(renamed);
        }
        world.Held = held.ToImmutable();
    }

    private static ValueMap<T> RenameKeys<T>(
        ValueMap<T> from, Replacements map, ValueTable values, System.Func<T, ValueTable, Replacements, T> rename)
    {
        if (from.Count == 0)
            return from;
        bool sameKeys = true;
        for (int i = 0; i < from.Count && sameKeys; i++)
        {
            var key = from.KeyAt(i);
            sameKeys = key.Kind != ValueKind.Lost && ReferenceEquals(values.Replace(key, map), key);
        }
        ValueMap<T>.Editor to = new(sameKeys ? from : default);
        if (sameKeys)
        {
            for (int i = 0; i < from.Count; i++)
                to.Set(from.KeyAt(i), rename(from.ValueAt(i), values, map));
            return to.ToMap();
        }
        for (int i = 0; i < from.Count; i++)
        {
            var key = values.Replace(from.KeyAt(i), map);
            if (key.Kind == ValueKind.Lost || key.Kind == ValueKind.Constant && key != from.KeyAt(i))
                continue;
            var value = rename(from.ValueAt(i), values, map);
            if (to.TryGet(key, out var there))
                value = Both(there, value);
            to.Set(key, value);
        }
        return to.ToMap();
    }

    /// <summary>Forgets the former meaning of a value before its site yields it anew.</summary>
    public static void Refresh(World world, Value value, ValueTable values)
    {
        if (!IsMentioned(world, value))
            return;
        var before = values.Previous(value);
        if (before.Kind != ValueKind.Lost && IsMentioned(world, before))
            Refresh(world, before, values);
        Rename(world, Replacements.Of(value, before), values);
    }

    private static bool IsMentioned(World world, Value value)
    {
        for (int i = 0; i < world.Env.Count; i++)
        {
            if (world.Env.ValueAt(i).Mentions(value) || world.Env.KeyAt(i).Mentions(value))
                return true;
        }
        return world.Facts.Contains(value) || MentionsBeyondVariables(world, value);
    }

    /// <summary>Holdings, states or facts about something made of the value mention it.</summary>
    public static bool MentionsBeyondVariables(World world, Value value)
    {
        for (int i = 0; i < world.Facts.Count; i++)
        {
            if (!ReferenceEquals(world.Facts.KeyAt(i), value) && world.Facts.KeyAt(i).Mentions(value))
                return true;
        }
        return world.HoldingsMention(value)
            || Mentions(world.Refs, value) || Mentions(world.Borrows, value)
            || Mentions(world.Reads, value) || Mentions(world.Guards, value) || Mentions(world.Fresh, value)
            || Mentions(world.Unpublished, value) || Mentions(world.SavedIrq, value)
            || world.Irq.Flags?.Mentions(value) == true;

        static bool Mentions<T>(ValueMap<T> map, Value value)
        {
            for (int i = 0; i < map.Count; i++)
            {
                if (map.KeyAt(i).Mentions(value))
                    return true;
            }
            return false;
        }
    }

    /// <summary>What two names of one value knew: the stronger claim wins.</summary>
    private static T Both<T>(T a, T b) => (a, b) switch
    {
        (Knowledge x, Knowledge y) => (T)(object)Both(x, y),
        (RefState x, RefState y) => x.Owned != y.Owned ? x.Owned > y.Owned ? a : b : x.Standing <= y.Standing ? a : b,
        (Borrow x, Borrow y) => x.IsDead && !y.IsDead || x.IsDead == y.IsDead && x.Peeked && !y.Peeked ? b : a,
        (GuardedRead x, GuardedRead y) => x.Standing <= y.Standing ? a : b,
        _ => a,
    };

    /// <summary>
    /// What no variable names any more can never be let go, or restored, by this body: rounds need not be told apart by it.
    /// </summary>
    public static void ForgetNameless(World world, ValueTable values)
    {
        Replacements? map = null;
        foreach (var held in world.Held)
        {
            if (held.Capability.Lock is { } lockValue && (held.Guard is null || !IsNamed(world, held.Guard)) && !IsReachable(world, lockValue))
            {
                map ??= new();
                map.Set(lockValue, values.Lost);
            }
        }
        if (map is not null)
            Rename(world, map, values);
        for (int i = world.SavedIrq.Count - 1; i >= 0; i--)
        {
            var flags = world.SavedIrq.KeyAt(i);
            if (!IsReachable(world, flags) && !ReferenceEquals(world.Irq.Flags, flags))
                world.SavedIrq = world.SavedIrq.Remove(flags);
            else if (world.SavedIrq.ValueAt(i) is { Flags: { } outer } saved && !IsReachable(world, outer))
                world.SavedIrq = world.SavedIrq.Set(flags, saved with { Flags = values.Lost });
        }
    }

    private static bool IsReachable(World world, Value value)
    {
        for (Value? part = value; part is not null; part = part.Kind is ValueKind.Member or ValueKind.Element ? part.First : null)
        {
            if (part.Kind is ValueKind.This or ValueKind.Parameter or ValueKind.Captured or ValueKind.Static or ValueKind.TypeObject
                or ValueKind.LocalPlace or ValueKind.Lost || IsNamed(world, part))
            {
                return true;
            }
        }
        return false;
    }

    private static bool IsNamed(World world, Value value)
    {
        for (int i = 0; i < world.Env.Count; i++)
        {
            if (ReferenceEquals(world.Env.ValueAt(i), value) || world.Env.ValueAt(i).IsReachedThrough(value))
                return true;
        }
        return false;
    }

    private static Knowledge Both(Knowledge a, Knowledge b)
    {
        var both = new Knowledge(a.Null ?? b.Null, a.Truth ?? b.Truth, a.Is ?? b.Is, a.IsNot);
        if (!b.IsNot.IsDefaultOrEmpty)
        {
            foreach (var constant in b.IsNot)
                both = both.Without(constant);
        }
        return both;
    }

    private static int IndexOf(ImmutableArray<Held>.Builder held, Held one)
    {
        for (int i = 0; i < held.Count; i++)
        {
            if (held[i].Capability.Equals(one.Capability)
                || held[i].Capability.Lock?.Kind == ValueKind.Lost && one.Capability.Lock?.Kind == ValueKind.Lost
                && Equals(held[i].Capability.Class, one.Capability.Class))
            {
                return i;
            }
        }
        return -1;
    }

    private static ImmutableArray<Capability> RenameAll(
        ImmutableArray<Capability> capabilities, ValueTable values, Replacements map)
    {
        for (int i = 0; i < capabilities.Length; i++)
        {
            if (capabilities[i].Lock is { } l && values.Replace(l, map) is var other && !ReferenceEquals(other, l))
                capabilities = capabilities.SetItem(i, capabilities[i].WithLock(other));
        }
        return capabilities;
    }

    private static IrqState RenameIrq(IrqState state, ValueTable values, Replacements map) =>
        state.Flags is null && state.Guard is null
            ? state
            : state with
            {
                Flags = state.Flags is null ? null : values.Replace(state.Flags, map),
                Guard = state.Guard is null ? null : values.Replace(state.Guard, map),
            };
}
