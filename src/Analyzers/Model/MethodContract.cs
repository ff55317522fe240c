using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MmLock.Analyzers.Model;

/// <summary>Everything that the attributes, the .NET table or external contracts say about one method.</summary>
internal sealed record MethodContract
{
    /// <summary>A method of which nothing is said.</summary>
    public static MethodContract None { get; } = new();

    public ImmutableArray<ContractClause> Clauses { get; init; } = [];

    public ImmutableArray<SwitchClause> Switches { get; init; } = [];

    public ImmutableArray<RefClause> References { get; init; } = [];

    /// <summary>Says that it may sleep, or waits for readers.</summary>
    public bool MaySleep { get; init; }

    public bool NeverSleeps { get; init; }

    /// <summary>Where sleeping is spoken of last; null in metadata.</summary>
    public Location? SleepDeclaration { get; init; }

    /// <summary>The context it is entered in; null when it says nothing.</summary>
    public RunContext? RunsIn { get; init; }

    /// <summary>The body is trusted. Says nothing about what callers must do.</summary>
    public bool NoAnalysis { get; init; }

    /// <summary>Its role as an RCU accessor.</summary>
    public RcuRole? RcuRole { get; init; }

    /// <summary>The accessor's own flavour; null when it has that of the pointer.</summary>
    public LockExpression? RcuFlavor { get; init; }

    /// <summary>Makes or returns a guard, and so governs what it acquires.</summary>
    public bool MakesGuard { get; init; }

    /// <summary>The <c>Dispose</c> of a guard: releases what the guard still holds.</summary>
    public bool DisposesGuard { get; init; }

    /// <summary>Parameters (by ordinal) whose delegate runs before the call returns.</summary>
    public ImmutableArray<int> InvokedHere { get; init; } = [];

    /// <summary>Parameters whose delegate runs before the call returns, but on other threads (<c>Parallel.For</c>).</summary>
    public ImmutableArray<int> InvokedElsewhere { get; init; } = [];

    /// <summary>The delegate of this call runs when its result is consumed (deferred LINQ).</summary>
    public bool IsDeferred { get; init; }

    /// <summary>Parameters (by ordinal) whose elements are all read before the call returns: deferred LINQ runs here.</summary>
    public ImmutableArray<int> Consumes { get; init; } = [];

    /// <summary>No call comes back.</summary>
    public bool NeverReturns { get; init; }

    /// <summary>Does not return when the parameter (by ordinal) has this boolean value; -1 when not so.</summary>
    public int NeverReturnsIfOrdinal { get; init; } = -1;

    /// <summary>The value that <see cref="NeverReturnsIfOrdinal"/> speaks of.</summary>
    public bool NeverReturnsIfValue { get; init; }

    /// <summary>Expressions that name one lock (<c>[SameLock]</c> on the method).</summary>
    public ImmutableArray<(LockExpression First, LockExpression Second)> SameLocks { get; init; } = [];

    /// <summary>Bears a contract of its own or an inherited one: callers and body are judged by it, nothing is inferred.</summary>
    public bool IsDeclared { get; init; }

    /// <summary>The contract comes from the .NET table or an external contract, not from attributes.</summary>
    public bool IsExternal { get; init; }

    /// <summary>The member that bears the attributes: an inherited contract's base member.</summary>
    public IMethodSymbol? DeclaredOn { get; init; }

    /// <summary>A call can change what is held, or ask for something.</summary>
    public bool HasEffectsOrDemands =>
        Clauses.Length > 0 || Switches.Length > 0 || References.Length > 0 || MakesGuard || DisposesGuard
        || RcuRole is not null || MaySleep || RunsIn is not null || NeverReturns || NeverReturnsIfOrdinal >= 0;
}
