using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace MmLock.Analyzers.Flow.Walking;

/// <summary>Which catch clause is the handler that this block opens?</summary>
/// <remarks>
/// A handler that holds no operation (<c>catch { return; }</c>) points at no syntax at all. Regions with handlers and try
/// statements with clauses come in the same order, though, so the n-th belongs to the n-th.
/// </remarks>
internal static class CatchSyntax
{
    /// <summary>The clause whose handler starts with the block, or null.</summary>
    public static CatchClauseSyntax? Find(BasicBlock block, SyntaxNode bodyRoot)
    {
        var handler = block.EnclosingRegion;
        while (handler is not null && handler.Kind is not (ControlFlowRegionKind.Catch or ControlFlowRegionKind.FilterAndHandler))
        {
            if (handler.FirstBlockOrdinal != block.Ordinal || handler.Kind == ControlFlowRegionKind.Try)
                return null;
            handler = handler.EnclosingRegion;
        }

        if (handler?.EnclosingRegion is not { Kind: ControlFlowRegionKind.TryAndCatch } statement)
            return null;

        var root = statement;
        while (root.EnclosingRegion is { } outer)
            root = outer;
        var regions = new List<ControlFlowRegion>();
        Collect(root, regions);

        var tries = BodySyntax.Of(bodyRoot)
            .DescendantNodesAndSelf(n => n == bodyRoot || !BodySyntax.IsFunction(n))
            .OfType<TryStatementSyntax>()
            .Where(t => t.Catches.Count > 0)
            .ToList();
        var index = regions.IndexOf(statement);
        if (tries.Count != regions.Count)
            return null;

        var clause = statement.NestedRegions.Where(r => r.Kind != ControlFlowRegionKind.Try).ToList().IndexOf(handler);
        return clause >= 0 && clause < tries[index].Catches.Count ? tries[index].Catches[clause] : null;
    }

    private static void Collect(ControlFlowRegion region, List<ControlFlowRegion> found)
    {
        if (region.Kind == ControlFlowRegionKind.TryAndCatch)
            found.Add(region);
        foreach (var nested in region.NestedRegions)
            Collect(nested, found);
    }
}
