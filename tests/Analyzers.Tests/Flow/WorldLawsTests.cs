using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;
using Xunit;

namespace MmLock.Analyzers.Tests.Flow;

/// <summary>The laws that the engine's fixpoint rests on, over generated worlds (docs/architecture.md, "Why it ends").</summary>
public sealed class WorldLawsTests
{
    private readonly ValueTable _values = new();
    private readonly Value[] _objects;
    private readonly Value[] _places;
    private readonly Capability[] _locks;

    public WorldLawsTests()
    {
        _objects = [.. Enumerable.Range(0, 6).Select(i => _values.Captured(Variables.Of("o" + i), null)), _values.Null, _values.True, _values.False];
        _places = [.. Enumerable.Range(0, 4).Select(i => _values.LocalPlace(Variables.Of("x" + i), null))];
        _locks = [.. _objects.Take(4).Select(o => Capability.OfLock(o, LockType.Monitor, null, "lock"))];
    }

    [Fact]
    public void Join_OfAWorldWithItself_IsThatWorld() => Check(seed =>
    {
        var world = Build(seed);
        return ReferenceEquals(world, WorldJoin.Join(world, world.Clone(), _values, 1));
    });

    [Fact]
    public void Join_NeverChangesHoldings() => Check((a, b) =>
    {
        var (left, right) = SameHoldings(a, b);
        return WorldKey.Comparer.Equals(left, WorldJoin.Join(left, right, _values, 1));
    });

    [Fact]
    public void Join_KnowsOnlyWhatBothKnow() => Check((a, b) =>
    {
        var (left, right) = SameHoldings(a, b);
        var joined = WorldJoin.Join(left, right, _values, 1);
        return _objects.Take(6).All(o =>
            Implies(Null(joined, o), Null(left, o)) && Implies(Null(joined, o), Null(right, o))
            && Implies(Truth(joined, o), Truth(left, o)) && Implies(Truth(joined, o), Truth(right, o)));
    });

    [Fact]
    public void Join_WithWhatItCovers_ChangesNothing() => Check((a, b) =>
    {
        var (left, right) = SameHoldings(a, b);
        var joined = WorldJoin.Join(left, right, _values, 1);
        return ReferenceEquals(joined, WorldJoin.Join(joined, left, _values, 1))
            && ReferenceEquals(joined, WorldJoin.Join(joined, right, _values, 1));
    });

    [Fact]
    public void Join_KeepsEqualVariablesEqual() => Check((a, b) =>
    {
        var (left, right) = SameHoldings(a, b);
        var joined = WorldJoin.Join(left, right, _values, 1);
        return (from x in _places
                from y in _places
                where Same(left, x, y) && Same(right, x, y)
                select Same(joined, x, y)).All(same => same);
    });

    [Fact]
    public void Join_NeverMakesDifferentVariablesEqual() => Check((a, b) =>
    {
        var (left, right) = SameHoldings(a, b);
        var joined = WorldJoin.Join(left, right, _values, 1);
        return (from x in _places
                from y in _places
                where joined.Env.Contains(x) && joined.Env.Contains(y) && Same(joined, x, y)
                select Same(left, x, y) && Same(right, x, y)).All(same => same);
    });

    [Fact]
    public void Keys_AreEqual_WhateverTheOrderOfAcquisition() => Check(seed =>
    {
        var world = Build(seed);
        var other = world.Clone();
        other.Held = [.. world.Held.Reverse()];
        return WorldKey.Comparer.Equals(world, other) && WorldKey.Comparer.GetHashCode(world) == WorldKey.Comparer.GetHashCode(other);
    });

    [Fact]
    public void Assumption_IsKnownAfterwards_OrContradicts() => Check((seed, pick) =>
    {
        var world = Build(seed);
        var value = _objects[pick % 6];
        bool sense = seed % 2 == 0;
        return !WorldAssumptions.AssumeNull(world, value, sense) || WorldAssumptions.IsNull(world, value) == sense;
    });

    [Fact]
    public void Assumption_AndItsOpposite_Contradict() => Check((seed, pick) =>
    {
        var world = Build(seed);
        var condition = pick % 2 == 0 ? _objects[pick % 6] : _values.Not(_objects[pick % 6]);
        bool sense = seed % 2 == 0;
        return !WorldAssumptions.Assume(world, condition, sense, _values) || !WorldAssumptions.Assume(world, condition, !sense, _values);
    });

    [Fact]
    public void Equality_ThatTurnsOutTrue_MakesOneValueOfTwo() => Check((seed, pick) =>
    {
        var world = Build(seed);
        Value x = _places[seed % 4], y = _places[pick % 4];
        if (!world.Env.TryGet(x, out var a) || !world.Env.TryGet(y, out var b) || a.Kind == ValueKind.Constant || b.Kind == ValueKind.Constant)
            return true;
        return !WorldAssumptions.Assume(world, _values.Equal(a, b), true, _values) || Same(world, x, y);
    });

    [Fact]
    public void Renaming_KeepsEqualVariablesEqual() => Check((seed, pick) =>
    {
        var world = Build(seed);
        var before = (from x in _places from y in _places where Same(world, x, y) select (x, y)).ToList();
        WorldRenaming.Refresh(world, _objects[pick % 6], _values);
        return before.All(pair => Same(world, pair.x, pair.y));
    });

    [Fact]
    public void Refreshing_LeavesNoTraceOfTheOldMeaning() => Check((seed, pick) =>
    {
        var world = Build(seed);
        var value = _objects[pick % 6];
        WorldRenaming.Refresh(world, value, _values);
        return !Mentions(world, value);
    });

    private static bool Mentions(World world, Value value) =>
        Enumerable.Range(0, world.Env.Count).Any(i => world.Env.ValueAt(i) == value)
        || Enumerable.Range(0, world.Facts.Count).Any(i => world.Facts.KeyAt(i) == value)
        || world.HoldingsMention(value);

    private static bool Same(World world, Value x, Value y) =>
        world.Env.TryGet(x, out var a) && world.Env.TryGet(y, out var b) && ReferenceEquals(a, b);

    private static bool? Null(World world, Value value) => WorldAssumptions.IsNull(world, value);

    private static bool? Truth(World world, Value value) => WorldAssumptions.Truth(world, value);

    private static bool Implies(bool? known, bool? before) => known is null || known == before;

    /// <summary>Two worlds that differ in variables and facts only.</summary>
    private (World, World) SameHoldings(int a, int b)
    {
        var left = Build(a);
        var right = Build(b);
        // Who holds a lock has an object: the other world must not know that there is none.
        left.Held = [.. left.Held.Where(h => Null(right, h.Capability.Lock!) != true)];
        right.Held = left.Held;
        // Variables that name what is held must agree, or the worlds are never joined.
        foreach (var place in _places)
        {
            if (left.Env.TryGet(place, out var named) && left.HoldingsMention(named))
                right.Env = right.Env.Set(place, named);
            else if (right.Env.TryGet(place, out named) && left.HoldingsMention(named))
                right.Env = left.Env.TryGet(place, out var other) ? right.Env.Set(place, other) : right.Env.Remove(place);
        }
        return (left, right);
    }

    private World Build(int seed)
    {
        var random = new System.Random(seed);
        var world = new World();
        foreach (var place in _places)
        {
            if (random.Next(5) > 0)
                world.Env = world.Env.Set(place, _objects[random.Next(_objects.Length)]);
        }
        foreach (var value in _objects.Take(6))
        {
            switch (random.Next(6))
            {
                case 0:
                    WorldAssumptions.AssumeNull(world, value, random.Next(2) == 0);
                    break;
                case 1:
                    WorldAssumptions.Assume(world, value, random.Next(2) == 0, _values);
                    break;
                case 2:
                    WorldAssumptions.AssumeConstant(world, value, random.Next(3), true);
                    break;
            }
        }
        foreach (var capability in _locks)
        {
            if (random.Next(3) == 0 && Null(world, capability.Lock!) != true)
                world.SetHeld(Held.Once(capability, LockMode.Exclusive, HeldReason.Taken, null));
        }
        return world;
    }

    private static void Check(System.Func<int, bool> law) =>
        Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt>(), seed => law(seed.Get)).QuickCheckThrowOnFailure();

    private static void Check(System.Func<int, int, bool> law) =>
        Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt>(), ArbMap.Default.ArbFor<PositiveInt>(), (a, b) => law(a.Get, b.Get))
            .QuickCheckThrowOnFailure();

    /// <summary>Real symbols to name generated variables by.</summary>
    private static class Variables
    {
        private static readonly Microsoft.CodeAnalysis.CSharp.CSharpCompilation Compilation = Microsoft.CodeAnalysis.CSharp.CSharpCompilation.Create(
            "variables",
            [Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText("class V { object o0, o1, o2, o3, o4, o5, x0, x1, x2, x3; }")]);

        public static Microsoft.CodeAnalysis.ISymbol Of(string name) => Compilation.GetTypeByMetadataName("V")!.GetMembers(name).Single();
    }
}
