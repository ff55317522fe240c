using System;

namespace MmLock;

/// <summary>
/// Frees the object once every reader that runs now has ended: <c>call_rcu()</c>, <c>kfree_rcu()</c>.
/// </summary>
/// <param name="objects">The objects freed.</param>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property |
    AttributeTargets.Delegate,
    AllowMultiple = true, Inherited = false)]
public sealed class FreesAfterGracePeriodAttribute(params string[] objects) : Attribute
{
    /// <summary>The objects freed, as expressions of parameters and members.</summary>
    public string[] Objects { get; } = objects ?? [];
}
