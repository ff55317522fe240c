using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Program;

/// <summary>A lock that keeps others from standing where one stands, told so that it can be compared between bodies.</summary>
/// <param name="Root">The static member or type object; null where it is a lock of the object that both locks belong to.</param>
internal sealed record Gate(ISymbol? Root, ImmutableArray<ISymbol> Members)
{
    /// <summary>One lock in the whole program.</summary>
    public bool IsOneObject => Root is not null;

    public bool Equals(Gate? other)
    {
        if (other is null || Members.Length != other.Members.Length || !SymbolEqualityComparer.Default.Equals(Root, other.Root))
            return false;
        for (int i = 0; i < Members.Length; i++)
        {
            if (!SymbolEqualityComparer.Default.Equals(Members[i].OriginalDefinition, other.Members[i].OriginalDefinition))
                return false;
        }
        return true;
    }

    public override int GetHashCode() => Members.Length + (Root is null ? 0 : SymbolEqualityComparer.Default.GetHashCode(Root));
}

/// <summary>Which locks exclude everybody else from the place where another lock is taken?</summary>
internal static class Gates
{
    /// <summary>
    /// Those that can be gates for a lock taken under them: one object of the program, or locks of the same owner. Only
    /// those held alone keep others out.
    /// </summary>
    public static ImmutableArray<PortableLock> Candidates(
        ImmutableArray<HeldLock> held, PortableLock taken, ImmutableArray<PortableLock> further = default)
    {
        var candidates = ImmutableArray<PortableLock>.Empty;
        foreach (var one in held)
        {
            if (one.Mode == LockMode.Exclusive)
                Consider(one.Lock);
        }
        if (!further.IsDefault)
        {
            foreach (var one in further)
                Consider(one);
        }
        return candidates;

        void Consider(PortableLock one)
        {
            if (!one.Type.Kind.IsOrdered() || one.Path is not { } path
                || !(IsOneObject(path) || SuffixOf(path, Owner(taken.Path)) is not null || NestingExcuses.MayBelongToTheSame(one, taken)))
            {
                return;
            }
            foreach (var known in candidates)
            {
                if (path.Equals(known.Path))
                    return;
            }
            candidates = candidates.Add(one);
        }
    }

    /// <summary>The gates of a step from one lock held to another taken.</summary>
    public static ImmutableArray<Gate> Of(PortableLock outer, PortableLock inner, ImmutableArray<PortableLock> candidates)
    {
        var gates = ImmutableArray<Gate>.Empty;
        var owner = Owner(outer.Path);
        bool sameOwner = owner is not null && (owner.Equals(Owner(inner.Path)) || NestingExcuses.MayBelongToTheSame(outer, inner));
        foreach (var one in candidates)
        {
            if (one.Path is not { } path || path.Equals(outer.Path) || path.Equals(inner.Path))
                continue;
            var gate = IsOneObject(path) ? new Gate((ISymbol)path.Anchor!, path.Members)
                : sameOwner && SuffixOf(path, owner) is { } suffix ? new Gate(null, suffix)
                : null;
            if (gate is not null && !gates.Contains(gate))
                gates = gates.Add(gate);
        }
        return gates;
    }

    /// <summary>
    /// Some two steps of the ring can never be taken at once, so the ring cannot come about. A lock of the owner tells only
    /// neighbours apart: it is one lock for them because they share one of its siblings.
    /// </summary>
    public static bool Exclude(IReadOnlyList<ObservedEdge> ring)
    {
        for (int i = 0; i < ring.Count; i++)
        {
            for (int j = i + 1; j < ring.Count; j++)
            {
                bool areNeighbours = j == i + 1 || i == 0 && j == ring.Count - 1;
                foreach (var gate in ring[i].Gates)
                {
                    if ((gate.IsOneObject || areNeighbours) && ring[j].Gates.Contains(gate))
                        return true;
                }
            }
        }
        return false;
    }

    /// <summary>One object of the whole program, for as long as the program runs.</summary>
    public static bool IsOneObject(PortablePath path)
    {
        if (path.Root is not (PortableRoot.Static or PortableRoot.TypeObject) || path.Anchor is not ISymbol)
            return false;
        if (path.Members.IsEmpty)
            return true;
        // Members walked from a static are one object when nothing on the way can change.
        if (path.Anchor is not IFieldSymbol { IsReadOnly: true })
            return false;
        foreach (var member in path.Members)
        {
            if (member is not IFieldSymbol { IsReadOnly: true })
                return false;
        }
        return true;
    }

    /// <summary>The object that a lock is a member of.</summary>
    private static PortablePath? Owner(PortablePath? path) =>
        path is null || path.Members.IsEmpty || path.Anchor == LockIdentity.Unknown || path.Anchor == LockIdentity.Foreign
            ? null
            : new PortablePath(path.Root, path.Anchor, path.Members.RemoveAt(path.Members.Length - 1));

    /// <summary>The members walked from the owner to a lock; null when it is not reached through the owner.</summary>
    private static ImmutableArray<ISymbol>? SuffixOf(PortablePath path, PortablePath? owner)
    {
        if (owner is null || path.Members.Length < owner.Members.Length)
            return null;
        var prefix = new PortablePath(path.Root, path.Anchor, ImmutableArray.Create(path.Members, 0, owner.Members.Length));
        return prefix.Equals(owner)
            ? ImmutableArray.Create(path.Members, owner.Members.Length, path.Members.Length - owner.Members.Length)
            : null;
    }
}
