using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Program;

/// <summary>How two locks of one body's terms relate as objects.</summary>
internal enum ObjectRelation
{
    /// <summary>One object for sure.</summary>
    Same,
    /// <summary>Two names that name two values.</summary>
    Other,
    /// <summary>Nobody can tell: neither is to be claimed.</summary>
    Unknown,
}

/// <summary>Do two portable locks name one lock object? And what follows from it?</summary>
internal static class LockIdentity
{
    /// <summary>Stands for objects of a callee's own, seen from its caller: equal to nothing there.</summary>
    public static object Foreign { get; } = new Marker();

    /// <summary>Stands for objects that nothing is known about: may be any.</summary>
    public static object Unknown { get; } = new Marker();

    public static ObjectRelation Relate(PortableLock a, PortableLock b)
    {
        if (a.ByClass is { Declaration: null } name && name.Equals(b.ByClass))
            return ObjectRelation.Same;
        if (a.Path is not { } first || b.Path is not { } second || first.Anchor == Unknown || second.Anchor == Unknown)
            return ObjectRelation.Unknown;
        if (first.Root != second.Root || first.Anchor == Foreign || second.Anchor == Foreign || !SameMembers(first, second))
            return ObjectRelation.Other;
        if (first.Root is PortableRoot.This)
            return ObjectRelation.Same;
        if (first.Anchor is ISymbol x && second.Anchor is ISymbol y)
        {
            if (SymbolEqualityComparer.Default.Equals(x, y))
                return ObjectRelation.Same;
            // A static of two instantiations: two objects, unless the one is still open.
            return SymbolEqualityComparer.Default.Equals(x.OriginalDefinition, y.OriginalDefinition)
                ? ObjectRelation.Unknown
                : ObjectRelation.Other;
        }
        return Equals(first.Anchor, second.Anchor) ? ObjectRelation.Same : ObjectRelation.Other;
    }

    public static bool IsSame(PortableLock a, PortableLock b) => Relate(a, b) == ObjectRelation.Same;

    /// <summary>The release of the one lets the other go: an object, a section, or some lock of one class.</summary>
    public static bool Covers(PortableLock released, PortableLock held) =>
        released.Context is { } context ? held.Context == context
        : released.ByClass is { } byClass ? held.Context is null && byClass.Equals(held.Class)
        : Relate(released, held) switch
        {
            ObjectRelation.Same => true,
            // In doubt it is gone: what is left is what is certainly held.
            ObjectRelation.Unknown => released.Class is { } lockClass && lockClass.Equals(held.Class),
            _ => false,
        };

    /// <summary>Its holder waits for itself when it takes the lock again like this.</summary>
    public static bool IsDoubleAcquire(LockType type, LockMode held, LockMode taken) =>
        !type.Reentrant
        && !type.Kind.AllowsNested(held, taken)
        && !(held == LockMode.Upgradeable && taken != LockMode.Upgradeable);

    /// <summary>Who takes it like this may have to wait for who holds it like that.</summary>
    public static bool Waits(LockKind kind, LockMode taken, LockMode held) => kind switch
    {
        LockKind.ReaderWriterSpin => taken != LockMode.Shared || held != LockMode.Shared,
        // Readers of a sequence lock hold nobody up.
        LockKind.Sequence => held != LockMode.Shared,
        _ => kind.IsWaitedFor(),
    };

    private static bool SameMembers(PortablePath a, PortablePath b)
    {
        if (a.Members.Length != b.Members.Length)
            return false;
        for (int i = 0; i < a.Members.Length; i++)
        {
            if (!SymbolEqualityComparer.Default.Equals(a.Members[i].OriginalDefinition, b.Members[i].OriginalDefinition))
                return false;
        }
        return true;
    }

    private sealed class Marker;
}
