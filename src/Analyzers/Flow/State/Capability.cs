using System;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Flow.State;

/// <summary>
/// What can be held: a lock object (told by value), some lock of a class, or a section of this CPU. Equal by identity of
/// the thing held; what is known about it (type, class, text) is carried along and never compared.
/// </summary>
internal sealed class Capability : IEquatable<Capability>
{
    private Capability(Value? value, LockClass? byClass, ContextKind? context, LockType type, LockClass? lockClass, string text)
    {
        Lock = value;
        ByClass = byClass;
        Context = context;
        Type = type;
        Class = lockClass;
        Text = text;
    }

    /// <summary>The lock object; null for classes and sections.</summary>
    public Value? Lock { get; }

    /// <summary>"Some lock of this class"; null for lock objects and sections.</summary>
    public LockClass? ByClass { get; }

    /// <summary>The predefined section; null for locks.</summary>
    public ContextKind? Context { get; }

    public LockType Type { get; }

    /// <summary>The class for ordering; null where none is known.</summary>
    public LockClass? Class { get; }

    /// <summary>As the user wrote it.</summary>
    public string Text { get; }

    /// <summary>A lock of .NET without any annotation: judged with mercy.</summary>
    public bool IsPlain { get; init; }

    /// <summary>One element out of many (<c>Stripes[*]</c>).</summary>
    public bool IsAnyElement { get; init; }

    public static Capability OfLock(Value value, LockType type, LockClass? lockClass, string text, bool isPlain = false) =>
        new(value, null, null, type, lockClass, text) { IsPlain = isPlain };

    public static Capability OfClass(LockClass lockClass, string text) =>
        new(null, lockClass, null, lockClass.Type ?? LockType.NameOnly, lockClass, text);

    public static Capability OfContext(ContextKind context) =>
        new(null, null, context, LockType.Section, null, context.Spell());

    public Capability WithLock(Value value) =>
        new(value, null, null, Type, Class, Text) { IsPlain = IsPlain, IsAnyElement = IsAnyElement };

    public Capability AsAnyElement() => new(Lock, ByClass, Context, Type, Class, Text) { IsPlain = IsPlain, IsAnyElement = true };

    public Capability WithText(string text) =>
        new(Lock, ByClass, Context, Type, Class, text) { IsPlain = IsPlain, IsAnyElement = IsAnyElement };

    public bool Equals(Capability? other) =>
        other is not null
        && ReferenceEquals(Lock, other.Lock)
        && Context == other.Context
        && Equals(ByClass, other.ByClass)
        // Locks that no variable names any more are one heap a class.
        && (Lock?.Kind != ValueKind.Lost || Equals(Class, other.Class));

    public override bool Equals(object? obj) => Equals(obj as Capability);

    public override int GetHashCode() =>
        Lock is not null ? Lock.Id : Context is { } c ? -1 - (int)c : ByClass!.GetHashCode();

    public override string ToString() => Text;
}
