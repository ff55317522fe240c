using System;

namespace MmLock;

/// <summary>
/// This method accesses the RCU pointer that its first parameter names, by <c>ref</c> or through the object that has
/// it.
/// </summary>
/// <param name="role">What it does with the pointer.</param>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property |
    AttributeTargets.Delegate,
    AllowMultiple = true, Inherited = false)]
public sealed class RcuAccessorAttribute(RcuRole role) : Attribute
{
    /// <summary>What it does with the pointer.</summary>
    public RcuRole Role { get; } = role;

    /// <summary>
    /// The flavour of reader it asks for (<c>rcu_dereference_bh()</c>, <c>srcu_dereference()</c>). Left out, that of
    /// the pointer it is given.
    /// </summary>
    public string? Flavor { get; set; }
}
