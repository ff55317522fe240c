using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace MmLock.Analyzers.Ordering;

/// <summary>Which observed edges lie on a ring, and what is a shortest ring through each?</summary>
/// <remarks>
/// A ring visits every class once: a closed walk that comes twice through one class is two rings, and its parts have to
/// stand on their own. Strongly connected components leave out all that cannot be on a ring; inside them a breadth-first
/// search per edge finds a shortest walk. Only where that walk is no ring that counts is there a search through longer ones,
/// and that search is bounded. Edges that differ in nothing but their place should come as one.
/// </remarks>
/// <param name="from">The outer class of an edge.</param>
/// <param name="to">The inner class of an edge.</param>
/// <param name="waits">
/// Who takes the inner lock of the first edge waits for who holds the outer lock of the second: false for two spinning
/// readers.
/// </param>
/// <param name="counts">A whole ring can come about: false where all of its edges stand under one lock.</param>
internal sealed class CycleFinder<TClass, TEdge>(
    Func<TEdge, TClass> from,
    Func<TEdge, TClass> to,
    Func<TEdge, TEdge, bool> waits,
    Func<IReadOnlyList<TEdge>, bool> counts)
    where TClass : notnull
{
    private readonly Func<TEdge, TEdge, bool> _waits = waits;

    /// <summary>How many steps the search for a longer ring may take, for each edge.</summary>
    public const int SearchLimit = 20_000;

    /// <summary>
    /// The edges on a ring in the order given, each with a ring that begins with it. The order of the edges decides between
    /// rings of one length.
    /// </summary>
    public IEnumerable<(TEdge Edge, ImmutableArray<TEdge> Ring)> Find(IReadOnlyList<TEdge> edges)
    {
        var graph = new OrderGraph<TClass>(edges.Count, i => from(edges[i]), i => to(edges[i]));
        for (var edge = 0; edge < edges.Count; edge++)
        {
            if (graph.IsInsideComponent(edge) && RingThrough(edge, edges, graph) is { } ring)
                yield return (edges[edge], ring);
        }
    }

    private ImmutableArray<TEdge>? RingThrough(int start, IReadOnlyList<TEdge> edges, OrderGraph<TClass> graph)
    {
        if (ShortestWalk(start, edges, graph) is not { } walk)
            return null;
        if (IsRing(walk, graph) && Accept(walk, edges) is { } ring)
            return ring;

        var search = new RingSearch(this, start, edges, graph);
        for (var length = walk.Count; length <= graph.ComponentSize(start) && !search.Exhausted; length++)
        {
            if (search.Find(length) is { } longer)
                return longer;
        }

        return null;
    }

    private ImmutableArray<TEdge>? Accept(IEnumerable<int> ring, IReadOnlyList<TEdge> edges)
    {
        var items = ring.Select(i => edges[i]).ToImmutableArray();
        return counts(items) ? items : null;
    }

    private static bool IsRing(List<int> walk, OrderGraph<TClass> graph) =>
        walk.Select(graph.From).Distinct().Count() == walk.Count;

    private List<int>? ShortestWalk(int start, IReadOnlyList<TEdge> edges, OrderGraph<TClass> graph)
    {
        var cameFrom = new Dictionary<int, int> { [start] = -1 };
        var open = new Queue<int>();
        open.Enqueue(start);
        while (open.Count > 0)
        {
            var edge = open.Dequeue();
            if (graph.To(edge) == graph.From(start) && _waits(edges[edge], edges[start]))
            {
                var walk = new List<int>();
                for (; edge >= 0; edge = cameFrom[edge])
                    walk.Add(edge);
                walk.Reverse();
                return walk;
            }

            foreach (var next in graph.Leaving(graph.To(edge)))
            {
                if (!cameFrom.ContainsKey(next) && graph.IsInsideComponent(next) && _waits(edges[edge], edges[next]))
                {
                    cameFrom.Add(next, edge);
                    open.Enqueue(next);
                }
            }
        }

        return null;
    }

    /// <summary>Looks for a ring of a given length by trying all of them.</summary>
    private sealed class RingSearch(
        CycleFinder<TClass, TEdge> finder, int start, IReadOnlyList<TEdge> edges, OrderGraph<TClass> graph)
    {
        private readonly List<int> _path = [start];
        private readonly HashSet<int> _visited = [graph.From(start)];
        private int _steps = SearchLimit;

        public bool Exhausted => _steps <= 0;

        public ImmutableArray<TEdge>? Find(int length)
        {
            var last = _path[_path.Count - 1];
            if (--_steps <= 0)
                return null;
            if (_path.Count == length)
            {
                return graph.To(last) == graph.From(start) && finder._waits(edges[last], edges[start])
                    ? finder.Accept(_path, edges)
                    : null;
            }

            if (!_visited.Add(graph.To(last)))
                return null;
            foreach (var next in graph.Leaving(graph.To(last)))
            {
                if (!graph.IsInsideComponent(next) || !finder._waits(edges[last], edges[next]))
                    continue;
                _path.Add(next);
                var found = Find(length);
                _path.RemoveAt(_path.Count - 1);
                if (found is not null)
                    return found;
            }

            _visited.Remove(graph.To(last));
            return null;
        }
    }
}
