using System;
using Microsoft.CodeAnalysis;

namespace MmLock.Analyzers.Model;

/// <summary>Whether instances of one class may nest; mirrors <c>MmLock.LockNesting</c>.</summary>
internal enum LockNesting
{
    /// <summary>Two instances never nest.</summary>
    None,
    /// <summary>They nest in an order known to the model: parent before child, by address.</summary>
    Ordered,
}

/// <summary>Which interrupts take a class, weakest first; mirrors <c>MmLock.IrqContext</c>.</summary>
internal enum IrqContext
{
    /// <summary>No interrupt takes it.</summary>
    None,
    /// <summary>Soft interrupts take it.</summary>
    Softirq,
    /// <summary>Hard interrupts take it.</summary>
    Hardirq,
}

/// <summary>Lockdep's class: the identity of a lock for ordering. Equal by <see cref="Id"/> alone.</summary>
internal sealed class LockClass : IEquatable<LockClass>
{
    public LockClass(
        string id, string display, bool isNamed = false, LockNesting nesting = LockNesting.None,
        IrqContext takenIn = IrqContext.None, ISymbol? declaration = null, LockType? type = null)
    {
        Id = id;
        Display = display;
        IsNamed = isNamed;
        Nesting = nesting;
        TakenIn = takenIn;
        Declaration = declaration;
        Type = type;
    }

    /// <summary>The name given by <c>[LockClass]</c>, or the declaring symbol spelled with its namespace.</summary>
    public string Id { get; }

    /// <summary>The name that messages show: the given name, or <c>Type.Member</c>.</summary>
    public string Display { get; }

    /// <summary>Named by an attribute rather than by its declaration.</summary>
    public bool IsNamed { get; }

    public LockNesting Nesting { get; }

    public IrqContext TakenIn { get; }

    /// <summary>The field, property, parameter or type that declares it; null for a name without a lock.</summary>
    public ISymbol? Declaration { get; }

    /// <summary>What its locks are, where known.</summary>
    public LockType? Type { get; }

    public bool Equals(LockClass? other) => other is not null && Id == other.Id;

    public override bool Equals(object? obj) => Equals(obj as LockClass);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Id);

    public override string ToString() => Display;
}
