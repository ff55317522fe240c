using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow;
using MmLock.Analyzers.Rules;

namespace MmLock.Analyzers.Hosts;

/// <summary>
/// Asks of every declaration whether its annotations make sense: the Annotation family, and MML2012 of overrides.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclarationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => DescriptorCatalog.OfDeclarations;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    private static void Start(CompilationStartAnalysisContext context)
    {
        var contracts = ContractCaches.For(context.Compilation);
        if (!contracts.HasAnnotations)
            return;

        var checks = new DeclarationChecks(contracts);
        var ofAssembly = new Lazy<ImmutableArray<ContractProblem>>(() => checks.CheckAssembly(withUnknownClasses: false));
        var seen = new ConcurrentQueue<ISymbol>();

        context.RegisterSymbolAction(
            symbol =>
            {
                seen.Enqueue(symbol.Symbol);
                Check(checks, symbol.Symbol, symbol.Compilation, symbol.ReportDiagnostic);
            },
            SymbolKind.NamedType);

        context.RegisterSyntaxNodeAction(
            node =>
            {
                if (FunctionWithAttributes(node) is not { } function)
                    return;
                seen.Enqueue(function);
                Check(checks, function, node.Compilation, node.ReportDiagnostic);
            },
            SyntaxKind.LocalFunctionStatement,
            SyntaxKind.ParenthesizedLambdaExpression);

        // The attributes of the assembly stand in some file: reported with that file, they are seen while typing.
        context.RegisterSemanticModelAction(model =>
        {
            var tree = model.SemanticModel.SyntaxTree;
            if (tree.GetRoot(model.CancellationToken) is CompilationUnitSyntax { AttributeLists.Count: > 0 })
            {
                Report(
                    ofAssembly.Value.Where(p => p.Location.SourceTree == tree),
                    model.SemanticModel.Compilation,
                    model.ReportDiagnostic);
            }
        });

        // A class is unknown when nobody has it, and only the end knows everybody.
        context.RegisterCompilationEndAction(end => Report(
            seen.SelectMany(s => checks.Check(s, withUnknownClasses: true))
                .Concat(checks.CheckAssembly(withUnknownClasses: true))
                .Where(p => p.Defect == ContractDefect.UnknownClass),
            end.Compilation,
            end.ReportDiagnostic));
    }

    private static IMethodSymbol? FunctionWithAttributes(SyntaxNodeAnalysisContext context) => context.Node switch
    {
        LocalFunctionStatementSyntax local when HasAttributes(local.AttributeLists, local.ParameterList) =>
            context.SemanticModel.GetDeclaredSymbol(local, context.CancellationToken),
        ParenthesizedLambdaExpressionSyntax lambda when HasAttributes(lambda.AttributeLists, lambda.ParameterList) =>
            context.SemanticModel.GetSymbolInfo(lambda, context.CancellationToken).Symbol as IMethodSymbol,
        _ => null,
    };

    private static bool HasAttributes(SyntaxList<AttributeListSyntax> lists, ParameterListSyntax parameters) =>
        lists.Count > 0 || parameters.Parameters.Any(p => p.AttributeLists.Count > 0);

    private static void Check(DeclarationChecks checks, ISymbol symbol, Compilation compilation, Action<Diagnostic> report) =>
        AnalysisFailureException.Guard(
            symbol,
            symbol.Locations.FirstOrDefault(),
            () => Report(
                checks.Check(symbol, withUnknownClasses: false).Where(p => p.Defect != ContractDefect.UnknownClass),
                compilation,
                report));

    private static void Report(IEnumerable<ContractProblem> problems, Compilation compilation, Action<Diagnostic> report)
    {
        var reporter = new FindingReporter(compilation);
        foreach (var problem in problems)
        {
            foreach (var rule in RuleCatalog.Declarations)
            {
                if (rule.Defect == problem.Defect)
                    reporter.Add(rule.Find(problem));
            }
        }

        reporter.Flush(report);
    }
}
