using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace MmLock.Analyzers.Flow.Summaries;

/// <summary>The summaries of the private members of one outermost type, as far as they are known.</summary>
internal sealed class SummaryBook
{
    private readonly Dictionary<ISymbol, MethodSummary> _summaries = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _inferred = new(SymbolEqualityComparer.Default);

    /// <summary>Says that a member's preconditions are inferred.</summary>
    public void MarkInferred(IMethodSymbol method) => _inferred.Add(Key(method));

    public bool IsInferred(IMethodSymbol method) => _inferred.Contains(Key(method));

    /// <summary>The summary of an inferred member; empty until its body was walked.</summary>
    public MethodSummary? Find(IMethodSymbol method) =>
        _summaries.TryGetValue(Key(method), out var summary) ? summary : null;

    public void Enter(IMethodSymbol method, MethodSummary summary) => _summaries[Key(method)] = summary;

    /// <summary>Calls name the part that declares a partial member, bodies the part that implements it.</summary>
    public static IMethodSymbol Key(IMethodSymbol method)
    {
        method = method.OriginalDefinition;
        return method.PartialDefinitionPart ?? method;
    }
}
