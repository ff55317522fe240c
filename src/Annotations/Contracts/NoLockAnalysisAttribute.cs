using System;

namespace MmLock;

/// <summary>
/// The contract is trusted and the body is not analysed: the kernel's <c>__no_context_analysis</c>. It is no contract
/// of its own: the member still inherits one.
/// </summary>
/// <param name="reason">Why the analyzer cannot or should not follow it.</param>
[AttributeUsage(
    AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Struct |
    AttributeTargets.Interface | AttributeTargets.Method | AttributeTargets.Constructor |
    AttributeTargets.Property | AttributeTargets.Event | AttributeTargets.Delegate,
    AllowMultiple = true, Inherited = false)]
public sealed class NoLockAnalysisAttribute(string reason) : Attribute
{
    /// <summary>Why the analyzer cannot or should not follow it.</summary>
    public string Reason { get; } = reason;
}
