using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.Interpretation;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Model;
using MmLock.Analyzers.Options;

namespace MmLock.Analyzers.Flow;

/// <summary>One graph to be walked on its own: a member, a local function, a lambda that runs later.</summary>
internal sealed class BodyUnit(ISymbol owner, ControlFlowGraph graph, SyntaxNode root)
{
    public ISymbol Owner { get; } = owner;

    public IMethodSymbol? Method { get; } = owner as IMethodSymbol;

    public ControlFlowGraph Graph { get; } = graph;

    public SyntaxNode Root { get; } = root;

    public MethodContract Contract { get; set; } = MethodContract.None;

    /// <summary>What the delegate type says of a lambda.</summary>
    public MethodContract? DelegateContract { get; init; }

    public LockOptions Options { get; set; } = LockOptions.Default;

    public bool IsInferred { get; set; }
}

/// <summary>What rules may ask about the body whose events they get.</summary>
internal sealed record BodyScope(
    ISymbol Owner, IMethodSymbol? Method, MethodContract Contract, LockOptions Options, ContractCache Contracts, BodyRecorder Recorder,
    SyntaxNode Root, bool IsInferred);

/// <summary>Takes the events of one body and, at its end, says what came of them.</summary>
internal interface IBodySink : IFlowEventSink
{
    /// <summary>Somebody asks for exits by exception (MML2007, off by default).</summary>
    bool WantsExceptionalExits { get; }

    /// <summary>All worlds were walked: what failed in some of them only is known now.</summary>
    void Complete();
}

/// <summary>For rounds that only gather summaries.</summary>
internal sealed class SilentSink : IBodySink
{
    public static SilentSink Instance { get; } = new();

    public bool WantsExceptionalExits => false;

    public void On(FlowEvent happening)
    {
    }

    public void Complete()
    {
    }
}

/// <summary>The order in which inferred members are walked: strongly connected components, callees first (Tarjan).</summary>
internal static class BodyOrder
{
    public static IReadOnlyList<IReadOnlyList<BodyUnit>> CalleesFirst(IReadOnlyList<BodyUnit> units, CancellationToken cancellation)
    {
        var byMethod = new Dictionary<ISymbol, int>(SymbolEqualityComparer.Default);
        for (int i = 0; i < units.Count; i++)
            byMethod[SummaryBook.Key(units[i].Method!)] = i;
        var calls = new List<int>[units.Count];
        for (int i = 0; i < units.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var list = calls[i] = [];
            foreach (var callee in CalleesOf(units[i]))
            {
                if (byMethod.TryGetValue(SummaryBook.Key(callee), out int target) && !list.Contains(target))
                    list.Add(target);
            }
        }
        return Components(units, calls);
    }

    public static bool CallsItself(BodyUnit unit)
    {
        foreach (var callee in CalleesOf(unit))
        {
            if (unit.Method is { } own && SymbolEqualityComparer.Default.Equals(SummaryBook.Key(callee), SummaryBook.Key(own)))
                return true;
        }
        return false;
    }

    private static List<IMethodSymbol> CalleesOf(BodyUnit unit)
    {
        var callees = new List<IMethodSymbol>();
        BodyFrames.Visit(unit.Graph, operation =>
        {
            switch (operation)
            {
                case IInvocationOperation invocation:
                    callees.Add(invocation.TargetMethod);
                    break;
                case IMethodReferenceOperation reference:
                    callees.Add(reference.Method);
                    break;
                case IPropertyReferenceOperation property:
                    if (property.Property.GetMethod is { } getter)
                        callees.Add(getter);
                    if (property.Property.SetMethod is { } setter)
                        callees.Add(setter);
                    break;
                case IEventReferenceOperation handled:
                    if (handled.Event.AddMethod is { } add)
                        callees.Add(add);
                    if (handled.Event.RemoveMethod is { } remove)
                        callees.Add(remove);
                    break;
            }
        }, nested: false);
        return callees;
    }

    // Iterative: a private call graph of thousands of members must not end in a stack overflow.
    private static List<IReadOnlyList<BodyUnit>> Components(IReadOnlyList<BodyUnit> units, List<int>[] calls)
    {
        var result = new List<IReadOnlyList<BodyUnit>>();
        var index = new int[units.Count];
        var low = new int[units.Count];
        var onStack = new bool[units.Count];
        var stack = new Stack<int>();
        int next = 1;
        for (int start = 0; start < units.Count; start++)
        {
            if (index[start] != 0)
                continue;
            var work = new Stack<(int Node, int Edge)>();
            work.Push((start, 0));
            while (work.Count > 0)
            {
                var (node, edge) = work.Pop();
                if (edge == 0)
                {
                    index[node] = low[node] = next++;
                    stack.Push(node);
                    onStack[node] = true;
                }
                else
                {
                    int done = calls[node][edge - 1];
                    low[node] = System.Math.Min(low[node], low[done]);
                }
                bool descended = false;
                for (int i = edge; i < calls[node].Count; i++)
                {
                    int target = calls[node][i];
                    if (index[target] == 0)
                    {
                        work.Push((node, i + 1));
                        work.Push((target, 0));
                        descended = true;
                        break;
                    }
                    if (onStack[target])
                        low[node] = System.Math.Min(low[node], index[target]);
                }
                if (descended || low[node] != index[node])
                    continue;
                var component = new List<BodyUnit>();
                int member;
                do
                {
                    member = stack.Pop();
                    onStack[member] = false;
                    component.Add(units[member]);
                }
                while (member != node);
                component.Reverse();
                result.Add(component);
            }
        }
        return result;
    }
}
