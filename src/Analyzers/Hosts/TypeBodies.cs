using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Flow;

namespace MmLock.Analyzers.Hosts;

/// <summary>
/// The bodies of one outermost type with all its parts and nested types, gathered while the driver delivers them.
/// </summary>
internal sealed class TypeBodies(INamedTypeSymbol outermost, CompilationState state)
{
    private readonly ConcurrentQueue<TypeBody> _bodies = new();
    private int _named = -1;

    public INamedTypeSymbol Outermost { get; } = outermost;

    /// <summary>Some part of the type names something that matters; otherwise nobody need gather anything.</summary>
    public bool MayMatter(CancellationToken cancellation)
    {
        if (_named < 0)
        {
            _named = Outermost.DeclaringSyntaxReferences.Any(r =>
            {
                cancellation.ThrowIfCancellationRequested();
                // Top-level code belongs to Program, whose declaration is then the compilation unit.
                return state.Names.AnyIn(r.SyntaxTree, r.Span);
            }) ? 1 : 0;
        }

        return _named == 1;
    }

    /// <summary>Remembers a code block. Concurrent.</summary>
    public void Add(ISymbol owner, SyntaxNode codeBlock, SemanticModel model, CancellationToken cancellation)
    {
        if (BodyRoots.Find(owner, codeBlock, cancellation) is not { } root)
            return;
        var code = BodyRoots.CodeOf(root);
        if (code.IsEmpty)
            return;
        _bodies.Enqueue(new TypeBody(owner, root, code, model)
        {
            NamesLocks = state.Names.AnyIn(root.SyntaxTree, code) || state.Names.Contains(owner),
        });
    }

    /// <summary>The bodies that can matter, in source order.</summary>
    public ImmutableArray<TypeBody> Complete(CancellationToken cancellation)
    {
        var relevant = new HashSet<TypeBody>(_bodies.Where(b => b.NamesLocks));
        if (relevant.Count == 0)
            return [];
        if (relevant.Count < _bodies.Count)
        {
            // Whoever is handed what was peeked at may follow it, and needs no word for that.
            if (relevant.Any(b => state.Peeks.Find(b.Root.SyntaxTree.GetText(cancellation), b.Code).Any()))
                relevant.UnionWith(_bodies);
            else
                AddCallers(relevant, cancellation);
        }
        return relevant
            .OrderBy(b => state.OrderOf(b.Root.SyntaxTree))
            .ThenBy(b => b.Code.Start)
            .ThenBy(b => b.Owner.Name, System.StringComparer.Ordinal)
            .ToImmutableArray();
    }

    // A body that calls a body that matters, matters: preconditions and effects travel along calls inside the type. By name,
    // so that nothing is bound for it.
    private void AddCallers(HashSet<TypeBody> relevant, CancellationToken cancellation)
    {
        var callers = new Dictionary<string, List<TypeBody>>();
        var set = new NameSet(_bodies.SelectMany(b => CallNames.Of(b.Owner)));
        foreach (var body in _bodies.Where(b => !relevant.Contains(b)))
        {
            cancellation.ThrowIfCancellationRequested();
            var text = body.Root.SyntaxTree.GetText(cancellation);
            foreach (var name in set.Find(text, body.Code).Select(f => f.Name).Concat(CallNames.Unspoken(body, text)).Distinct())
            {
                if (!callers.TryGetValue(name, out var list))
                    callers[name] = list = [];
                list.Add(body);
            }
        }

        var open = new Queue<TypeBody>(relevant);
        while (open.Count > 0)
        {
            foreach (var name in CallNames.Of(open.Dequeue().Owner))
            {
                if (!callers.TryGetValue(name, out var list))
                    continue;
                callers.Remove(name);
                foreach (var caller in list.Where(relevant.Add))
                    open.Enqueue(caller);
            }
        }
    }
}
