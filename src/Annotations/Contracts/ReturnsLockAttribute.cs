using System;

namespace MmLock;

/// <summary>
/// The result is another name of the lock: <c>pte_lockptr()</c>, <c>i_mmap_rwsem</c> look-ups. Locking the result is
/// locking it.
/// </summary>
/// <param name="lockExpression">The lock that the result is.</param>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property |
    AttributeTargets.Delegate,
    AllowMultiple = true, Inherited = false)]
public sealed class ReturnsLockAttribute(string lockExpression) : Attribute
{
    /// <summary>The lock that the result is, as a lock expression.</summary>
    public string LockExpression { get; } = lockExpression;
}
