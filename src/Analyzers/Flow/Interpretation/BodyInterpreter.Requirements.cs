using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <content>What a contract asks of the caller.</content>
internal sealed partial class BodyInterpreter
{
    private void CheckRequirements(IOperation operation, CallSite site, MethodContract contract)
    {
        foreach (var clause in contract.Clauses)
        {
            switch (clause.Kind)
            {
                case ClauseKind.MustHold or ClauseKind.Drops:
                    Require(operation, site, clause, clause.Mode, anyOf: false);
                    break;
                case ClauseKind.MustHoldAny:
                    Require(operation, site, clause, LockMode.Shared, anyOf: true);
                    break;
                case ClauseKind.MustNotHold:
                    foreach (var expression in clause.Locks)
                    {
                        if (Emitting && Resolve(expression, site) is { } excluded)
                            Exclude(operation, site.Method, excluded, [], clause.Declaration);
                    }
                    break;
            }
        }
    }

    /// <summary>What must not be held; a private member asks it of its callers too, unless it has let go by then.</summary>
    private void Exclude(
        IOperation operation, IMethodSymbol? callee, Capability excluded, ImmutableArray<IMethodSymbol> chain, Location? declaration,
        Location? origin = null)
    {
        var held = FindExcluded(excluded);
        Raise(new ExcludeEvent(_w, operation, excluded, held) { Callee = callee, Chain = chain, Declaration = declaration, Origin = origin });
        if (held is null && chain.Length < FlowLimits.ChainLength && (excluded.Lock is null || !_w.Deficits.TryGet(excluded.Lock, out _)))
        {
            AskCallers(
                [excluded], LockMode.Shared, false, operation, Summaries.DemandKind.NotHeld, callee is null ? chain : chain.Insert(0, callee),
                declaration);
        }
    }

    private Held? FindExcluded(Capability capability)
    {
        if (capability.Context is { } context)
            return _w.InSection(context, _options.MergedRcuFlavours) ? Held.Once(capability, LockMode.Shared, HeldReason.Taken, null) : null;
        if (capability.Lock is not null)
            return _w.Find(capability);
        foreach (var held in _w.Held)
        {
            if (Equals(held.Capability.Class, capability.ByClass))
                return held;
        }
        return null;
    }

    private void Require(IOperation operation, CallSite site, ContractClause clause, LockMode mode, bool anyOf)
    {
        var needed = ImmutableArray.CreateBuilder<Capability>(clause.Locks.Length);
        foreach (var expression in clause.Locks)
        {
            if (Resolve(expression, site) is { } capability && !AsksNothing(capability))
                needed.Add(capability);
            else if (anyOf)
                return;
        }
        Require(operation, site.Method, needed.ToImmutable(), mode, anyOf, [], Summaries.DemandKind.Held, clause.Declaration);
    }

    private void Require(
        IOperation operation, IMethodSymbol? callee, ImmutableArray<Capability> needed, LockMode mode, bool anyOf,
        ImmutableArray<IMethodSymbol> chain, Summaries.DemandKind kind, Location? declaration)
    {
        if (needed.IsEmpty)
            return;
        var missing = ImmutableArray.CreateBuilder<Capability>();
        foreach (var capability in needed)
        {
            if (!Holds(capability, mode))
                missing.Add(capability);
        }
        bool satisfied = anyOf ? missing.Count < needed.Length : missing.Count == 0;
        if (!Emitting)
            return;
        var lacking = satisfied ? [] : missing.ToImmutable();
        bool asked = !satisfied && AskCallers(lacking, mode, anyOf, operation, kind, callee is null ? chain : chain.Insert(0, callee), declaration);
        Raise(new RequireEvent(_w, operation, needed, mode, anyOf, satisfied)
        {
            Callee = callee, Chain = chain, Missing = lacking, IsAskedOfCallers = asked, Declaration = declaration,
        });
    }

    private bool AsksNothingNull(Capability capability)
    {
        for (var part = capability.Lock; part is not null; part = part.Kind is ValueKind.Member or ValueKind.Element ? part.First : null)
        {
            if (part.Kind == ValueKind.Lost || WorldAssumptions.IsNull(_w, part) == true)
                return true;
        }
        return false;
    }
}
