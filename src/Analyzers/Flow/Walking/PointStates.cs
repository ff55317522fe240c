using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Values;

namespace MmLock.Analyzers.Flow.Walking;

/// <summary>
/// The worlds at one point. Worlds with equal holdings are one, except that a few are kept apart which contradict each other
/// about something that the body tests more than once: <c>if (a &amp;&amp; b) Lock(); ... if (a &amp;&amp; b) Unlock();</c> needs to
/// know that the unlocked half is "not a, or not b".
/// </summary>
/// <param name="testedAgain">Variables and members that stand in several conditions of the body.</param>
internal sealed class PointStates(HashSet<ISymbol> testedAgain)
{
    private readonly Dictionary<World, List<World>> _byHoldings = new(WorldKey.Comparer);
    private int _count;

    /// <summary>What adding a world came to.</summary>
    public enum Outcome
    {
        /// <summary>It says nothing new.</summary>
        Known,
        /// <summary>There is a world to be walked.</summary>
        News,
        /// <summary>There is no room for it.</summary>
        Full,
    }

    public IEnumerable<World> All()
    {
        foreach (var worlds in _byHoldings.Values)
        {
            foreach (var world in worlds)
                yield return world;
        }
    }

    /// <summary>Adds a world, or joins it with one that it does not contradict.</summary>
    public Outcome Add(World world, ValueTable values, int block, out World changed)
    {
        changed = world;
        if (!_byHoldings.TryGetValue(world, out var alike))
        {
            if (_count >= FlowLimits.Worlds)
                return Outcome.Full;
            _byHoldings.Add(world, [world]);
            _count++;
            return Outcome.News;
        }
        int into = -1;
        for (int i = 0; i < alike.Count; i++)
        {
            if (Contradict(alike[i], world))
                continue;
            var joined = WorldJoin.Join(alike[i], world, values, block);
            if (ReferenceEquals(joined, alike[i]))
                return Outcome.Known;
            if (into < 0)
                (into, changed) = (i, joined);
        }
        if (into < 0 && alike.Count < FlowLimits.Alternatives && _count < FlowLimits.Worlds)
        {
            alike.Add(world);
            _count++;
            return Outcome.News;
        }
        if (into < 0)
        {
            into = alike.Count - 1;
            changed = WorldJoin.Join(alike[into], world, values, block);
            if (ReferenceEquals(changed, alike[into]))
                return Outcome.Known;
        }
        alike[into] = changed;
        return Outcome.News;
    }

    /// <summary>What the rounds of a loop have taken again and again is no longer counted, or no round would be the last.</summary>
    public void StopCounting(World back)
    {
        foreach (var held in back.Held)
        {
            if (held.Count < FlowLimits.Count || held.IsMany)
                continue;
            int least = held.Count;
            foreach (var world in _byHoldings.Keys)
                least = System.Math.Min(least, world.Find(held.Capability)?.Count ?? 0);
            if (held.Count - least >= FlowLimits.Count)
                back.SetHeld(held with { IsMany = true });
        }
    }

    /// <summary>The very world is still one of the point's.</summary>
    public bool Contains(World world)
    {
        if (_byHoldings.TryGetValue(world, out var alike))
        {
            foreach (var one in alike)
            {
                if (ReferenceEquals(one, world))
                    return true;
            }
        }
        return false;
    }

    /// <summary>One of them knows what the other knows not to be.</summary>
    private bool Contradict(World a, World b)
    {
        if (testedAgain.Count == 0)
            return false;
        for (int i = 0; i < a.Facts.Count; i++)
        {
            if (!b.Facts.TryGet(a.Facts.KeyAt(i), out var theirs) || !IsTestedAgain(a, a.Facts.KeyAt(i)))
                continue;
            var mine = a.Facts.ValueAt(i);
            if (mine.Truth is { } x && theirs.Truth is { } y && x != y || mine.Null is { } n && theirs.Null is { } m && n != m
                || mine.Is is { } c && (theirs.Is is { } d && !c.Equals(d) || theirs.Excludes(c)) || theirs.Is is { } e && mine.Excludes(e))
            {
                return true;
            }
        }
        for (int i = 0; i < a.Env.Count; i++)
        {
            if (a.Env.ValueAt(i) is { Kind: ValueKind.Constant, Data: bool flag } && a.Env.KeyAt(i).Symbol is { } variable
                && testedAgain.Contains(variable) && b.Env.TryGet(a.Env.KeyAt(i), out var other)
                && other is { Kind: ValueKind.Constant, Data: bool otherFlag } && flag != otherFlag)
            {
                return true;
            }
        }
        return false;
    }

    private bool IsTestedAgain(World world, Value value)
    {
        for (Value? part = value; part is not null; part = part.First)
        {
            if (part.Symbol is { } symbol && testedAgain.Contains(symbol))
                return true;
        }
        for (int i = 0; i < world.Env.Count; i++)
        {
            if (world.Env.KeyAt(i) is { Kind: ValueKind.LocalPlace, Symbol: { } variable } && testedAgain.Contains(variable)
                && value.IsMadeFrom(world.Env.ValueAt(i)))
            {
                return true;
            }
        }
        return false;
    }
}
