using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Hosts;
using MmLock.Mutation.Tests.Model;
using MmLock.Mutation.Tests.Mutants;

namespace MmLock.Mutation.Tests.Runs;

/// <summary>
/// Asks the analyzers about a mutant: first what an editor asks, about the changed file alone, and only if nobody speaks
/// what a build asks.
/// </summary>
internal sealed class Judge(KernelModel model)
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [new LockFlowAnalyzer(), new DeclarationAnalyzer()];

    private readonly CSharpCompilation _base = model.Compilation;

    /// <summary>What the model itself is told: suggestions at most.</summary>
    public Task<ImmutableArray<string>> FindingsOfTheModelAsync(CancellationToken cancellation) => BuildAsync(_base, cancellation);

    public async Task<Verdict> JudgeAsync(Mutant mutant, CancellationToken cancellation)
    {
        var tree = mutant.Mutated();
        var compilation = _base.ReplaceSyntaxTree(mutant.Original, tree);
        var semantics = compilation.GetSemanticModel(tree);
        var body = mutant.Body.Node.FullSpan;
        var changed = TextSpan.FromBounds(body.Start, body.End + tree.Length - mutant.Original.Length);
        if (semantics.GetDiagnostics(changed, cancellation).Any(d => d.Severity == DiagnosticSeverity.Error))
            return new Verdict(mutant, Outcome.DoesNotCompile, []);

        var live = Texts(await Host(compilation).GetAnalyzerSemanticDiagnosticsAsync(semantics, filterSpan: null, cancellation));
        if (!live.IsEmpty)
            return new Verdict(mutant, Outcome.FoundLive, live);
        var build = await BuildAsync(compilation, cancellation);
        return new Verdict(mutant, build.IsEmpty ? Outcome.Survived : Outcome.FoundByBuild, build);
    }

    private static async Task<ImmutableArray<string>> BuildAsync(Compilation compilation, CancellationToken cancellation)
        => Texts(await Host(compilation).GetAnalyzerDiagnosticsAsync(cancellation));

    private static CompilationWithAnalyzers Host(Compilation compilation)
        => new(compilation, Analyzers, new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            onAnalyzerException: (cause, _, _) => throw new InvalidOperationException("the analyzer threw", cause),
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false));

    // Suggestions and reached bounds are no findings: they say nothing against the code.
    private static ImmutableArray<string> Texts(IEnumerable<Diagnostic> diagnostics)
        => [.. diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(Text)];

    private static string Text(Diagnostic diagnostic)
        => $"{diagnostic.Id} line {diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1}: "
            + diagnostic.GetMessage(CultureInfo.InvariantCulture);
}
