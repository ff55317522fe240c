using System;

namespace MmLock;

/// <summary>A contract about locks, unconditional: the shape that its kinds share.</summary>
/// <remarks>
/// Several of one kind on one member add up. Overrides and implementations without a contract of their own inherit
/// it, which is the analyzer's affair and not reflection's.
/// </remarks>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property | AttributeTargets.Delegate,
    AllowMultiple = true, Inherited = false)]
public abstract class LockContractAttribute : Attribute
{
    private protected LockContractAttribute(string[] locks)
        => Locks = locks ?? [];

    /// <summary>The locks meant, as lock expressions; empty means <c>this</c>.</summary>
    public string[] Locks { get; }
}
