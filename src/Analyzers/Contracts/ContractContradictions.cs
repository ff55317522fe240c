using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;
using RefKind = MmLock.Analyzers.Model.RefKind;

namespace MmLock.Analyzers.Contracts;

/// <summary>Is there any caller that could satisfy a contract?</summary>
internal static class ContractContradictions
{
    /// <summary>The first contradiction in a contract; null when it can be satisfied.</summary>
    public static ContractProblem? Find(MethodContract contract, string member, ContractCache cache)
    {
        var found = Pairs(contract, cache) ?? Any(contract) ?? Sleeping(contract, cache) ?? Interrupts(contract) ?? References(contract);
        return found is { Place: { } place } problem
            ? new(ContractDefect.Contradiction, place, member, "", problem.Other is { } other ? [other] : []) { Mismatch = problem.Why }
            : null;
    }

    private static (ContractMismatch Why, Location? Place, Location? Other)? Pairs(MethodContract contract, ContractCache cache)
    {
        for (var index = 0; index < contract.Clauses.Length; index++)
        {
            for (var earlier = 0; earlier < index; earlier++)
            {
                var (first, second) = (contract.Clauses[earlier], contract.Clauses[index]);
                foreach (var expression in first.Locks)
                {
                    foreach (var other in second.Locks)
                    {
                        if ((Clash(first, expression, second, other, cache) ?? Clash(second, other, first, expression, cache)) is { } reason)
                            return (reason, second.Declaration ?? first.Declaration, first.Declaration);
                    }
                }
            }
        }

        return null;
    }

    /// <summary>Why no caller can satisfy these two, the first seen as what asks for the lock.</summary>
    private static ContractMismatch? Clash(
        ContractClause held, LockExpression heldLock, ContractClause free, LockExpression freeLock, ContractCache cache)
    {
        if (held.Kind == ClauseKind.AssertsHeld && free.Kind == ClauseKind.AssertsNotHeld && held.Outcome is null
            && free.Outcome is null && LockExpressionIdentity.Same(heldLock, freeLock))
        {
            return About(heldLock, "is asserted to be held and not to be held", cache);
        }

        if (held.Kind is not (ClauseKind.MustHold or ClauseKind.Releases or ClauseKind.Drops or ClauseKind.Downgrades
            or ClauseKind.Upgrades))
        {
            return null;
        }

        if (held.Kind == ClauseKind.MustHold && held.Mode == LockMode.Exclusive && free.Mode == LockMode.Shared && !free.AnyMode
            && free.Kind is ClauseKind.Upgrades or ClauseKind.Releases && cache.TypeOf(heldLock) is { } type && HasModes(type.Kind)
            && LockExpressionIdentity.Same(heldLock, freeLock))
        {
            return About(heldLock, "must be held exclusively and shared", cache);
        }

        switch (free.Kind)
        {
            case ClauseKind.MustNotHold when Covers(freeLock, heldLock, cache):
                return About(heldLock, "must be held and must not be held", cache);
            case ClauseKind.WaitsForReaders when held.Kind == ClauseKind.MustHold && Covers(freeLock, heldLock, cache):
                return new("waits for the readers of", freeLock.ToString(), cache.ClassOf(freeLock), Rest: " inside one of them");
            case ClauseKind.Acquires when LockExpressionIdentity.Same(heldLock, freeLock) && !MayNest(heldLock, held.Mode, free.Mode, cache)
                && (free.Outcome is null || held.Kind == ClauseKind.MustHold)
                && (held.Outcome is null || held.Kind == ClauseKind.MustHold):
                return About(heldLock, "must be held and is taken here", cache);
            case ClauseKind.MayAcquire when held.Kind == ClauseKind.MustHold && heldLock is PathExpression
                && LockExpressionIdentity.Same(heldLock, freeLock) && !MayNest(heldLock, held.Mode, LockMode.Exclusive, cache):
                return About(heldLock, "must be held and may be taken here", cache);
            default:
                return null;
        }
    }

    private static bool HasModes(LockKind kind) =>
        kind is LockKind.ReaderWriterSpin or LockKind.ReaderWriterSemaphore or LockKind.Sequence;

    private static ContractMismatch About(LockExpression expression, string rest, ContractCache cache) =>
        new("", expression.ToString(), cache.ClassOf(expression), Rest: " " + rest);

    /// <summary>Holding one means that the other is held too.</summary>
    private static bool Covers(LockExpression forbidden, LockExpression held, ContractCache cache)
    {
        if (LockExpressionIdentity.Same(forbidden, held))
            return true;
        if (forbidden is ContextExpression section)
        {
            if (held is ContextExpression entered)
                return LockExpressionIdentity.Implied(entered.Context).Contains(section.Context);
            return section.Context is ContextKind.Preempt or ContextKind.RcuSched
                && cache.TypeOf(held) is { Kind: LockKind.Spin or LockKind.RawSpin or LockKind.ReaderWriterSpin };
        }

        return forbidden is ClassExpression all && held is PathExpression && cache.ClassOf(held) is { } itsClass
            && itsClass.Equals(all.Class);
    }

    private static bool MayNest(LockExpression expression, LockMode held, LockMode taken, ContractCache cache) =>
        expression is not PathExpression || cache.TypeOf(expression) is not { } type || type.Reentrant
        || type.Kind.AllowsNested(held, taken);

    private static (ContractMismatch, Location?, Location?)? Any(MethodContract contract)
    {
        foreach (var clause in contract.Clauses)
        {
            if (clause.Kind == ClauseKind.MustHoldAny
                && clause.Locks.All(
                    expression => contract.Clauses.Any(
                        other => other.Kind == ClauseKind.MustNotHold && other.Locks.Includes(expression))))
            {
                return (new("one of these must be held, and none of them may be"), clause.Declaration, null);
            }
        }

        return null;
    }

    private static (ContractMismatch, Location?, Location?)? Sleeping(MethodContract contract, ContractCache cache)
    {
        if (!contract.MaySleep)
            return null;
        if (contract.NeverSleeps)
            return (new("may sleep and never sleeps"), contract.SleepDeclaration, null);
        if (contract.RunsIn is RunContext.Hardirq or RunContext.Softirq)
            return (new("may sleep, in an interrupt"), contract.SleepDeclaration, null);
        foreach (var clause in contract.Clauses)
        {
            if (clause.Kind != ClauseKind.MustHold)
                continue;
            foreach (var expression in clause.Locks)
            {
                if (ForbidsSleep(expression, clause.Mode, contract, cache))
                    return (new("may sleep, and", expression.ToString(), cache.ClassOf(expression), Rest: " must be held"), contract.SleepDeclaration, clause.Declaration);
            }
        }

        return null;
    }

    private static bool ForbidsSleep(LockExpression expression, LockMode mode, MethodContract contract, ContractCache cache)
    {
        // Let go before or while it sleeps: do_wp_page, cond_resched_lock.
        if (contract.Clauses.Any(
                clause => clause.Kind is ClauseKind.Drops or ClauseKind.Releases && clause.Locks.Includes(expression)))
        {
            return false;
        }

        if (expression is not ContextExpression context)
            return cache.TypeOf(expression) is { } type && type.Kind.ForbidsSleep(mode);
        return !contract.Switches.Any(
            other => other.Kind switch
            {
                SwitchKind.EnablesIrq or SwitchKind.RestoresIrq => context.Context == ContextKind.Irq,
                SwitchKind.EnablesBh => context.Context == ContextKind.Bh,
                SwitchKind.EnablesPreemption => context.Context == ContextKind.Preempt,
                _ => false,
            });
    }

    private static (ContractMismatch, Location?, Location?)? Interrupts(MethodContract contract)
    {
        var entered = contract.RunsIn switch
        {
            RunContext.Hardirq => ContextKind.Irq,
            RunContext.Softirq => ContextKind.Bh,
            _ => default(ContextKind?),
        };
        if (entered is null)
            return null;
        foreach (var clause in contract.Clauses)
        {
            if (clause.Kind == ClauseKind.MustNotHold && clause.Locks.Any(
                    expression => expression is ContextExpression context
                        && LockExpressionIdentity.Implied(entered.Value).Contains(context.Context)))
            {
                return (new($"is entered in {contract.RunsIn} context, where", clause.Locks[0].ToString(), Rest: " is held"), clause.Declaration, null);
            }
        }

        return null;
    }

    private static (ContractMismatch, Location?, Location?)? References(MethodContract contract)
    {
        foreach (var clause in contract.References)
        {
            if (clause.Kind == RefKind.MustNotHold && contract.References.FirstOrDefault(
                    other => other.Ordinal == clause.Ordinal && other.Kind is RefKind.MustHold or RefKind.Releases) is { } asks)
            {
                return (new("a reference must be owned and must not be"), clause.Declaration ?? asks.Declaration, asks.Declaration);
            }
        }

        return null;
    }
}
