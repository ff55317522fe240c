using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
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
            var findings = new List<Finding>();
            var analysis = new TypeAnalysis(
                state.Contracts, state.Options.For,
                scope => new RuleSink(
                    scope, RuleCatalog.Listeners, state.IsEnabled(Diagnostics.Descriptors.HeldOnException, scope.Root.SyntaxTree), findings.Add),
                cancellation);
            var left = analysis.Run(outermost, bodies);
            foreach (var record in left)
                records.Add(record);
            TypeJoin.Run(left, state.Contracts, findings.Add, cancellation);
            var broken = new Dictionary<TypeBody, bool>();
            foreach (var finding in findings)
            {
                if (!StandsInBrokenCode(finding.Location))
                    report(finding);
            }

            // Only bodies with something to say are asked: an answer costs binding the body.
            bool StandsInBrokenCode(Location place)
            {
                foreach (var body in bodies)
                {
                    if (body.Root.SyntaxTree != place.SourceTree || !body.Root.Span.Contains(place.SourceSpan))
                        continue;
                    if (!broken.TryGetValue(body, out bool errors))
                        broken.Add(body, errors = body.HasErrors(cancellation));
                    if (errors)
                        return true;
                }
                return false;
            }
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
