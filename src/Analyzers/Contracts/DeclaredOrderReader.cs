using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;
using MmLock.Analyzers.Ordering;

namespace MmLock.Analyzers.Contracts;

/// <summary>Which order do the trees of all assemblies and the edges on all locks declare?</summary>
internal static class DeclaredOrderReader
{
    public static DeclaredOrder Read(ContractCache cache, AnnotatedAssemblies assemblies)
    {
        if (!assemblies.Any)
            return DeclaredOrder.Empty;
        var names = new List<string>();
        var edges = new List<DeclaredEdge>();
        foreach (var assembly in assemblies.References)
            AddTrees(assembly, names, edges);
        if (assemblies.IsSourceAnnotated)
            AddTrees(cache.Compilation.Assembly, names, edges);

        // Attributes name an unnamed class in full, trees by any part of it: the tree's name is the one that both meet at.
        var trees = new DeclaredOrder(names, []);
        var displays = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (member, word) in InSourceOrder(cache.Index.Edges, cache.Compilation))
            AddEdges(cache, member, word, trees, edges, displays);
        return new(names, edges, displays);
    }

    private static void AddTrees(IAssemblySymbol assembly, List<string> names, List<DeclaredEdge> edges)
    {
        foreach (var word in AttributeReader.Of(assembly))
        {
            if (word.Name != "LockHierarchy")
                continue;
            foreach (var line in HierarchyText.Parse(word[0]))
            {
                names.AddRange(line.Names);
                foreach (var outer in line.Parents)
                {
                    foreach (var inner in line.Names)
                        edges.Add(new(outer, inner, word.Place(0, line.Start, line.Length), true));
                }
            }
        }
    }

    private static IEnumerable<(ISymbol Member, Annotation Word)> InSourceOrder(
        ImmutableArray<(ISymbol Member, Annotation Word)> edges, Compilation compilation)
    {
        var trees = new Dictionary<SyntaxTree, int>();
        foreach (var tree in compilation.SyntaxTrees)
            trees[tree] = trees.Count;
        return edges
            .OrderBy(edge => edge.Word.Syntax is { } syntax && trees.TryGetValue(syntax.SyntaxTree, out var number) ? number : -1)
            .ThenBy(static edge => edge.Word.Syntax?.Span.Start ?? 0);
    }

    private static void AddEdges(
        ContractCache cache, ISymbol member, Annotation word, DeclaredOrder trees, List<DeclaredEdge> edges,
        Dictionary<string, string> displays)
    {
        if (cache.ClassOf(member) is not { } own)
            return;
        var scope = BindingScope.OfEdge(member);
        foreach (var text in word.Arguments)
        {
            if (cache.Binder.Bind(text, scope, word.Syntax).Expression is not { } expression
                || cache.ClassOf(expression) is not { } other)
            {
                continue;
            }

            var (outer, inner) = word.Name == "AcquiredBefore" ? (own, other) : (other, own);
            edges.Add(new(Node(outer), Node(inner), word.Place(), false));
        }

        string Node(LockClass lockClass)
        {
            if (trees.NodeOf(lockClass) is { } node)
                return node;
            displays[lockClass.Id] = lockClass.Display;
            return lockClass.Id;
        }
    }
}
