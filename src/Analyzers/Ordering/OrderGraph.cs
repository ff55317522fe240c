using System;
using System.Collections.Generic;

namespace MmLock.Analyzers.Ordering;

/// <summary>Classes and edges as numbers, with the strongly connected component of every class.</summary>
internal sealed class OrderGraph<TClass>
    where TClass : notnull
{
    private readonly int[] _from;
    private readonly int[] _to;
    private readonly List<List<int>> _leaving = [];
    private readonly int[] _component;
    private readonly Dictionary<int, int> _sizes = [];

    public OrderGraph(int edgeCount, Func<int, TClass> from, Func<int, TClass> to)
    {
        var numbers = new Dictionary<TClass, int>();
        _from = new int[edgeCount];
        _to = new int[edgeCount];
        for (var edge = 0; edge < edgeCount; edge++)
        {
            _from[edge] = Number(from(edge));
            _to[edge] = Number(to(edge));
            _leaving[_from[edge]].Add(edge);
        }

        _component = StrongComponents.Of(_leaving.Count, node => _leaving[node].Count, (node, i) => _to[_leaving[node][i]]);
        foreach (var component in _component)
            _sizes[component] = _sizes.TryGetValue(component, out var size) ? size + 1 : 1;

        int Number(TClass one)
        {
            if (!numbers.TryGetValue(one, out var number))
            {
                numbers.Add(one, number = numbers.Count);
                _leaving.Add([]);
            }

            return number;
        }
    }

    public int From(int edge) => _from[edge];

    public int To(int edge) => _to[edge];

    /// <summary>The edges that leave a class, in the order given.</summary>
    public IReadOnlyList<int> Leaving(int node) => _leaving[node];

    /// <summary>Both ends are in one component: the edge is on some closed walk.</summary>
    public bool IsInsideComponent(int edge) => _component[_from[edge]] == _component[_to[edge]];

    /// <summary>How many classes are in the component that an edge leaves from.</summary>
    public int ComponentSize(int edge) => _sizes[_component[_from[edge]]];
}
