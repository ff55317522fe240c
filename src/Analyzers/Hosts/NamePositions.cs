using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace MmLock.Analyzers.Hosts;

/// <summary>Does this piece of source name anything that a lock analysis could care about? One look per file.</summary>
/// <remarks>
/// Asked before any operation tree exists, and for most files the answer is no. It may say yes too often, never too seldom.
/// </remarks>
internal sealed class NamePositions(IEnumerable<string> names)
{
    private readonly NameSet _names = new(names);
    private readonly ConcurrentDictionary<SyntaxTree, int[]> _byTree = new();

    /// <summary>A name stands in the span.</summary>
    public bool AnyIn(SyntaxTree tree, TextSpan span)
    {
        var positions = _byTree.GetOrAdd(tree, Scan);
        var index = Array.BinarySearch(positions, span.Start);
        if (index < 0)
            index = ~index;
        return index < positions.Length && positions[index] < span.End;
    }

    private int[] Scan(SyntaxTree tree)
    {
        var found = new List<int>();
        SyntaxNode? root = null;
        foreach (var (_, position) in _names.Find(tree.GetText(), new TextSpan(0, tree.Length)))
        {
            var token = (root ??= tree.GetRoot()).FindToken(position);
            if (token.Span.Contains(position) && (token.IsKind(SyntaxKind.IdentifierToken) || token.IsKeyword()))
                found.Add(position);
        }

        return found.ToArray();
    }
}
