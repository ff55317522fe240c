using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.Interpretation;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Flow.Walking;
using MmLock.Analyzers.Model;
using MmLock.Analyzers.Options;

namespace MmLock.Analyzers.Flow;

/// <summary>
/// Walks the bodies of one outermost type: private members without a contract first, callees before callers, so that what they
/// need and do is known at their calls. Speaks in events and records only.
/// </summary>
internal sealed class TypeAnalysis(
    ContractCache contracts, Func<SyntaxTree, LockOptions> options, Func<BodyScope, IBodySink> sinkFor, CancellationToken cancellation)
{
    private readonly SummaryBook _summaries = new();
    private readonly List<BodyRecord> _records = [];
    private INamedTypeSymbol? _outermost;

    /// <summary>Walks all bodies and returns what they leave behind.</summary>
    public ImmutableArray<BodyRecord> Run(INamedTypeSymbol? outermost, ImmutableArray<TypeBody> bodies)
    {
        _outermost = outermost;
        var units = new List<BodyUnit>();
        foreach (var body in bodies)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!contracts.IsAnalysed(body.Owner) || HasSyntaxErrors(body) || body.Graph(cancellation) is not { } graph)
                continue;
            if (!IsSound(graph))
            {
                if (body.GraphWithoutNullability(cancellation) is not { } plain || !IsSound(plain))
                    continue;
                graph = plain;
            }
            Add(new BodyUnit(body.Owner, graph, body.Root));
        }
        foreach (var ring in BodyOrder.CalleesFirst(units.FindAll(static u => u.IsInferred), cancellation))
            WalkRing(ring);
        foreach (var unit in units)
        {
            if (!unit.IsInferred)
                Walk(unit, isFinal: true);
        }
        return [.. _records];

        void Add(BodyUnit unit)
        {
            unit.Contract = unit.Method is null ? MethodContract.None : unit.DelegateContract is { IsDeclared: true } given
                && !contracts.Method(unit.Method).IsDeclared ? given : contracts.Method(unit.Method);
            unit.Options = options(unit.Root.SyntaxTree);
            unit.IsInferred = unit.Method is { } method && unit.Options.InferPrivateContracts && !unit.Contract.IsDeclared && CanInfer(method);
            if (unit.IsInferred)
                _summaries.MarkInferred(unit.Method!);
            units.Add(unit);
            AddLocalFunctions(unit.Graph, unit, Add);
        }
    }

    /// <summary>Local functions are bodies of their own, those inside lambdas included.</summary>
    private void AddLocalFunctions(ControlFlowGraph graph, BodyUnit unit, Action<BodyUnit> add)
    {
        foreach (var function in graph.LocalFunctions)
        {
            if (contracts.IsAnalysed(function))
                add(new BodyUnit(function, graph.GetLocalFunctionControlFlowGraph(function), SyntaxOf(function, unit.Root)));
        }
        BodyFrames.Visit(graph, operation =>
        {
            if (operation is IFlowAnonymousFunctionOperation lambda)
                AddLocalFunctions(graph.GetAnonymousFunctionControlFlowGraph(lambda), unit, add);
        }, nested: false);
    }

    private SyntaxNode SyntaxOf(IMethodSymbol function, SyntaxNode fallback) =>
        function.DeclaringSyntaxReferences.IsEmpty ? fallback : function.DeclaringSyntaxReferences[0].GetSyntax(cancellation);

    /// <summary>Only the outermost type can call it, and nothing but its body says what it needs.</summary>
    private bool CanInfer(IMethodSymbol method)
    {
        switch (method.MethodKind)
        {
            case MethodKind.LocalFunction:
                return true;
            case MethodKind.Ordinary or MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove:
                return method.DeclaredAccessibility == Accessibility.Private && method.ExplicitInterfaceImplementations.IsEmpty
                    && !SymbolEqualityComparer.Default.Equals(method, contracts.Compilation.GetEntryPoint(cancellation));
            default:
                return false;
        }
    }

    private static bool HasSyntaxErrors(TypeBody body)
    {
        if (!body.Root.ContainsDiagnostics)
            return false;
        foreach (var diagnostic in body.Root.GetDiagnostics())
        {
            if (diagnostic.Severity == DiagnosticSeverity.Error && body.Code.IntersectsWith(diagnostic.Location.SourceSpan))
                return true;
        }
        return false;
    }

    /// <summary>Quiet in bodies that do not compile.</summary>
    private static bool IsSound(ControlFlowGraph graph)
    {
        bool sound = true;
        BodyFrames.Visit(graph, operation => sound &= operation is not IInvalidOperation);
        return sound;
    }

    /// <summary>Members that call each other are walked until their summaries no longer grow.</summary>
    private void WalkRing(IReadOnlyList<BodyUnit> ring)
    {
        if (ring.Count > 1 || BodyOrder.CallsItself(ring[0]))
        {
            for (int round = 0; round < FlowLimits.SummaryRounds; round++)
            {
                bool grew = false;
                foreach (var unit in ring)
                {
                    var before = _summaries.Find(unit.Method!);
                    Walk(unit, isFinal: false);
                    grew |= _summaries.Find(unit.Method!)!.Exceeds(before);
                }
                if (!grew)
                    break;
            }
        }
        foreach (var unit in ring)
            Walk(unit, isFinal: true);
    }

    private void Walk(BodyUnit unit, bool isFinal)
    {
        cancellation.ThrowIfCancellationRequested();
        var recorder = new BodyRecorder();
        var frame = BodyFrames.ForBody(unit.Owner, unit.Method, unit.Contract, unit.Graph, unit.Root, unit.IsInferred);
        var interpreter = new BodyInterpreter(contracts, unit.Options, _summaries, frame, recorder, cancellation);
        var scope = new BodyScope(unit.Owner, unit.Method, unit.Contract, unit.Options, contracts, recorder, unit.Root, unit.IsInferred);
        IBodySink sink = isFinal ? sinkFor(scope) : SilentSink.Instance;
        var walker = new BodyWalker(interpreter, frame, sink, cancellation, Inline) { WantsExceptionalExits = sink.WantsExceptionalExits };
        walker.Walk(interpreter.EntryWorlds());
        if (unit.IsInferred)
            _summaries.Enter(unit.Method!, recorder.Summary());
        if (!isFinal)
            return;
        sink.Complete();
        _records.Add(new BodyRecord(
            unit.Method?.OriginalDefinition, unit.Owner, _outermost, unit.Contract.RunsIn, unit.Contract.NeverSleeps,
            [.. recorder.Acquires], [.. recorder.Sleeps], [.. recorder.Calls], [.. recorder.Accesses])
        {
            IrqOns = [.. recorder.IrqOns],
            EscapingMethods = [.. recorder.EscapingMethods],
            IsIterator = recorder.IsIterator,
            LetGo = recorder.SemaphoresLetGo(),
        });
        foreach (var (lambda, owner, delegateContract) in new List<(IFlowAnonymousFunctionOperation, ControlFlowGraph, MethodContract?)>(interpreter.LaterLambdas()))
        {
            if (!contracts.IsAnalysed(lambda.Symbol))
                continue;
            var own = contracts.Method(lambda.Symbol);
            Walk(
                new BodyUnit(lambda.Symbol, owner.GetAnonymousFunctionControlFlowGraph(lambda), lambda.Syntax)
                {
                    Contract = own.IsDeclared ? own : delegateContract ?? MethodContract.None,
                    Options = unit.Options,
                },
                isFinal: true);
        }

        List<World> Inline(BodyFrame inner, World world, IFlowEventSink? events)
        {
            var state = interpreter.EnterInline(inner);
            var inside = new BodyWalker(interpreter, inner, events, cancellation, Inline);
            var worlds = inside.Walk([world.Clone()]);
            interpreter.LeaveInline(state);
            foreach (var (thrown, site) in inside.Escaping)
                interpreter.OnThrow?.Invoke(thrown, site);
            return worlds;
        }
    }
}
