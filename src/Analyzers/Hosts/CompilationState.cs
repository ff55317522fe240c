using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Options;

namespace MmLock.Analyzers.Hosts;

/// <summary>What the analysis of one compilation shares: contracts, options, and which names matter.</summary>
internal sealed class CompilationState(Compilation compilation, AnalyzerOptions options)
{
    private Dictionary<SyntaxTree, int>? _treeOrder;
    private NamePositions? _names;
    private NameSet? _peeks;

    public Compilation Compilation { get; } = compilation;

    public ContractCache Contracts { get; } = ContractCaches.For(compilation);

    public LockOptionsCache Options { get; } = new(options.AnalyzerConfigOptionsProvider);

    /// <summary>Where the names stand that make a body worth a look.</summary>
    public NamePositions Names =>
        LazyInitializer.EnsureInitialized(ref _names, () => new NamePositions(Contracts.InterestingNames))!;

    /// <summary>The names of accessors that only peek at an RCU pointer.</summary>
    public NameSet Peeks => LazyInitializer.EnsureInitialized(ref _peeks, () => new NameSet(Contracts.PeekNames))!;

    /// <summary>Somebody asked for a rule that is off by default.</summary>
    public bool IsEnabled(DiagnosticDescriptor rule, SyntaxTree tree)
    {
        if (Compilation.Options.SpecificDiagnosticOptions.TryGetValue(rule.Id, out var chosen))
            return chosen is not (ReportDiagnostic.Suppress or ReportDiagnostic.Default);
        var provider = Compilation.Options.SyntaxTreeOptionsProvider;
        if (provider is null)
            return rule.IsEnabledByDefault;
        if (provider.TryGetDiagnosticValue(tree, rule.Id, CancellationToken.None, out var severity)
            || provider.TryGetGlobalDiagnosticValue(rule.Id, CancellationToken.None, out severity))
        {
            return severity is not (ReportDiagnostic.Suppress or ReportDiagnostic.Default);
        }
        return rule.IsEnabledByDefault;
    }

    /// <summary>The place of a tree in the compilation: callbacks come in no order.</summary>
    public int OrderOf(SyntaxTree tree)
    {
        var order = LazyInitializer.EnsureInitialized(ref _treeOrder, () =>
        {
            var trees = new Dictionary<SyntaxTree, int>();
            foreach (var each in Compilation.SyntaxTrees)
                trees.Add(each, trees.Count);
            return trees;
        })!;
        return order.TryGetValue(tree, out var index) ? index : -1;
    }
}
