using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Program;

/// <summary>When do two plain .NET locks of one class nest without harm, though nothing declares their order?</summary>
internal static class NestingExcuses
{
    /// <summary>A collection that is locked itself, and what stands in it: two kinds of lock under one name.</summary>
    public static bool AreWholeAndPart(PortableLock a, PortableLock b) =>
        a.Class?.Declaration is { } member && IsMember(a.Path, member) != IsMember(b.Path, member);

    /// <summary>
    /// All who nest here do so one at a time, under a lock taken before both: one of the program, or one of this very object for
    /// what it finds by itself. What is handed in may be handed in elsewhere too.
    /// </summary>
    public static bool AreBehindGate(PortableLock outer, PortableLock inner, ImmutableArray<HeldLock> held)
    {
        foreach (var one in held)
        {
            if (one.Lock.IsSameObject(outer))
                return false;
            if (one.Mode == LockMode.Exclusive && one.Lock.Context is null && one.Lock.Type.Kind.IsOrdered() && !Equals(one.Lock.Class, inner.Class)
                && one.Lock.Path is { } path
                && (Gates.IsOneObject(path) || path is { Root: PortableRoot.This } && IsFoundHere(outer) && IsFoundHere(inner)))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>
    /// The callee reaches the lock through another object's reference back to an object of the holder's own type (child to parent,
    /// block to pool), or finds the object by itself. Far more often than not it is the one whose lock is held, and a monitor may
    /// be taken again: neither is to be claimed.
    /// </summary>
    public static bool MayBeTheSame(PortableLock outer, PortableLock inner)
    {
        if (!inner.Type.Reentrant || inner.Path is not { } path)
            return false;
        if (path.Anchor == LockIdentity.Foreign)
            return true;
        // The lock is the last member; the one before it names its owner.
        int at = path.Members.Length - 2;
        return at >= 0 && outer.Path is { Members.Length: 1 } && IsBackReference(path.Members[at], path.Members[at + 1]);
    }

    /// <summary>Two locks of one type, the inner one reached back through another object: in doubt they are locks of one object.</summary>
    public static bool MayBelongToTheSame(PortableLock outer, PortableLock inner) =>
        outer is { IsPlain: true, Path.Members: { Length: > 0 } mine } && inner is { IsPlain: true, Path.Members: { Length: > 1 } theirs }
        && SymbolEqualityComparer.Default.Equals(mine[mine.Length - 1].ContainingType, theirs[theirs.Length - 1].ContainingType)
        && IsBackReference(theirs[theirs.Length - 2], theirs[theirs.Length - 1]);

    private static bool IsBackReference(ISymbol way, ISymbol member) =>
        way.ContainingType is { } from && member.ContainingType is { } owner
        && !SymbolEqualityComparer.Default.Equals(from.OriginalDefinition, owner.OriginalDefinition);

    private static bool IsFoundHere(PortableLock one) => one.Path is { Root: PortableRoot.This or PortableRoot.Opaque };

    private static bool IsMember(PortablePath? path, ISymbol member)
    {
        if (path is null)
            return false;
        var last = path.Members.IsEmpty ? path.Root == PortableRoot.Static ? path.Anchor as ISymbol : null : path.Members[path.Members.Length - 1];
        return SymbolEqualityComparer.Default.Equals(last?.OriginalDefinition, member.OriginalDefinition);
    }
}
