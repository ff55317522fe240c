using System;

namespace MmLock;

/// <summary>
/// Two expressions that always name one lock, although they reach it on different ways: <c>page->ptl</c> and the lock
/// that <c>pte_lockptr()</c> finds.
/// </summary>
/// <param name="first">One lock expression.</param>
/// <param name="second">Another expression for the same lock.</param>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface |
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property |
    AttributeTargets.Delegate,
    AllowMultiple = true, Inherited = false)]
public sealed class SameLockAttribute(string first, string second) : Attribute
{
    /// <summary>One lock expression.</summary>
    public string First { get; } = first;

    /// <summary>Another expression for the same lock.</summary>
    public string Second { get; } = second;
}
