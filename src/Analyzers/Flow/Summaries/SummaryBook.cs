using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace MmLock.Analyzers.Flow.Summaries;

/// <summary>The summaries of the private members of one outermost type, as far as they are known.</summary>
internal sealed class SummaryBook
{
    private readonly Dictionary<ISymbol, MethodSummary> _summaries = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _inferred = new(SymbolEqualityComparer.Default);

    /// <summary>Says that a member's preconditions are inferred.</summary>
    public void MarkInferred(IMethodSymbol method) => _inferred.Add(method.OriginalDefinition);

    public bool IsInferred(IMethodSymbol method) => _inferred.Contains(method.OriginalDefinition);

    /// <summary>The summary of an inferred member; empty until its body was walked.</summary>
    public MethodSummary? Find(IMethodSymbol method) =>
        _summaries.TryGetValue(method.OriginalDefinition, out var summary) ? summary : null;

    public void Enter(IMethodSymbol method, MethodSummary summary) => _summaries[method.OriginalDefinition] = summary;
}
