using System;

namespace MmLock;

/// <summary>
/// One declared edge of the order: this lock is taken inside the ones named; where both are wanted, it is taken
/// second. Lockdep would learn the same edge by watching.
/// </summary>
/// <param name="locks">Lock expressions or class names (<c>@name</c>).</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class AcquiredAfterAttribute(params string[] locks) : Attribute
{
    /// <summary>The other ends of the edges, as lock expressions or class names.</summary>
    public string[] Locks { get; } = locks ?? [];
}
