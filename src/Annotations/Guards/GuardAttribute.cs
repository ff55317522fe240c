using System;

namespace MmLock;

/// <summary>A guard of data: the shape that its kinds share. On a type it covers every mutable field of it.</summary>
[AttributeUsage(
    AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Struct,
    AllowMultiple = true, Inherited = false)]
public abstract class GuardAttribute : Attribute
{
    private protected GuardAttribute(string[] locks)
        => Locks = locks ?? [];

    /// <summary>The locks that guard, as lock expressions.</summary>
    public string[] Locks { get; }
}
