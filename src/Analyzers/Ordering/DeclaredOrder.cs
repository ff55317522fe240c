using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Ordering;

/// <summary>A declaration that contradicts the ones before it.</summary>
/// <param name="Location">The declaration that closes the ring.</param>
/// <param name="Chain">The ring as messages show it.</param>
/// <param name="Related">The other declarations of the ring.</param>
internal sealed record OrderCycle(Location Location, string Chain, ImmutableArray<Location> Related);

/// <summary>One declared step: the outer class is taken first.</summary>
/// <param name="InTree">A hierarchy says it, not an attribute on a lock.</param>
internal sealed record DeclaredEdge(string Outer, string Inner, Location? Place, bool InTree);

/// <summary>Which class is declared outside which: the closure over all trees and edges.</summary>
/// <remarks>A declaration that would close a ring is reported and left out, so the order is one whatever was written.</remarks>
internal sealed class DeclaredOrder
{
    private readonly Dictionary<string, List<DeclaredEdge>> _inner = new(StringComparer.Ordinal);
    private readonly HashSet<string> _inTrees = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string, string), ImmutableArray<DeclaredEdge>> _paths = new();

    private readonly IReadOnlyDictionary<string, string>? _displays;

    /// <param name="treeNames">Names that stand in trees, alone or in steps.</param>
    /// <param name="displays">How messages show a name, where that is not the name itself.</param>
    public DeclaredOrder(
        IEnumerable<string> treeNames, IEnumerable<DeclaredEdge> edges, IReadOnlyDictionary<string, string>? displays = null)
    {
        _displays = displays;
        _inTrees.UnionWith(treeNames);
        _names.UnionWith(_inTrees);
        var cycles = ImmutableArray.CreateBuilder<OrderCycle>();
        var closing = new HashSet<(string, string)>();
        foreach (var edge in edges)
        {
            _names.Add(edge.Outer);
            _names.Add(edge.Inner);
            var back = edge.Outer == edge.Inner ? [] : Search(edge.Inner, edge.Outer);
            if (edge.Outer != edge.Inner && back.IsEmpty)
            {
                if (!_inner.TryGetValue(edge.Outer, out var steps))
                    _inner.Add(edge.Outer, steps = []);
                if (!steps.Exists(step => step.Inner == edge.Inner))
                    steps.Add(edge);
            }
            else if (closing.Add((edge.Outer, edge.Inner)) && edge.Place is not null)
            {
                cycles.Add(new(
                    edge.Place, Show(edge.Outer) + " → " + (back.IsEmpty ? Show(edge.Inner) : Chain(back)),
                    [.. back.Select(static step => step.Place).OfType<Location>()]));
            }
        }

        Cycles = cycles.ToImmutable();
    }

    public static DeclaredOrder Empty { get; } = new([], []);

    public ImmutableArray<OrderCycle> Cycles { get; }

    /// <summary>Nothing is declared: no question can have an answer.</summary>
    public bool IsEmpty => _inner.Count == 0;

    /// <summary>The name under which a class stands in trees and edges; of an unnamed one also a part of its full name.</summary>
    public string? NodeOf(LockClass lockClass)
    {
        if (_names.Contains(lockClass.Id))
            return lockClass.Id;
        if (lockClass.IsNamed)
            return null;
        var plain = WithoutTypeArguments(lockClass.Id);
        for (var start = 0; plain.IndexOf('.', start) is > 0 and var dot; start = dot + 1)
        {
            if (_names.Contains(plain.Substring(start)))
                return plain.Substring(start);
        }

        return null;
    }

    /// <summary>The outer class is declared outside the inner one, over any number of steps.</summary>
    public bool MustPrecede(LockClass outer, LockClass inner, out Location? declaration)
    {
        var path = PathBetween(outer, inner);
        declaration = path.IsEmpty ? null : path[0].Place;
        return !path.IsEmpty;
    }

    /// <summary>A tree names the class.</summary>
    public bool StandsInHierarchy(LockClass lockClass) => NodeOf(lockClass) is { } node && _inTrees.Contains(node);

    /// <summary>The name stands in a tree or in an edge.</summary>
    public bool HasName(string name) => _names.Contains(name);

    /// <summary>The name stands in a tree.</summary>
    public bool IsTreeName(string name) => _inTrees.Contains(name);

    /// <summary>The shortest chain of declarations, as messages show it; empty when there is none.</summary>
    public string Describe(LockClass outer, LockClass inner)
    {
        var path = PathBetween(outer, inner);
        return path.IsEmpty ? "" : Chain(path);
    }

    private ImmutableArray<DeclaredEdge> PathBetween(LockClass outer, LockClass inner)
    {
        if (IsEmpty || NodeOf(outer) is not { } from || NodeOf(inner) is not { } to || from == to)
            return [];
        return _paths.GetOrAdd((from, to), pair => Search(pair.Item1, pair.Item2));
    }

    /// <summary>The shortest way down, breadth first; empty when there is none.</summary>
    private ImmutableArray<DeclaredEdge> Search(string from, string to)
    {
        if (!_inner.ContainsKey(from))
            return [];
        var reachedBy = new Dictionary<string, DeclaredEdge>(StringComparer.Ordinal);
        var pending = new Queue<string>();
        pending.Enqueue(from);
        while (pending.Count > 0)
        {
            if (!_inner.TryGetValue(pending.Dequeue(), out var steps))
                continue;
            foreach (var step in steps)
            {
                if (reachedBy.ContainsKey(step.Inner))
                    continue;
                reachedBy.Add(step.Inner, step);
                if (step.Inner == to)
                    return WayTo(to, from, reachedBy);
                pending.Enqueue(step.Inner);
            }
        }

        return [];
    }

    private static ImmutableArray<DeclaredEdge> WayTo(string to, string from, Dictionary<string, DeclaredEdge> reachedBy)
    {
        var way = ImmutableArray.CreateBuilder<DeclaredEdge>();
        for (var name = to; name != from; name = reachedBy[name].Outer)
            way.Add(reachedBy[name]);
        way.Reverse();
        return way.ToImmutable();
    }

    private string Chain(ImmutableArray<DeclaredEdge> path) =>
        Show(path[0].Outer) + string.Concat(path.Select(step => " → " + Show(step.Inner)));

    private string Show(string name) => _displays is not null && _displays.TryGetValue(name, out var display) ? display : name;

    private static string WithoutTypeArguments(string name)
    {
        var plain = new System.Text.StringBuilder(name.Length);
        var depth = 0;
        foreach (var letter in name)
        {
            depth += letter == '<' ? 1 : 0;
            if (depth == 0)
                plain.Append(letter);
            depth -= letter == '>' ? 1 : 0;
        }

        return plain.ToString();
    }
}
