using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Program;

/// <summary>
/// A lock that a method holds where it takes another, and of one of which only its callers know what it is:
/// <c>void Pair(Spin x, Spin y)</c>.
/// </summary>
/// <param name="AreClassesJudged">Both classes are known further below; only whether it is one object is still open.</param>
internal sealed record HeldInside(HeldLock Held, bool AreClassesJudged)
{
    /// <summary>What the callers have to judge where a body takes a lock itself.</summary>
    public static ImmutableArray<HeldInside> Of(AcquireRecord taken)
    {
        if (taken.IsTry || taken.Before.Held.IsEmpty)
            return [];
        var inside = ImmutableArray<HeldInside>.Empty;
        foreach (var held in taken.Before.Held)
        {
            // What is held on entry is held by the caller, and judged there anyway.
            if (held.Site is not null && IsOpen(held.Lock, taken.Lock))
                inside = inside.Add(new HeldInside(held, AreKnown(held.Lock, taken.Lock)));
        }
        return inside;
    }

    /// <summary>Some body leaves something to its callers.</summary>
    public static bool IsLeftBy(BodyRecord body)
    {
        foreach (var taken in body.Acquires)
        {
            if (!Of(taken).IsEmpty)
                return true;
        }
        return false;
    }

    public static bool AreKnown(PortableLock outer, PortableLock inner) => outer.Class is not null && inner.Class is not null;

    /// <summary>A caller may find out more: which class a parameter has, or that two of them are one object.</summary>
    public static bool IsOpen(PortableLock outer, PortableLock inner)
    {
        if (outer.Path is not { } first || inner.Path is not { } second || !outer.Type.Kind.IsOrdered() || !inner.Type.Kind.IsOrdered())
            return false;
        bool isFirst = IsVariable(first), isSecond = IsVariable(second);
        if (!isFirst && !isSecond || LockIdentity.IsSame(outer, inner))
            return false;
        if ((outer.Class is not null || isFirst) && (inner.Class is not null || isSecond) && !AreKnown(outer, inner))
            return true;
        return MayBeOne(first, second);
    }

    private static bool IsVariable(PortablePath path) => path.Root is PortableRoot.Parameter or PortableRoot.Captured;

    // Two ways that end in different members lead to two locks, whatever is put in.
    private static bool MayBeOne(PortablePath a, PortablePath b) =>
        a.Members.IsEmpty || b.Members.IsEmpty
        || SymbolEqualityComparer.Default.Equals(
            a.Members[a.Members.Length - 1].OriginalDefinition, b.Members[b.Members.Length - 1].OriginalDefinition);
}
