using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Contracts;

/// <summary>Does one contract stand in for another? Overrides, implementations and delegate conversions ask this.</summary>
/// <remarks>A caller reads the declared contract: it must be allowed all that it allows, and get all that it promises. What a
/// member may sleep or take inside is a demand only against a declaration that speaks of it: most say nothing.</remarks>
internal sealed class ContractCompatibility(ContractCache cache)
{
    /// <summary>What the derived contract demands beyond the declared one, or promises short of it; null when it stands in.</summary>
    public ContractMismatch? WhyNot(MethodContract derived, MethodContract declared) =>
        Requirements(derived, declared) ?? Exclusions(derived, declared) ?? Effects(derived, declared)
        ?? Sleeping(derived, declared) ?? Switches(derived, declared) ?? References(derived, declared);

    /// <summary>What the derived contract promises short of the declared one; what it demands is judged where it runs.</summary>
    public ContractMismatch? PromisesLess(MethodContract derived, MethodContract declared) => Effects(derived, declared);

    private ContractMismatch? Requirements(MethodContract derived, MethodContract declared)
    {
        foreach (var clause in derived.Clauses)
        {
            switch (clause.Kind)
            {
                case ClauseKind.MustHold or ClauseKind.Drops:
                    foreach (var expression in clause.Locks)
                    {
                        if (!IsHeld(expression, clause.Mode, declared))
                            return About("demands", expression, clause.Mode);
                    }

                    break;
                case ClauseKind.MustHoldAny:
                    if (!clause.Locks.Any(expression => IsHeld(expression, LockMode.Shared, declared))
                        && !declared.Clauses.Any(
                            other => other.Kind == ClauseKind.MustHoldAny && other.Locks.All(expression => clause.Locks.Includes(expression))))
                    {
                        return new ContractMismatch(
                            $"demands one of {string.Join(", ", clause.Locks.Select(static expression => $"'{expression}'"))}");
                    }

                    break;
            }
        }

        return null;
    }

    /// <summary>The declared contract makes every caller hold it.</summary>
    private bool IsHeld(LockExpression wanted, LockMode mode, MethodContract declared)
    {
        foreach (var clause in declared.Clauses)
        {
            var holds = clause.Kind switch
            {
                ClauseKind.MustHold or ClauseKind.Drops or ClauseKind.Releases => clause.Mode,
                ClauseKind.Downgrades => LockMode.Exclusive,
                ClauseKind.Upgrades => LockMode.Shared,
                ClauseKind.MustHoldAny when clause.Locks.Length == 1 => LockMode.Shared,
                _ => default(LockMode?),
            };
            if (holds is null)
                continue;
            foreach (var expression in clause.Locks)
            {
                if (wanted is ContextExpression context
                    ? expression is ContextExpression held && LockExpressionIdentity.Implied(held.Context).Contains(context.Context)
                    : (holds >= mode || HasOneMode(wanted)) && IsPartOf(expression, wanted))
                {
                    return true;
                }
            }
        }

        return wanted is ContextExpression entered && declared.RunsIn switch
        {
            RunContext.Hardirq => LockExpressionIdentity.Implied(ContextKind.Irq).Contains(entered.Context),
            RunContext.Softirq => LockExpressionIdentity.Implied(ContextKind.Bh).Contains(entered.Context),
            _ => false,
        };
    }

    private ContractMismatch? Exclusions(MethodContract derived, MethodContract declared)
    {
        foreach (var clause in derived.Clauses)
        {
            if (clause.Kind != ClauseKind.MustNotHold)
                continue;
            foreach (var expression in clause.Locks)
            {
                if (!declared.Clauses.Any(
                        other => other.Kind is ClauseKind.MustNotHold or ClauseKind.Acquires or ClauseKind.MayAcquire
                            or ClauseKind.WaitsForReaders && other.Locks.Any(theirs => IsPartOf(expression, theirs))))
                {
                    return About("demands that", expression, LockMode.Exclusive, " is not held");
                }
            }
        }

        // A list of what may be taken is a promise that nothing else is.
        if (!declared.Clauses.Any(static clause => clause.Kind == ClauseKind.MayAcquire))
            return null;
        foreach (var clause in derived.Clauses)
        {
            if (clause.Kind != ClauseKind.MayAcquire)
                continue;
            foreach (var expression in clause.Locks)
            {
                if (!declared.Clauses.Any(
                        other => other.Kind is ClauseKind.MayAcquire or ClauseKind.Acquires
                            && other.Locks.Any(theirs => IsPartOf(expression, theirs) || IsPartOf(theirs, expression))))
                {
                    return About("may take", expression, LockMode.Exclusive);
                }
            }
        }

        return null;
    }

    private ContractMismatch? Effects(MethodContract derived, MethodContract declared) =>
        First(derived, declared, ClauseKind.Acquires, "takes")
        ?? First(declared, derived, ClauseKind.Acquires, "does not take")
        ?? First(derived, declared, ClauseKind.Releases, "releases")
        ?? First(declared, derived, ClauseKind.Releases, "does not release", isDerived: false)
        ?? First(derived, declared, ClauseKind.Downgrades, "downgrades")
        ?? First(declared, derived, ClauseKind.Downgrades, "does not downgrade")
        ?? First(derived, declared, ClauseKind.Upgrades, "upgrades")
        ?? First(declared, derived, ClauseKind.Upgrades, "does not upgrade")
        ?? First(derived, declared, ClauseKind.Drops, "lets go of")
        ?? First(declared, derived, ClauseKind.AssertsHeld, "does not assert")
        ?? First(declared, derived, ClauseKind.AssertsNotHeld, "does not assert the absence of")
        ?? First(declared, derived, ClauseKind.ReturnsLock, "does not return");

    /// <summary>The first lock of a kind of clause in one contract that the other has no equal clause for.</summary>
    private ContractMismatch? First(MethodContract has, MethodContract lacks, ClauseKind kind, string verb, bool isDerived = true)
    {
        foreach (var clause in has.Clauses)
        {
            if (clause.Kind != kind)
                continue;
            foreach (var expression in clause.Locks)
            {
                if (!lacks.Clauses.Any(other => other.Kind == kind && other.Locks.Includes(expression)
                        && (isDerived ? SameTerms(clause, other) : SameTerms(other, clause))))
                {
                    return About(
                        verb, expression, clause.Mode,
                        clause.Outcome is null || !lacks.Clauses.Any(other => other.Kind == kind && other.Locks.Includes(expression))
                            ? "" : " on this outcome");
                }
            }
        }

        return null;
    }

    private bool SameTerms(ContractClause derived, ContractClause declared) =>
        Equals(derived.Outcome, declared.Outcome)
        && (derived.Kind is ClauseKind.Drops or ClauseKind.ReturnsLock
            || (derived.Mode == declared.Mode && derived.AnyMode == declared.AnyMode)
            // Who releases in either mode demands less than who releases in one.
            || (derived.Kind == ClauseKind.Releases && derived.AnyMode)
            || (derived.Kind == ClauseKind.Releases && derived.Locks.All(HasOneMode))
            || derived.Locks.All(static expression => expression is ContextExpression));

    /// <summary>Sections and exclusive locks: shared and exclusive are the same there.</summary>
    private bool HasOneMode(LockExpression expression) =>
        expression is ContextExpression || cache.TypeOf(expression) is
            { Kind: not (LockKind.ReaderWriterSpin or LockKind.ReaderWriterSemaphore or LockKind.Sequence) };

    /// <summary>The one lock is the other, or one of the class that the other names.</summary>
    private bool IsPartOf(LockExpression one, LockExpression whole) =>
        LockExpressionIdentity.Same(one, whole) || (whole is ClassExpression named && named.Class.Equals(cache.ClassOf(one)));

    private static ContractMismatch? Sleeping(MethodContract derived, MethodContract declared)
    {
        if (declared.NeverSleeps && !derived.NeverSleeps)
            return new(derived.MaySleep ? "may sleep" : "does not promise never to sleep");
        return declared.RunsIn is { } wanted && derived.RunsIn is { } said && said != wanted && said != RunContext.Any
            ? new($"runs in {said} context only")
            : null;
    }

    private static ContractMismatch? Switches(MethodContract derived, MethodContract declared) =>
        derived.Switches.FirstOrDefault(mine => !declared.Switches.Any(other => SameSwitch(mine, other))) is { } more
            ? new(Words(more.Kind))
            : declared.Switches.FirstOrDefault(theirs => !derived.Switches.Any(other => SameSwitch(theirs, other))) is { } less
                ? new($"does not do what the base does: {Words(less.Kind)}")
                : null;

    private static bool SameSwitch(SwitchClause first, SwitchClause second) =>
        first.Kind == second.Kind && first.FlagsOrdinal == second.FlagsOrdinal && Equals(first.Outcome, second.Outcome);

    private static string Words(SwitchKind kind) => kind switch
    {
        SwitchKind.DisablesIrq => "disables interrupts",
        SwitchKind.EnablesIrq => "enables interrupts",
        SwitchKind.SavesIrq => "saves and disables interrupts",
        SwitchKind.RestoresIrq => "restores interrupts",
        SwitchKind.DisablesPreemption => "disables preemption",
        SwitchKind.EnablesPreemption => "enables preemption",
        SwitchKind.DisablesBh => "disables bottom halves",
        _ => "enables bottom halves",
    };

    private static ContractMismatch? References(MethodContract derived, MethodContract declared)
    {
        foreach (var mine in derived.References)
        {
            var allowed = declared.References.Any(
                other => other.Ordinal == mine.Ordinal
                    && (Equals(other with { Declaration = null }, mine with { Declaration = null })
                        || (mine.Kind == RefKind.MustHold && other.Kind == RefKind.Releases)));
            if (!allowed)
            {
                return new(mine.Kind switch
                {
                    RefKind.MustHold => "demands a reference",
                    RefKind.MustNotHold => "demands that no reference is owned",
                    RefKind.Releases => "gives up a reference",
                    RefKind.Unreferenced => "returns an object without a reference",
                    _ => "takes a reference",
                });
            }
        }

        foreach (var theirs in declared.References)
        {
            if (theirs.Kind is RefKind.Acquires or RefKind.TryAcquires or RefKind.Releases
                && !derived.References.Any(
                    other => Equals(other with { Declaration = null }, theirs with { Declaration = null })))
            {
                return new(theirs.Kind == RefKind.Releases ? "does not give up the reference" : "does not take the reference");
            }
        }

        return null;
    }

    private ContractMismatch About(string verb, LockExpression expression, LockMode mode, string rest = "") =>
        new(verb, expression.ToString(), cache.ClassOf(expression), mode == LockMode.Shared && !HasOneMode(expression), rest);
}
