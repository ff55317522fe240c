using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MmLock.Verification.Tests;

/// <summary>
/// Finds fault with names of types: <c>Bad...</c> at once, <c>Late...</c> at the end of the build, <c>Off...</c> when
/// switched on. A bad type's additional places are its members.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ToyAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Bad = Toy.Rule("TOY0001", "'{0}' is a bad name");
    private static readonly DiagnosticDescriptor Late = Toy.Rule("TOY0002", "'{0}' is late", WellKnownDiagnosticTags.CompilationEnd);
    private static readonly DiagnosticDescriptor Off = Toy.Rule("TOY0003", "'{0}' is off", enabled: false);
    private static readonly DiagnosticDescriptor Hint = Toy.Rule("MML6001", "'{0}' could be better", DiagnosticSeverity.Info);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Bad, Late, Off, Hint];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var late = new System.Collections.Concurrent.ConcurrentBag<ISymbol>();
            start.RegisterSymbolAction(symbol => Look(symbol, late), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end =>
            {
                foreach (var symbol in late)
                    end.ReportDiagnostic(Diagnostic.Create(Late, symbol.Locations[0], symbol.Name));
            });
        });
    }

    private static void Look(SymbolAnalysisContext context, System.Collections.Concurrent.ConcurrentBag<ISymbol> late)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var members = type.GetMembers().Where(member => !member.IsImplicitlyDeclared).SelectMany(member => member.Locations);
        if (type.Name.StartsWith("Bad"))
            context.ReportDiagnostic(Diagnostic.Create(Bad, type.Locations[0], members, type.Name));
        if (type.Name.StartsWith("Late"))
            late.Add(type);
        if (type.Name.StartsWith("Off"))
            context.ReportDiagnostic(Diagnostic.Create(Off, type.Locations[0], type.Name));
        if (type.Name.StartsWith("Plain"))
            context.ReportDiagnostic(Diagnostic.Create(Hint, type.Locations[0], type.Name));
    }
}
