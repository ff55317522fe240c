using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Flow.Summaries;

/// <summary>What kind of thing a private member asks of its callers.</summary>
internal enum DemandKind
{
    /// <summary>Locks or sections: MML2001.</summary>
    Held,
    /// <summary>A reader or the update lock: MML3002.</summary>
    RcuProtection,
    /// <summary>A lock that must not be held: MML2002.</summary>
    NotHeld,
}

/// <summary>An inferred precondition: what a private member's body needs and does not itself take.</summary>
/// <param name="Locks">What must be held; one of them for <paramref name="AnyOf"/>.</param>
/// <param name="Chain">The callees below the member in which the need arises, outermost first.</param>
/// <param name="Origin">Where the need arises.</param>
/// <param name="Declaration">The contract or guard that asks for it; null where it is not in source.</param>
internal sealed record Demand(
    DemandKind Kind, ImmutableArray<PortableLock> Locks, LockMode Mode, bool AnyOf, ImmutableArray<IMethodSymbol> Chain,
    Location Origin, Location? Declaration)
{
    /// <summary>The same need, wherever it arises.</summary>
    public bool Same(Demand other)
    {
        if (Kind != other.Kind || Mode != other.Mode || AnyOf != other.AnyOf || Locks.Length != other.Locks.Length)
            return false;
        for (int i = 0; i < Locks.Length; i++)
        {
            if (Locks[i].Context != other.Locks[i].Context || !Equals(Locks[i].ByClass, other.Locks[i].ByClass)
                || !Equals(Locks[i].Path, other.Locks[i].Path))
            {
                return false;
            }
        }
        return true;
    }
}

/// <summary>What a private member does to a plain .NET lock of its caller's.</summary>
/// <param name="Outcome">The boolean result it depends on; null when it always does.</param>
internal sealed record PlainEffect(PortableLock Lock, LockMode Mode, bool Acquires, bool? Outcome);

/// <summary>A private member returns what it read through an RCU pointer: the caller has it on the caller's own terms.</summary>
/// <param name="Place">The pointer; null where callers cannot name it.</param>
/// <param name="Peeked">It was only peeked at.</param>
internal sealed record ReturnedPointer(PortablePath? Place, PortableLock? Flavor, PortableLock? UpdateLock, bool Peeked);

/// <summary>What the callers of a private member have to know.</summary>
internal sealed record MethodSummary(ImmutableArray<Demand> Demands, ImmutableArray<PlainEffect> Effects)
{
    /// <summary>Readers that every way through it waits for.</summary>
    public ImmutableArray<PortableLock> Waits { get; init; } = [];

    /// <summary>Parameters and captured variables whose object it follows.</summary>
    public ImmutableArray<PortablePath> Follows { get; init; } = [];

    /// <summary>What it returns, where that was read through an RCU pointer on every way out.</summary>
    public ReturnedPointer? Returned { get; init; }

    /// <summary>Callers learn more from this one.</summary>
    public bool Exceeds(MethodSummary? other) =>
        other is null || Demands.Length > other.Demands.Length || Follows.Length > other.Follows.Length;

    /// <summary>The first thing that has to be held; null when nothing has to.</summary>
    public Demand? Requirement
    {
        get
        {
            foreach (var demand in Demands)
            {
                if (demand.Kind != DemandKind.NotHeld)
                    return demand;
            }
            return null;
        }
    }
}
