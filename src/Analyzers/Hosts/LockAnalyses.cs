using System;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Options;
using MmLock.Analyzers.Rules;

namespace MmLock.Analyzers.Hosts;

/// <summary>The two halves of the analysis of one compilation: types while they come, the program at the end.</summary>
internal sealed record LockAnalyses(ITypeAnalysis Types, IProgramAnalysis Program)
{
    /// <summary>The real ones.</summary>
    public static LockAnalyses Create(CompilationState state)
    {
        var records = new ConcurrentBag<BodyRecord>();
        return new(new TypeRules(state, records), new ProgramRules(state, records));
    }

    private sealed class TypeRules(CompilationState state, ConcurrentBag<BodyRecord> records) : ITypeAnalysis
    {
        public void Run(INamedTypeSymbol outermost, ImmutableArray<TypeBody> bodies, Action<Finding> report, CancellationToken cancellation)
        {
            var analysis = new TypeAnalysis(
                state.Contracts, state.Options.For,
                scope => new RuleSink(scope, RuleCatalog.Flow, wantsExceptionalExits: state.IsEnabled(Diagnostics.Descriptors.HeldOnException, scope.Root.SyntaxTree), report),
                cancellation);
            var left = analysis.Run(outermost, bodies);
            foreach (var record in left)
                records.Add(record);
            TypeJoin.Run(left, state.Contracts, report, cancellation);
        }
    }

    private sealed class ProgramRules(CompilationState state, ConcurrentBag<BodyRecord> records) : IProgramAnalysis
    {
        public void Run(Action<Finding> report, CancellationToken cancellation)
        {
            var options = LockOptions.Default;
            foreach (var tree in state.Compilation.SyntaxTrees)
            {
                options = state.Options.For(tree);
                break;
            }
            ProgramJoin.Run(records, state.Contracts, options, new BodiesOnDemand(state, cancellation).Analyse, report, cancellation);
        }
    }
}
