using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MmLock.Verification.Tests;

/// <summary>An analyzer with one rule and one fault, named by what is wrong with it.</summary>
public abstract class FaultyAnalyzer : DiagnosticAnalyzer
{
    protected static readonly DiagnosticDescriptor Rule = Toy.Rule("TOY0009", "'{0}' is bad");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    protected virtual GeneratedCodeAnalysisFlags Generated => GeneratedCodeAnalysisFlags.None;

    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(Generated);
        context.EnableConcurrentExecution();
        Register(context);
    }

    protected abstract void Register(AnalysisContext context);

    protected static bool IsBad(ISymbol symbol) => symbol.Name.StartsWith("Bad");

    protected static Diagnostic At(ISymbol symbol) => Diagnostic.Create(Rule, symbol.Locations[0], symbol.Name);
}

/// <summary>Throws when it meets a bad type.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ThrowingAnalyzer : FaultyAnalyzer
{
    protected override void Register(AnalysisContext context) => context.RegisterSymbolAction(
        symbol =>
        {
            if (IsBad(symbol.Symbol))
                throw new InvalidOperationException("met " + symbol.Symbol.Name);
        },
        SymbolKind.NamedType);
}

/// <summary>Reports bad types in generated code too.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IntrusiveAnalyzer : FaultyAnalyzer
{
    protected override GeneratedCodeAnalysisFlags Generated
        => GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics;

    protected override void Register(AnalysisContext context) => context.RegisterSymbolAction(
        symbol =>
        {
            if (IsBad(symbol.Symbol))
                symbol.ReportDiagnostic(At(symbol.Symbol));
        },
        SymbolKind.NamedType);
}

/// <summary>Reports at the end of the compilation without saying so.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SecretlyLateAnalyzer : FaultyAnalyzer
{
    protected override void Register(AnalysisContext context) => context.RegisterCompilationAction(end =>
    {
        foreach (var type in end.Compilation.GlobalNamespace.GetTypeMembers().Where(IsBad))
            if (type.Locations[0].IsInSource)
                end.ReportDiagnostic(At(type));
    });
}

/// <summary>Remembers what it met: the second compilation it sees gets other findings than the first.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RememberingAnalyzer : FaultyAnalyzer
{
    private int _met;

    protected override void Register(AnalysisContext context) => context.RegisterSymbolAction(
        symbol =>
        {
            if (IsBad(symbol.Symbol) && System.Threading.Interlocked.Increment(ref _met) == 1)
                symbol.ReportDiagnostic(At(symbol.Symbol));
        },
        SymbolKind.NamedType);
}

/// <summary>Reports at the beginning of the file, where no pragma can stand before it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TopOfFileAnalyzer : FaultyAnalyzer
{
    protected override void Register(AnalysisContext context) => context.RegisterSyntaxTreeAction(tree =>
        tree.ReportDiagnostic(Diagnostic.Create(Rule, Location.Create(tree.Tree, new(0, 0)), "file")));
}

/// <summary>Reports only what it sees in a compiled assembly.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MetadataOnlyAnalyzer : FaultyAnalyzer
{
    protected override void Register(AnalysisContext context) => context.RegisterSymbolAction(
        symbol =>
        {
            if (symbol.Symbol is INamedTypeSymbol { BaseType: { } parent } && IsBad(parent) && parent.Locations[0].IsInMetadata)
                symbol.ReportDiagnostic(At(symbol.Symbol));
        },
        SymbolKind.NamedType);
}
