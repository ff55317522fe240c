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
}

/// <summary>An inferred precondition: what a private member's body needs and does not itself take.</summary>
/// <param name="Locks">What must be held; one of them for <paramref name="AnyOf"/>.</param>
/// <param name="Chain">The callees below the member in which the need arises, outermost first.</param>
/// <param name="Origin">Where the need arises.</param>
internal sealed record Demand(
    DemandKind Kind, ImmutableArray<PortableLock> Locks, LockMode Mode, bool AnyOf, ImmutableArray<IMethodSymbol> Chain, Location Origin)
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

/// <summary>What the callers of a private member have to know.</summary>
internal sealed record MethodSummary(ImmutableArray<Demand> Demands, ImmutableArray<PlainEffect> Effects)
{
    public static MethodSummary Empty { get; } = new([], []);
}
