using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MmLock.Verification;

/// <summary>Runs analyzers over one compilation, as a build does and as an editor does.</summary>
internal sealed class AnalyzerHost(ImmutableArray<DiagnosticAnalyzer> analyzers, AnalyzerOptions options)
{
    private readonly ConcurrentQueue<(DiagnosticAnalyzer Analyzer, Exception Cause)> _crashes = new();

    /// <summary>Everything reported for the whole compilation, suppressed findings included.</summary>
    public async Task<ImmutableArray<Diagnostic>> BatchAsync(Compilation compilation, bool concurrent = true)
    {
        var reported = await Host(compilation, concurrent).GetAnalyzerDiagnosticsAsync(CancellationToken.None);
        ThrowOnCrash();
        return reported;
    }

    /// <summary>Everything an editor would show with every file open, asked for file by file.</summary>
    public async Task<ImmutableArray<Diagnostic>> LiveAsync(Compilation compilation)
    {
        var host = Host(compilation, concurrent: true);
        var all = new List<Diagnostic>();
        foreach (var tree in host.Compilation.SyntaxTrees)
        {
            all.AddRange(await host.GetAnalyzerSyntaxDiagnosticsAsync(tree, CancellationToken.None));
            var model = host.Compilation.GetSemanticModel(tree);
            all.AddRange(await host.GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, CancellationToken.None));
        }

        ThrowOnCrash();
        return [.. all];
    }

    private CompilationWithAnalyzers Host(Compilation compilation, bool concurrent)
        => new(compilation, analyzers, new CompilationWithAnalyzersOptions(
            options,
            onAnalyzerException: (cause, analyzer, _) => _crashes.Enqueue((analyzer, cause)),
            concurrentAnalysis: concurrent,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: true));

    // The platform would make it a warning without a place, which every filter by id or place loses.
    private void ThrowOnCrash()
    {
        if (_crashes.IsEmpty)
            return;
        var told = _crashes.Select(crash => $"AD0001: {crash.Analyzer.GetType().Name} threw\n{crash.Cause}").Distinct();
        throw new VerificationException(string.Join("\n\n", told), _crashes.First().Cause);
    }
}
