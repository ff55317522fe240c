using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Contracts;

namespace MmLock.Analyzers.Program;

/// <summary>Which of two places comes first? Files in the order of the compilation, places as they stand in a file.</summary>
internal sealed class SourceOrder : IComparer<Location?>
{
    private readonly Dictionary<SyntaxTree, int> _trees = [];

    public SourceOrder(ContractCache contracts)
    {
        foreach (var tree in contracts.Compilation.SyntaxTrees)
            _trees[tree] = _trees.Count;
    }

    public int Compare(Location? x, Location? y)
    {
        if (ReferenceEquals(x, y))
            return 0;
        if (x is null || y is null)
            return x is null ? -1 : 1;
        int result = OrderOf(x).CompareTo(OrderOf(y));
        if (result == 0)
            result = x.SourceSpan.Start.CompareTo(y.SourceSpan.Start);
        return result != 0 ? result : x.SourceSpan.End.CompareTo(y.SourceSpan.End);
    }

    private int OrderOf(Location location) =>
        location.SourceTree is { } tree && _trees.TryGetValue(tree, out int order) ? order : int.MaxValue;
}
