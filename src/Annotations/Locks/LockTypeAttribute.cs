using System;

namespace MmLock;

/// <summary>Instances of this type are locks, contexts or tokens of the given kind.</summary>
/// <param name="kind">What sort of lock it is; everything the analyzer knows of the type follows from this.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
public sealed class LockTypeAttribute(LockKind kind) : Attribute
{
    /// <summary>What sort of lock it is.</summary>
    public LockKind Kind { get; } = kind;

    /// <summary>Its holder may take it again, and releases it as often as it was taken.</summary>
    public bool Reentrant { get; set; }

    /// <summary>
    /// Only the thread that took it may release it, so it must not be held across <c>await</c> or <c>yield</c>. Left
    /// out, the kind decides: every kind is thread-affine but <see cref="LockKind.Bit"/> and
    /// <see cref="LockKind.Token"/>. An async lock says <see langword="false"/>.
    /// </summary>
    public bool ThreadAffine { get; set; } = true;
}
