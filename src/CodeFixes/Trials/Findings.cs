using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MmLock.Analyzers.Hosts;

namespace MmLock.CodeFixes.Trials;

/// <summary>What the compiler and our analyzers say: about one document, as an editor asks for it, or about all.</summary>
/// <param name="Errors">Errors of the compiler.</param>
/// <param name="Ours">Live findings of ours, suppressed ones left out, in text order.</param>
internal sealed record Findings(ImmutableArray<Diagnostic> Errors, ImmutableArray<Diagnostic> Ours)
{
    /// <summary>What they say about the whole compilation, as a build does: rules that join all bodies are heard too.</summary>
    public static async Task<Findings?> OfBuild(Document document, CancellationToken cancellation)
    {
        if (await document.Project.GetCompilationAsync(cancellation).ConfigureAwait(false) is not { } compilation)
            return null;
        var errors = compilation.GetDiagnostics(cancellation).Where(static d => d.Severity == DiagnosticSeverity.Error);
        return new Findings([.. errors], InOrder(await Run(compilation, document).GetAnalyzerDiagnosticsAsync(cancellation).ConfigureAwait(false)));
    }

    public static async Task<Findings?> Of(Document document, CancellationToken cancellation)
    {
        var compilation = await document.Project.GetCompilationAsync(cancellation).ConfigureAwait(false);
        var tree = await document.GetSyntaxTreeAsync(cancellation).ConfigureAwait(false);
        if (compilation is null || tree is null || !compilation.ContainsSyntaxTree(tree))
            return null;
        var model = compilation.GetSemanticModel(tree);
        var errors = model.GetDiagnostics(cancellationToken: cancellation).Where(static d => d.Severity == DiagnosticSeverity.Error);
        var ours = await Run(compilation, document).GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, cancellation).ConfigureAwait(false);
        return new Findings([.. errors], InOrder(ours.Where(finding => finding.Location.SourceTree == tree)));
    }

    private static CompilationWithAnalyzers Run(Compilation compilation, Document document) => compilation.WithAnalyzers(
        [new LockFlowAnalyzer(), new DeclarationAnalyzer()],
        new CompilationWithAnalyzersOptions(
            document.Project.AnalyzerOptions, onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false));

    private static ImmutableArray<Diagnostic> InOrder(IEnumerable<Diagnostic> findings) =>
    [
        .. findings.Where(static finding => !finding.IsSuppressed)
            .OrderBy(static finding => finding.Location.SourceTree?.FilePath, System.StringComparer.Ordinal)
            .ThenBy(static finding => finding.Location.SourceSpan.Start)
            .ThenBy(static finding => finding.Location.SourceSpan.End)
            .ThenBy(static finding => finding.Id, System.StringComparer.Ordinal),
    ];
}
