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

    /// <summary>Parameters passed by value that the body assigns: their contract speaks of what was passed.</summary>
    public HashSet<ISymbol> Assigned { get; init; } = [];

    /// <summary>What the delegate type says of the locks around a lambda that runs here: how they were held before it.</summary>
    public List<LentHold> Lent { get; } = [];

    /// <summary>The arguments of a lambda that runs here; empty for a body of its own.</summary>
    public ImmutableArray<Value> Passed { get; set; } = [];

    /// <summary>A static constructor or static initializer: its own type's statics are nobody else's yet.</summary>
    public bool IsStaticInitializer { get; init; }

    /// <summary>Run through a variable: what it does to plain locks shows nothing of what the method itself means.</summary>
    public bool IsThroughVariable { get; init; }
}

/// <summary>A lock that the contract of a delegate type gives a lambda that runs here, or takes from it.</summary>
/// <param name="Before">How it was held where the lambda is invoked.</param>
/// <param name="Section">The interrupts as they were, where what is lent says that they are off.</param>
internal sealed record LentHold(LockExpression Expression, Capability Capability, Held? Before, IrqState? Section = null);
