using System;

namespace MmLock;

/// <summary>
/// An RCU pointer, the kernel's <c>__rcu</c>: it is read and written through accessors only, inside a reader of its
/// flavour or under its update lock.
/// </summary>
/// <param name="flavor">The flavour of its readers: a context, or the lock expression of an SRCU domain.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, Inherited = false)]
public sealed class RcuGuardedAttribute(string flavor = Contexts.Rcu) : Attribute
{
    /// <summary>The flavour of its readers.</summary>
    public string Flavor { get; } = flavor;

    /// <summary>The lock that serializes its writers, as a lock expression.</summary>
    public string? UpdateLock { get; set; }
}
