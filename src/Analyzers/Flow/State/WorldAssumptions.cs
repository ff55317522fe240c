using System.Collections.Generic;
using MmLock.Analyzers.Flow.Values;

namespace MmLock.Analyzers.Flow.State;

/// <summary>Adds facts to a world, and tells when a fact contradicts it: then the path does not exist.</summary>
internal static class WorldAssumptions
{
    /// <summary>Assumes that a condition came out as <paramref name="sense"/>; false when that cannot be.</summary>
    public static bool Assume(World world, Value condition, bool sense, ValueTable values)
    {
        switch (condition.Kind)
        {
            case ValueKind.Constant:
                return condition.Data is not bool truth || truth == sense;
            case ValueKind.Not:
                return Assume(world, condition.First!, !sense, values);
            case ValueKind.Lost:
                return true;
            case ValueKind.Equal:
                return AssumeEqual(world, condition, sense, values);
            default:
                var known = world.Facts.GetOrDefault(condition);
                if (known?.Truth is { } before)
                    return before == sense;
                world.Facts = world.Facts.Set(condition, (known ?? new Knowledge()) with { Truth = sense });
                return true;
        }
    }

    /// <summary>Whether a value is known to be null (true), not to be (false), or nothing is known.</summary>
    public static bool? IsNull(World world, Value value)
    {
        if (value.IsNull)
            return true;
        if (value.IsNeverNull)
            return false;
        return WorldJoin.About(world, value)?.Null;
    }

    /// <summary>The boolean that a value is known to be.</summary>
    public static bool? Truth(World world, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Constant:
                return value.Data as bool?;
            case ValueKind.Not:
                return Truth(world, value.First!) is { } inner ? !inner : null;
            case ValueKind.Equal when value.Second!.IsNull:
                return IsNull(world, value.First!);
            case ValueKind.Equal when value.Second!.Kind == ValueKind.Constant:
                var known = world.Facts.GetOrDefault(value.First!);
                if (known?.Is is { } constant)
                    return Equals(constant, value.Second.Data);
                return known?.Excludes(value.Second.Data!) == true ? false : null;
            default:
                return world.Facts.GetOrDefault(value)?.Truth;
        }
    }

    public static bool AssumeNull(World world, Value value, bool isNull)
    {
        if (IsNull(world, value) is { } known)
            return known == isNull;
        if (value.Kind == ValueKind.Lost)
            return true;
        world.Facts = world.Facts.Set(value, (world.Facts.GetOrDefault(value) ?? new Knowledge()) with { Null = isNull });
        return true;
    }

    /// <summary>A value is (not) a constant.</summary>
    public static bool AssumeConstant(World world, Value value, object? constant, bool sense)
    {
        if (constant is null)
            return AssumeNull(world, value, sense);
        if (value.Kind == ValueKind.Constant)
            return Equals(value.Data, constant) == sense;
        if (value.Kind == ValueKind.Lost)
            return true;
        var known = world.Facts.GetOrDefault(value) ?? new Knowledge();
        if (known.Is is { } before)
            return Equals(before, constant) == sense;
        if (sense && known.Excludes(constant))
            return false;
        world.Facts = world.Facts.Set(value, sense ? known with { Is = constant, Null = false, OneOf = default } : known.Without(constant));
        return true;
    }

    private static bool AssumeEqual(World world, Value condition, bool sense, ValueTable values)
    {
        var a = condition.First!;
        var b = condition.Second!;
        if (b.Kind == ValueKind.Constant)
            return AssumeConstant(world, a, b.Data, sense);
        var known = world.Facts.GetOrDefault(condition);
        if (known?.Truth is { } before)
            return before == sense;
        bool? aNull = IsNull(world, a), bNull = IsNull(world, b);
        if (aNull is { } x && bNull is { } y)
        {
            if (x && y)
                return sense;
            if (x != y)
                return !sense;
        }
        if (!sense)
        {
            // A new object differs from everything else; nothing is learned from that.
            world.Facts = world.Facts.Set(condition, new Knowledge(Truth: false));
            if (aNull == true)
                AssumeNull(world, b, false);
            else if (bNull == true)
                AssumeNull(world, a, false);
            return true;
        }
        if (a.Kind == ValueKind.Fresh && b.Kind == ValueKind.Fresh)
            return false;
        if (aNull is { } an && !AssumeNull(world, b, an) || bNull is { } bn && !AssumeNull(world, a, bn))
            return false;
        Unify(world, a, b, values);
        return true;
    }

    /// <summary>
    /// Two names turn out to be one value: the one that names something held stays, else the older; of two names of which one
    /// is made of the other (a back pointer is its owner), the shorter.
    /// </summary>
    public static void Unify(World world, Value a, Value b, ValueTable values)
    {
        bool keepB = world.HoldingsMention(b) && !world.HoldingsMention(a) || !world.HoldingsMention(a) && b.Id < a.Id;
        keepB = a.Mentions(b) || keepB && !b.Mentions(a);
        var (keep, drop) = keepB ? (b, a) : (a, b);
        // Found twice, it is owned twice.
        if (world.Refs.TryGet(keep, out var mine) && mine.Owned > 0 && world.Refs.TryGet(drop, out var other) && other.Owned > 0)
        {
            world.Refs = world.Refs.Remove(drop).Set(
                keep, mine with { Owned = System.Math.Min(mine.Owned + other.Owned, FlowLimits.Count) });
        }
        // What goes by another name that no reader lent lives by that.
        if (world.Borrows.Count > 0 && world.Borrows.Contains(a) != world.Borrows.Contains(b))
            world.Borrows = world.Borrows.Remove(a).Remove(b);
        WorldRenaming.Rename(world, Replacements.Of(drop, keep), values);
        // A variable that was never assigned holds what it was given: from here on the other name of it.
        if (drop.Kind is ValueKind.Parameter or ValueKind.Captured && drop.Symbol is { } variable)
        {
            var place = values.LocalPlace(variable, drop.Type);
            if (!world.Env.Contains(place))
                world.Env = world.Env.Set(place, keep);
        }
        // Reading the place again must yield the value that it was found equal to.
        if (drop.Kind is ValueKind.Member or ValueKind.Static or ValueKind.Element && !world.Env.Contains(drop))
            world.Env = world.Env.Set(drop, keep);
    }
}
