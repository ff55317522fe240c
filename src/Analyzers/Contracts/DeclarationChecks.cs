using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MmLock.Analyzers.Contracts;

/// <summary>What is wrong with the annotations of a symbol?</summary>
internal sealed class DeclarationChecks(ContractCache cache)
{
    /// <summary>A type with its members (nested types apart), or one local function, lambda or other member.</summary>
    /// <param name="withUnknownClasses">Asks MML9004 too, which needs the whole compilation.</param>
    public ImmutableArray<ContractProblem> Check(ISymbol symbol, bool withUnknownClasses) => cache is null ? [] : [];

    /// <summary>The attributes of the assembly: hierarchies and external contracts.</summary>
    public ImmutableArray<ContractProblem> CheckAssembly(bool withUnknownClasses) => cache is null ? [] : [];
}
