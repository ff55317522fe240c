using System;
using System.Collections.Generic;

namespace MmLock.Analyzers.Ordering;

/// <summary>Which nodes of a graph reach each other?</summary>
internal static class StrongComponents
{
    /// <summary>
    /// The number of each node's component, from one on. A component is numbered after all that can be reached from it, so
    /// callees come before their callers.
    /// </summary>
    /// <param name="degree">How many edges leave a node.</param>
    /// <param name="successor">Where one of them leads to.</param>
    /// <remarks>Tarjan's algorithm with a stack of its own: a graph may be deeper than the thread's.</remarks>
    public static int[] Of(int count, Func<int, int> degree, Func<int, int, int> successor)
    {
        var component = new int[count];
        var index = new int[count];
        var low = new int[count];
        var next = new int[count];
        var pending = new Stack<int>();
        var calls = new Stack<int>();
        var time = 0;
        var components = 0;
        for (var root = 0; root < count; root++)
        {
            if (index[root] == 0)
                calls.Push(root);
            while (calls.Count > 0)
            {
                var node = calls.Peek();
                if (index[node] == 0)
                {
                    index[node] = low[node] = ++time;
                    pending.Push(node);
                }

                if (next[node] < degree(node))
                {
                    var inner = successor(node, next[node]++);
                    if (index[inner] == 0)
                        calls.Push(inner);
                    else if (component[inner] == 0)
                        low[node] = Math.Min(low[node], index[inner]);
                    continue;
                }

                calls.Pop();
                if (calls.Count > 0)
                    low[calls.Peek()] = Math.Min(low[calls.Peek()], low[node]);
                if (low[node] != index[node])
                    continue;
                components++;
                int member;
                do
                {
                    member = pending.Pop();
                    component[member] = components;
                }
                while (member != node);
            }
        }

        return component;
    }
}
