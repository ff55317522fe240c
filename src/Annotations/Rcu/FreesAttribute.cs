using System;

namespace MmLock;

/// <summary>
/// Frees the object at once (<c>kfree()</c>): what readers can still reach must not come here before a grace period
/// has passed.
/// </summary>
/// <param name="objects">The objects freed.</param>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property |
    AttributeTargets.Delegate,
    AllowMultiple = true, Inherited = false)]
public sealed class FreesAttribute(params string[] objects) : Attribute
{
    /// <summary>The objects freed, as expressions of parameters and members.</summary>
    public string[] Objects { get; } = objects ?? [];
}
