using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Flow.Summaries;

/// <summary>Where a portable path begins.</summary>
internal enum PortableRoot
{
    /// <summary>The receiver of the body.</summary>
    This,
    /// <summary>A parameter of the body: <see cref="PortablePath.Anchor"/> is its boxed ordinal.</summary>
    Parameter,
    /// <summary>A variable of an enclosing body: the anchor is its symbol.</summary>
    Captured,
    /// <summary>A static member: the anchor is its symbol.</summary>
    Static,
    /// <summary>A type object: the anchor is the type.</summary>
    TypeObject,
    /// <summary>Something of the body's own, told apart by its anchor and comparable within the body only.</summary>
    Opaque,
}

/// <summary>
/// A value that outlives its body: a root that callers can put an argument for, and the members walked from it. Holds no
/// operation, so that a record keeps no syntax alive. Equal by root and members.
/// </summary>
internal sealed class PortablePath : IEquatable<PortablePath>
{
    public PortablePath(PortableRoot root, object? anchor, ImmutableArray<ISymbol> members)
    {
        Root = root;
        Anchor = anchor;
        Members = members;
    }

    public PortableRoot Root { get; }

    public object? Anchor { get; }

    /// <summary>Fields and properties, outermost object first.</summary>
    public ImmutableArray<ISymbol> Members { get; }

    /// <summary>Callers can name it.</summary>
    public bool IsNameable => Root != PortableRoot.Opaque;

    /// <summary>One object in the whole program.</summary>
    public bool IsOneObject => Root is PortableRoot.Static or PortableRoot.TypeObject && Members.IsEmpty;

    /// <summary>The same members walked from another root.</summary>
    public PortablePath From(PortablePath root) => new(root.Root, root.Anchor, root.Members.AddRange(Members));

    public bool Equals(PortablePath? other)
    {
        if (other is null || Root != other.Root || Members.Length != other.Members.Length || !SameAnchor(Anchor, other.Anchor))
            return false;
        for (int i = 0; i < Members.Length; i++)
        {
            if (!SymbolEqualityComparer.Default.Equals(Members[i], other.Members[i]))
                return false;
        }
        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as PortablePath);

    public override int GetHashCode()
    {
        int hash = (int)Root * 31 + (Anchor is ISymbol symbol ? SymbolEqualityComparer.Default.GetHashCode(symbol) : Anchor?.GetHashCode() ?? 0);
        foreach (var member in Members)
            hash = unchecked(hash * 31 + SymbolEqualityComparer.Default.GetHashCode(member));
        return hash;
    }

    /// <summary>The portable form of a value; opaque roots are told apart by <paramref name="opaque"/>.</summary>
    public static PortablePath Of(Value value, Func<Value, object> opaque)
    {
        var members = new Stack<ISymbol>();
        var at = value;
        while (at.Kind == ValueKind.Member)
        {
            members.Push(at.Symbol!);
            at = at.First!;
        }
        var walked = members.Count == 0 ? [] : ImmutableArray.CreateRange(members);
        return at.Kind switch
        {
            ValueKind.This => new PortablePath(PortableRoot.This, null, walked),
            ValueKind.Parameter when at.Data is IParameterSymbol parameter => new PortablePath(PortableRoot.Parameter, parameter.Ordinal, walked),
            ValueKind.Captured => new PortablePath(PortableRoot.Captured, at.Symbol, walked),
            ValueKind.Static => new PortablePath(PortableRoot.Static, at.Symbol, walked),
            ValueKind.TypeObject => new PortablePath(PortableRoot.TypeObject, at.Data, walked),
            _ => new PortablePath(PortableRoot.Opaque, opaque(at), walked),
        };
    }

    private static bool SameAnchor(object? a, object? b) =>
        a is ISymbol x && b is ISymbol y ? SymbolEqualityComparer.Default.Equals(x, y) : Equals(a, b);
}

/// <summary>A capability in portable form.</summary>
/// <param name="Path">The lock object; null for classes and sections.</param>
/// <param name="ByClass">Some lock of this class.</param>
/// <param name="Context">A section.</param>
internal sealed record PortableLock(
    PortablePath? Path, LockClass? ByClass, ContextKind? Context, LockType Type, LockClass? Class, string Text, bool IsPlain)
{
    /// <summary>The portable form of a capability.</summary>
    public static PortableLock Of(Capability capability, Func<Value, object> opaque) => new(
        capability.Lock is null ? null : PortablePath.Of(capability.Lock, opaque),
        capability.ByClass, capability.Context, capability.Type, capability.Class, capability.Text, capability.IsPlain);

    /// <summary>Callers can name it.</summary>
    public bool IsNameable => Path is null || Path.IsNameable;

    /// <summary>The same lock object for sure.</summary>
    public bool IsSameObject(PortableLock other) => Path is not null && Path.Equals(other.Path);
}
