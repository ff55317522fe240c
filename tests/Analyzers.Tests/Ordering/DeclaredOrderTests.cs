using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;
using MmLock.Analyzers.Ordering;
using Xunit;

namespace MmLock.Analyzers.Tests.Ordering;

/// <summary>The closure over trees and edges: laws of an order, and trees as they are written.</summary>
public sealed class DeclaredOrderTests
{
    private static DeclaredOrder Of(params string[] trees)
    {
        var lines = trees.SelectMany(tree => HierarchyText.Parse(tree)).ToList();
        return new(
            lines.SelectMany(line => line.Names),
            lines.SelectMany(line => line.Parents.SelectMany(
                outer => line.Names.Select(inner => new DeclaredEdge(outer, inner, Location.None, true)))));
    }

    private static LockClass Class(string name) => new(name, name, isNamed: true);

    private static bool Precedes(DeclaredOrder order, string outer, string inner) => order.MustPrecede(Class(outer), Class(inner), out _);

    [Fact]
    public void Tree_OrdersDescendants_NotSiblings()
    {
        var order = Of("a\n  b\n    c\n  d");
        Assert.True(Precedes(order, "a", "c"));
        Assert.False(Precedes(order, "c", "a"));
        Assert.False(Precedes(order, "b", "d"));
        Assert.False(Precedes(order, "c", "d"));
        Assert.Equal("a → b → c", order.Describe(Class("a"), Class("c")));
    }

    [Fact]
    public void Trees_AreUnited()
    {
        var order = Of("a\n  b", "b\n  c # inner\n\n  @d or e");
        Assert.True(Precedes(order, "a", "c"));
        Assert.True(Precedes(order, "a", "d"));
        Assert.True(Precedes(order, "b", "e"));
        Assert.False(Precedes(order, "d", "e"));
    }

    [Fact]
    public void Alternatives_StandOutsideTheirChildren()
    {
        var order = Of("a or b\n\tc");
        Assert.True(Precedes(order, "a", "c"));
        Assert.True(Precedes(order, "b", "c"));
        Assert.False(Precedes(order, "a", "b"));
    }

    [Fact]
    public void DeeperLineAfterAShallowerOne_HasTheRightParent()
    {
        var order = Of("a\n    b\n  c\n    d");
        Assert.False(Precedes(order, "b", "d"));
        Assert.True(Precedes(order, "c", "d"));
        Assert.True(Precedes(order, "a", "d"));
    }

    [Theory]
    [InlineData(1, "a\n  b\nb\n  a")]
    [InlineData(1, "a\n  b\n    c\nc\n  a")]
    [InlineData(1, "a\n  a")]
    [InlineData(0, "a\n  b\na\n  b")]
    [InlineData(2, "a\n  b\n    c\nc\n  b\nc\n  a")]
    public void Cycles_AreOneEach(int count, string tree) => Assert.Equal(count, Of(tree).Cycles.Length);

    [Fact]
    public void UnnamedClass_IsMetByAnyPartOfItsName()
    {
        var order = Of("Type.Outer\n  N.Type<T>.Inner\n  Other.Type.Last");
        var outer = new LockClass("N.Type<T>.Outer", "Type.Outer");
        Assert.True(order.MustPrecede(outer, new LockClass("Other.Type.Last", "Type.Last"), out _));
        Assert.False(order.MustPrecede(outer, new LockClass("X.Type.Last", "Type.Last"), out _));
        Assert.True(order.StandsInHierarchy(outer));
    }

    [Fact]
    public void EveryDeclaration_GivesAStrictOrder()
    {
        var names = new[] { "a", "b", "c", "d", "e", "f" };
        var edges = Gen.Elements(names).Two().Select(pair => new DeclaredEdge(pair.Item1, pair.Item2, Location.None, false)).ListOf();
        Prop.ForAll(edges.ToArbitrary(), declared =>
        {
            var order = new DeclaredOrder([], declared);
            var pairs = from outer in names from inner in names where Precedes(order, outer, inner) select (outer, inner);
            var known = pairs.ToHashSet();
            return known.All(pair => pair.outer != pair.inner && !known.Contains((pair.inner, pair.outer)))
                && known.All(first => known.Where(second => second.outer == first.inner).All(second => known.Contains((first.outer, second.inner))))
                && (order.Cycles.Length > 0 || declared.All(edge => known.Contains((edge.Outer, edge.Inner))))
                && declared.All(edge => edge.Outer == edge.Inner || known.Contains((edge.Outer, edge.Inner)) || known.Contains((edge.Inner, edge.Outer)));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void AnyText_IsATree()
    {
        var texts = Gen.Elements("a", "b", " ", "  ", "\t", "\n", "\r\n", "#", " or ", "@", "é").ListOf().Select(pieces => string.Concat(pieces));
        Prop.ForAll(texts.ToArbitrary(), text => HierarchyText.Parse(text).All(
            line => line.Start >= 0 && line.Start + line.Length <= text.Length && line.Names.All(name => name.Length > 0)))
            .QuickCheckThrowOnFailure();
    }
}
