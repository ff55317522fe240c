using System;

namespace MmLock;

/// <summary>
/// The lock class, lockdep's word: all locks of one class share one place in the order. Without it the class is named
/// <c>Type.Member</c>.
/// </summary>
/// <remarks>
/// On a type it is the class of all its instances that bear no class of their own; on an array or collection of
/// locks, the class of the elements.
/// </remarks>
/// <param name="name">The name of the class, as it stands in the hierarchy.</param>
[AttributeUsage(
    AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Class |
    AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Parameter)]
public sealed class LockClassAttribute(string name) : Attribute
{
    /// <summary>The name of the class.</summary>
    public string Name { get; } = name;

    /// <summary>Whether several locks of the class may be held at once.</summary>
    public LockNesting Nesting { get; set; }

    /// <summary>The interrupt contexts known to take the class.</summary>
    public IrqContext TakenIn { get; set; }
}
