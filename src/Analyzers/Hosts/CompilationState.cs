using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Options;

namespace MmLock.Analyzers.Hosts;

/// <summary>What the analysis of one compilation shares: contracts, options, and which names matter.</summary>
internal sealed class CompilationState(Compilation compilation, AnalyzerOptions options, CancellationToken cancellation)
{
    private Dictionary<SyntaxTree, int>? _treeOrder;

    public Compilation Compilation { get; } = compilation;

    public ContractCache Contracts { get; } = new(compilation, cancellation);

    public LockOptionsCache Options { get; } = new(options.AnalyzerConfigOptionsProvider);

    /// <summary>Where the names stand that make a body worth a look.</summary>
    public NamePositions Names => field ??= new NamePositions(Contracts.InterestingNames.Add("lock"));

    /// <summary>The place of a tree in the compilation: callbacks come in no order.</summary>
    public int OrderOf(SyntaxTree tree)
    {
        if (Volatile.Read(ref _treeOrder) is not { } order)
        {
            order = [];
            foreach (var each in Compilation.SyntaxTrees)
                order.Add(each, order.Count);
            Volatile.Write(ref _treeOrder, order);
        }

        return order.TryGetValue(tree, out var index) ? index : -1;
    }
}
