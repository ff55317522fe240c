using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Contracts;

namespace MmLock.Analyzers.Hosts;

/// <summary>Does this piece of source name anything that a lock analysis could care about? One look per file.</summary>
/// <remarks>
/// Asked before any operation tree exists, and for most files the answer is no. It may say yes too often, never too seldom.
/// </remarks>
internal sealed class NamePositions
{
    private readonly ImmutableHashSet<string> _interesting;
    private readonly NameSet _names;
    private readonly bool _indexers;
    private readonly bool _everything;
    private readonly ConcurrentDictionary<SyntaxTree, int[]> _byTree = new();

    public NamePositions(ImmutableHashSet<string> interesting)
    {
        _interesting = interesting;
        _indexers = interesting.Contains(SourceScan.Indexer);
        _everything = interesting.Contains(SourceScan.Operator);
        _names = new NameSet([.. interesting, "lock"]);
    }

    /// <summary>A name stands in the span.</summary>
    public bool AnyIn(SyntaxTree tree, TextSpan span)
    {
        if (_everything)
            return true;
        if (!_byTree.TryGetValue(tree, out var positions))
            positions = _byTree.GetOrAdd(tree, Scan);
        var index = Array.BinarySearch(positions, span.Start);
        if (index < 0)
            index = ~index;
        return index < positions.Length && positions[index] < span.End;
    }

    /// <summary>
    /// The member itself is one that matters: its body may have to keep what it promises without naming a lock.
    /// </summary>
    public bool Contains(ISymbol member) =>
        _interesting.Contains(member.Name)
        || (member is IMethodSymbol { AssociatedSymbol: { } owner } && _interesting.Contains(owner.Name))
        || (member is IMethodSymbol { MethodKind: MethodKind.ExplicitInterfaceImplementation }
            && _interesting.Contains(member.Name.Substring(member.Name.LastIndexOf('.') + 1)));

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

        if (_indexers)
        {
            foreach (var node in tree.GetRoot().DescendantNodes())
            {
                if (node is BracketedArgumentListSyntax)
                    found.Add(node.SpanStart);
            }

            found.Sort();
        }

        return found.ToArray();
    }
}
