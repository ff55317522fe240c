using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MmLock.Analyzers.Options;

/// <summary>The options of each file of one compilation, read once.</summary>
internal sealed class LockOptionsCache(AnalyzerConfigOptionsProvider provider)
{
    private readonly ConcurrentDictionary<SyntaxTree, LockOptions> _byTree = new();

    /// <summary>The options of a file.</summary>
    public LockOptions For(SyntaxTree tree) =>
        _byTree.TryGetValue(tree, out var known) ? known : _byTree.GetOrAdd(tree, t => LockOptions.For(t, provider));
}
