using System;

namespace MmLock;

/// <summary>
/// The guard made here answers for these locks from now on without taking them: held if they were held (adopt), not
/// held if they were not (defer).
/// </summary>
/// <param name="locks">The locks that the guard governs.</param>
[AttributeUsage(
    AttributeTargets.Constructor | AttributeTargets.Method | AttributeTargets.Property,
    AllowMultiple = true, Inherited = false)]
public sealed class GovernsAttribute(params string[] locks) : Attribute
{
    /// <summary>The locks that the guard governs, as lock expressions.</summary>
    public string[] Locks { get; } = locks ?? [];
}
