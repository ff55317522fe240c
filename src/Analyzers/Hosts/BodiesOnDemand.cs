using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Analyzers.Flow;
using MmLock.Analyzers.Flow.Summaries;

namespace MmLock.Analyzers.Hosts;

/// <summary>
/// Bodies in which nothing looked like a lock are not walked while types come. When the end of the compilation meets one of them
/// on a chain of calls that matters, it is walked then; there are few.
/// </summary>
internal sealed class BodiesOnDemand(CompilationState state, CancellationToken cancellation)
{
    /// <summary>What a body leaves behind; null where there is none, or it is not analysed.</summary>
    public BodyRecord? Analyse(IMethodSymbol method)
    {
        foreach (var reference in method.OriginalDefinition.DeclaringSyntaxReferences)
        {
            if (!state.Compilation.ContainsSyntaxTree(reference.SyntaxTree))
                continue;
            var declaration = reference.GetSyntax(cancellation);
            if (BodyRoots.Find(method.OriginalDefinition, declaration, cancellation) is not { } root)
                continue;
            var body = new TypeBody(method.OriginalDefinition, root, BodyRoots.CodeOf(root), ModelOf(reference.SyntaxTree));
            var analysis = new TypeAnalysis(state.Contracts, state.Options.For, static _ => SilentSink.Instance, cancellation);
            foreach (var record in analysis.Run(method.ContainingType, [body]))
            {
                if (SymbolEqualityComparer.Default.Equals(record.Method, method.OriginalDefinition))
                    return record;
            }
        }
        return null;
    }

    // At the end of the compilation no callback hands out a model, and only the few bodies that matter ask for one.
#pragma warning disable RS0030, RS1030
    private SemanticModel ModelOf(SyntaxTree tree) => state.Compilation.GetSemanticModel(tree);
#pragma warning restore RS0030, RS1030
}
