using System;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow;

namespace MmLock.Analyzers.Hosts;

/// <summary>
/// Runs the flow analysis over every outermost type as soon as it is complete, and joins the types when the compilation is.
/// </summary>
/// <remarks>
/// Bodies come as code blocks inside the type's start: the compiler then makes operations only for those we ask for, and only
/// types that name a lock or an annotated member ask at all. Nested types have starts and ends of their own, and the outer
/// end comes last, so bodies are gathered by outermost type.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LockFlowAnalyzer : DiagnosticAnalyzer
{
    private readonly Func<CompilationState, LockAnalyses> _analyses;

    /// <summary>The analyzer as hosts make it.</summary>
    public LockFlowAnalyzer()
        : this(LockAnalyses.Create)
    {
    }

    internal LockFlowAnalyzer(Func<CompilationState, LockAnalyses> analyses) => _analyses = analyses;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => DescriptorCatalog.OfFlow;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // Generated parts are analysed and never reported on: without them summaries would have holes.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    private void Start(CompilationStartAnalysisContext context)
    {
        var state = new CompilationState(context.Compilation, context.Options);
        var analyses = _analyses(state);
        var types = new ConcurrentDictionary<INamedTypeSymbol, TypeBodies>(SymbolEqualityComparer.Default);

        context.RegisterSymbolStartAction(
            start =>
            {
                var type = (INamedTypeSymbol)start.Symbol;
                var outermost = Outermost(type);
                var bodies = types.GetOrAdd(outermost, t => new TypeBodies(t, state));
                if (!bodies.MayMatter(start.CancellationToken))
                    return;
                start.RegisterCodeBlockAction(block =>
                    bodies.Add(block.OwningSymbol, block.CodeBlock, block.SemanticModel, block.CancellationToken));
                if (SymbolEqualityComparer.Default.Equals(type, outermost))
                    start.RegisterSymbolEndAction(end => Finish(end, bodies, state, analyses));
            },
            SymbolKind.NamedType);

        context.RegisterCompilationEndAction(end =>
        {
            var reporter = new FindingReporter(end.Compilation);
            analyses.Program.Run(reporter.Add, end.CancellationToken);
            reporter.Flush(end.ReportDiagnostic);
        });
    }

    private static void Finish(SymbolAnalysisContext end, TypeBodies gathered, CompilationState state, LockAnalyses analyses)
    {
        var bodies = gathered.Complete(end.CancellationToken);
        if (bodies.IsEmpty)
            return;
        var reporter = new FindingReporter(state.Compilation);
        AnalysisFailureException.Guard(
            end.Symbol,
            end.Symbol.Locations.FirstOrDefault(),
            () => analyses.Types.Run(gathered.Outermost, bodies, reporter.Add, end.CancellationToken));
        reporter.Flush(end.ReportDiagnostic);
    }

    private static INamedTypeSymbol Outermost(INamedTypeSymbol type)
    {
        while (type.ContainingType is { } outer)
            type = outer;
        return type;
    }
}
