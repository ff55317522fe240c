using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Model;
using RefKind = Microsoft.CodeAnalysis.RefKind;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <summary>Prepares bodies: what can be seen in a graph before it is walked.</summary>
internal static class BodyFrames
{
    /// <summary>A body of its own.</summary>
    public static BodyFrame ForBody(
        ISymbol owner, IMethodSymbol? method, MethodContract contract, ControlFlowGraph graph, SyntaxNode root, bool isInferred)
    {
        var (places, reads, assigned) = Scan(graph);
        return new BodyFrame(owner, method, contract, graph, root, null)
        {
            IsInferred = isInferred,
            PlaceCaptures = places,
            ReadLocals = reads,
            Assigned = assigned,
            IsStaticInitializer = owner.IsStatic && owner is not IMethodSymbol || method?.MethodKind == MethodKind.StaticConstructor,
        };
    }

    /// <summary>A lambda that runs inside the body that makes it.</summary>
    public static BodyFrame ForLambda(IFlowAnonymousFunctionOperation lambda, ControlFlowGraph owner, BodyFrame parent, MethodContract contract, bool throughVariable)
    {
        var graph = owner.GetAnonymousFunctionControlFlowGraph(lambda);
        var (places, reads, assigned) = Scan(graph);
        reads.UnionWith(parent.ReadLocals);
        return new BodyFrame(lambda.Symbol, lambda.Symbol, contract, graph, lambda.Syntax, parent)
        {
            IsInferred = parent.IsInferred,
            PlaceCaptures = places,
            ReadLocals = reads,
            Assigned = assigned,
            IsStaticInitializer = parent.IsStaticInitializer,
            IsThroughVariable = throughVariable || parent.IsThroughVariable,
        };
    }

    /// <summary>What a lambda mentions that is not its own: outer variables and the receiver.</summary>
    public static ImmutableArray<IOperation> Captured(IFlowAnonymousFunctionOperation lambda, ControlFlowGraph owner)
    {
        var found = ImmutableArray.CreateBuilder<IOperation>();
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        bool sawThis = false;
        Visit(owner.GetAnonymousFunctionControlFlowGraph(lambda), operation =>
        {
            switch (operation)
            {
                case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } when !sawThis:
                    sawThis = true;
                    found.Add(operation);
                    break;
                case ILocalReferenceOperation local when !Equal(local.Local.ContainingSymbol, lambda.Symbol) && seen.Add(local.Local):
                    found.Add(operation);
                    break;
                case IParameterReferenceOperation parameter when !Equal(parameter.Parameter.ContainingSymbol, lambda.Symbol) && seen.Add(parameter.Parameter):
                    found.Add(operation);
                    break;
            }
        });
        return found.ToImmutable();
    }

    /// <summary>Outer variables that a local function mentions, where it calls something that gives up references.</summary>
    public static IReadOnlyCollection<ISymbol> ReleasedBy(IMethodSymbol localFunction, BodyFrame frame, ContractCache contracts)
    {
        for (var at = frame; at is not null; at = at.Parent)
        {
            if (!at.Graph.LocalFunctions.Contains(localFunction))
                continue;
            var mentioned = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
            bool releases = false;
            Visit(at.Graph.GetLocalFunctionControlFlowGraph(localFunction), operation =>
            {
                if (operation is IInvocationOperation call)
                {
                    foreach (var clause in contracts.Method(call.TargetMethod).References)
                        releases |= clause.Kind == Model.RefKind.Releases;
                }
                ISymbol? variable = operation switch
                {
                    ILocalReferenceOperation local => local.Local,
                    IParameterReferenceOperation parameter => parameter.Parameter,
                    _ => null,
                };
                if (variable is not null && !Equal(variable.ContainingSymbol, localFunction))
                    mentioned.Add(variable);
            });
            return releases ? mentioned : [];
        }
        return [];
    }

    /// <summary>Outer variables that a local function assigns.</summary>
    public static IReadOnlyCollection<ISymbol> WrittenBy(IMethodSymbol localFunction, BodyFrame frame)
    {
        for (var at = frame; at is not null; at = at.Parent)
        {
            if (!at.Graph.LocalFunctions.Contains(localFunction))
                continue;
            var written = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
            Visit(at.Graph.GetLocalFunctionControlFlowGraph(localFunction), operation =>
            {
                var target = operation switch
                {
                    IAssignmentOperation assignment => assignment.Target,
                    IIncrementOrDecrementOperation step => step.Target,
                    IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => argument.Value,
                    _ => null,
                };
                ISymbol? variable = target switch
                {
                    ILocalReferenceOperation local => local.Local,
                    IParameterReferenceOperation parameter => parameter.Parameter,
                    _ => null,
                };
                if (variable is not null && !Equal(variable.ContainingSymbol, localFunction))
                    written.Add(variable);
            });
            return written;
        }
        return [];
    }

    /// <summary>Captures that stand for places, locals that something reads, parameters passed by value that something assigns.</summary>
    private static (HashSet<CaptureId> Places, HashSet<ISymbol> Reads, HashSet<ISymbol> Assigned) Scan(ControlFlowGraph graph)
    {
        var assigned = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var places = new HashSet<CaptureId>();
        var reads = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        Visit(graph, operation =>
        {
            switch (operation)
            {
                case IAssignmentOperation { Target: IFlowCaptureReferenceOperation target }:
                    places.Add(target.Id);
                    break;
                case IIncrementOrDecrementOperation { Target: IFlowCaptureReferenceOperation target }:
                    places.Add(target.Id);
                    break;
                case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out or RefKind.In, Value: IFlowCaptureReferenceOperation argument }:
                    places.Add(argument.Id);
                    break;
                case ISimpleAssignmentOperation { IsRef: true, Value: IFlowCaptureReferenceOperation aliased }:
                    places.Add(aliased.Id);
                    break;
                case ILocalReferenceOperation local when !IsOnlyWritten(local):
                    reads.Add(local.Local);
                    break;
                case IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter } reference when IsWritten(reference):
                    assigned.Add(parameter);
                    break;
            }
        }, nested: true);
        return (places, reads, assigned);
    }

    private static bool IsWritten(IOperation variable)
    {
        var parent = variable.Parent;
        while (parent is ITupleOperation)
            (variable, parent) = (parent, parent.Parent);
        return parent switch
        {
            IAssignmentOperation assignment => ReferenceEquals(assignment.Target, variable),
            IIncrementOrDecrementOperation => true,
            IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref } => true,
            IFlowCaptureOperation capture => capture.Syntax.Parent is Microsoft.CodeAnalysis.CSharp.Syntax.AssignmentExpressionSyntax to && to.Left == capture.Syntax,
            _ => false,
        };
    }

    private static bool IsOnlyWritten(ILocalReferenceOperation local) => local.Parent switch
    {
        ISimpleAssignmentOperation assignment => ReferenceEquals(assignment.Target, local),
        IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref } => true,
        IDeclarationExpressionOperation => true,
        _ => local.IsDeclaration,
    };

    /// <summary>Every operation of a graph, and of the graphs nested in it.</summary>
    public static void Visit(ControlFlowGraph graph, Action<IOperation> visit, bool nested = true)
    {
        foreach (var block in graph.Blocks)
        {
            foreach (var operation in block.Operations)
                VisitTree(operation);
            if (block.BranchValue is { } value)
                VisitTree(value);
        }
        if (nested)
        {
            foreach (var function in graph.LocalFunctions)
                Visit(graph.GetLocalFunctionControlFlowGraph(function), visit);
        }

        void VisitTree(IOperation operation)
        {
            visit(operation);
            if (operation is IFlowAnonymousFunctionOperation lambda)
            {
                if (nested)
                    Visit(graph.GetAnonymousFunctionControlFlowGraph(lambda), visit);
                return;
            }
            foreach (var child in operation.ChildOperations)
                VisitTree(child);
        }
    }

    private static bool Equal(ISymbol? a, ISymbol? b) => SymbolEqualityComparer.Default.Equals(a, b);
}
