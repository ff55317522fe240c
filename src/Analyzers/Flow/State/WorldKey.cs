using System.Collections.Generic;
using MmLock.Analyzers.Flow.Values;

namespace MmLock.Analyzers.Flow.State;

/// <summary>
/// Two worlds are one when they hold the same, and when the same variables name what is held. Only then are their facts
/// intersected; that is all that a join ever forgets.
/// </summary>
internal sealed class WorldKey : IEqualityComparer<World>
{
    public static WorldKey Comparer { get; } = new();

    public bool Equals(World? a, World? b)
    {
        if (ReferenceEquals(a, b))
            return true;
        if (a is null || b is null || a.Held.Length != b.Held.Length || !a.Irq.Same(b.Irq)
            || a.Deficits.Count != b.Deficits.Count || a.SavedIrq.Count != b.SavedIrq.Count)
        {
            return false;
        }
        foreach (var held in a.Held)
        {
            var other = b.Find(held.Capability);
            if (other is null || !held.SameHolding(other))
                return false;
        }
        for (int i = 0; i < a.Deficits.Count && !a.Deficits.SameAs(b.Deficits); i++)
        {
            if (!b.Deficits.TryGet(a.Deficits.KeyAt(i), out var other) || !a.Deficits.ValueAt(i).Same(other))
                return false;
        }
        for (int i = 0; i < a.SavedIrq.Count && !a.SavedIrq.SameAs(b.SavedIrq); i++)
        {
            if (!b.SavedIrq.TryGet(a.SavedIrq.KeyAt(i), out var other) || !a.SavedIrq.ValueAt(i).Same(other))
                return false;
        }
        return (a.Refs.SameAs(b.Refs) || SameRefs(a, b) && SameRefs(b, a))
            // The same map in both says the same in both; most worlds that meet share most of theirs.
            && (a.Env.SameAs(b.Env) || SameNames(a, b) && SameNames(b, a))
            && (a.Borrows.SameAs(b.Borrows) && a.Unpublished.SameAs(b.Unpublished) || SameDeaths(a, b) && SameDeaths(b, a))
            && (a.Env.SameAs(b.Env) && a.Borrows.SameAs(b.Borrows) || SameBorrowing(a, b) && SameBorrowing(b, a));
    }

    public int GetHashCode(World world)
    {
        int hash = world.Held.Length * 7 + (int)world.Irq.Opener;
        foreach (var held in world.Held)
        {
            // Order of acquisition is no difference: the sum does not depend on it.
            hash = unchecked(hash + held.Capability.GetHashCode() * 31 + held.Exclusive * 5 + held.Shared * 3 + held.Upgradeable);
        }
        return unchecked(hash * 31 + world.Deficits.Count * 3 + world.SavedIrq.Count);
    }

    private static bool SameRefs(World a, World b)
    {
        for (int i = 0; i < a.Refs.Count; i++)
        {
            var state = a.Refs.ValueAt(i);
            if (b.Refs.TryGet(a.Refs.KeyAt(i), out var other) ? !state.Same(other) : state.Standing == RefStanding.Owned)
                return false;
        }
        return true;
    }

    private static bool SameDeaths(World a, World b)
    {
        for (int i = 0; i < a.Borrows.Count; i++)
        {
            if (a.Borrows.ValueAt(i).IsDead && b.Borrows.TryGet(a.Borrows.KeyAt(i), out var other) && !other.IsDead)
                return false;
        }
        for (int i = 0; i < a.Unpublished.Count; i++)
        {
            if (!b.Unpublished.TryGet(a.Unpublished.KeyAt(i), out var other) || !a.Unpublished.ValueAt(i).Same(other))
                return false;
        }
        return true;
    }

    /// <summary>A variable that holds what a reader lent holds such a value, or null, in the other too.</summary>
    private static bool SameBorrowing(World a, World b)
    {
        if (a.Borrows.Count == 0)
            return true;
        for (int i = 0; i < a.Env.Count; i++)
        {
            if (a.Borrows.Contains(a.Env.ValueAt(i)) && b.Env.TryGet(a.Env.KeyAt(i), out var other)
                && !b.Borrows.Contains(other) && WorldJoin.About(b, other)?.Null != true)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>A variable that names something held, or an owned object, names the same in both.</summary>
    private static bool SameNames(World a, World b)
    {
        for (int i = 0; i < a.Env.Count; i++)
        {
            var value = a.Env.ValueAt(i);
            if (value.Kind == ValueKind.Constant)
                continue;
            // In a loop over an array each round leaves such a name behind, and every subset of the rounds would be a world.
            if (a.Env.KeyAt(i).IsElementOfEarlierRound)
                continue;
            if (value.Kind != ValueKind.RefTo && !a.HoldingsMention(value) && !(a.Refs.TryGet(value, out var reference) && reference.Standing == RefStanding.Owned)
                && !a.SavedIrq.Contains(value))
            {
                continue;
            }
            if (!b.Env.TryGet(a.Env.KeyAt(i), out var other) || !ReferenceEquals(value, other))
                return false;
        }
        return true;
    }
}
