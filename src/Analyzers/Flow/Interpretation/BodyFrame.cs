using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <summary>One body being walked: the outermost one, or a lambda that runs inside it.</summary>
internal sealed class BodyFrame(
    ISymbol owner, IMethodSymbol? method, MethodContract contract, ControlFlowGraph graph, SyntaxNode root, BodyFrame? parent)
{
    /// <summary>The method, or the field or property whose initializer this is.</summary>
    public ISymbol Owner { get; } = owner;

    public IMethodSymbol? Method { get; } = method;

    public MethodContract Contract { get; } = contract;

    public ControlFlowGraph Graph { get; } = graph;

    public SyntaxNode Root { get; } = root;

    /// <summary>The body that this one runs inside; null for the outermost.</summary>
    public BodyFrame? Parent { get; } = parent;

    /// <summary>Its preconditions are asked of its callers.</summary>
    public bool IsInferred { get; init; }

    /// <summary>Captures that are assigned through: evaluating them names a place and reads nothing.</summary>
    public HashSet<CaptureId> PlaceCaptures { get; init; } = [];

    /// <summary>Locals that something reads.</summary>
    public HashSet<ISymbol> ReadLocals { get; init; } = [];

    /// <summary>A static constructor or static initializer: its own type's statics are nobody else's yet.</summary>
    public bool IsStaticInitializer { get; init; }

    /// <summary>Run through a variable: what it does to plain locks shows nothing of what the method itself means.</summary>
    public bool IsThroughVariable { get; init; }
}
