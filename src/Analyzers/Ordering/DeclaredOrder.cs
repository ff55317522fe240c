using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Ordering;

/// <summary>A declaration that contradicts the ones before it.</summary>
internal sealed record OrderCycle(Location Location, string Chain, ImmutableArray<Location> Related);

/// <summary>Which class is declared outside which: the closure over all trees and edges.</summary>
internal sealed class DeclaredOrder
{
    public ImmutableArray<OrderCycle> Cycles => [];

    /// <summary>The outer class is declared outside the inner one, over any number of steps.</summary>
    public bool MustPrecede(LockClass outer, LockClass inner, out Location? declaration)
    {
        declaration = null;
        return false;
    }

    /// <summary>A tree names the class.</summary>
    public bool StandsInHierarchy(LockClass lockClass) => false;

    /// <summary>The shortest chain of declarations, as messages show it.</summary>
    public string Describe(LockClass outer, LockClass inner) => "";
}
