using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MmLock.Analyzers.Hosts;

namespace MmLock.CodeFixes.Trials;

/// <summary>What the compiler and our analyzers say about one document, as an editor asks for it.</summary>
/// <param name="Errors">Errors of the compiler.</param>
/// <param name="Ours">Live findings of ours, suppressed ones left out, in text order.</param>
internal sealed record Findings(ImmutableArray<Diagnostic> Errors, ImmutableArray<Diagnostic> Ours)
{
    public static async Task<Findings?> Of(Document document, CancellationToken cancellation)
    {
        var compilation = await document.Project.GetCompilationAsync(cancellation).ConfigureAwait(false);
        var tree = await document.GetSyntaxTreeAsync(cancellation).ConfigureAwait(false);
        if (compilation is null || tree is null || !compilation.ContainsSyntaxTree(tree))
            return null;
        var model = compilation.GetSemanticModel(tree);
        var errors = model.GetDiagnostics(cancellationToken: cancellation).Where(static d => d.Severity == DiagnosticSeverity.Error);
        var run = compilation.WithAnalyzers(
            [new LockFlowAnalyzer(), new DeclarationAnalyzer()],
            new CompilationWithAnalyzersOptions(
                document.Project.AnalyzerOptions, onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false));
        var ours = await run.GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, cancellation).ConfigureAwait(false);
        return new Findings(
            [.. errors],
            [
                .. ours.Where(finding => !finding.IsSuppressed && finding.Location.SourceTree == tree)
                    .OrderBy(static finding => finding.Location.SourceSpan.Start)
                    .ThenBy(static finding => finding.Location.SourceSpan.End)
                    .ThenBy(static finding => finding.Id, System.StringComparer.Ordinal),
            ]);
    }
}
