using System;

namespace MmLock;

/// <summary>
/// Runs in this context. In the body <see cref="ExecutionContext.Softirq"/> means that bottom halves are off and
/// <see cref="ExecutionContext.Hardirq"/> that interrupts are; callers of other contexts are at fault.
/// </summary>
/// <param name="context">The context in which it runs.</param>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property |
    AttributeTargets.Delegate,
    AllowMultiple = true, Inherited = false)]
public sealed class RunsInAttribute(ExecutionContext context) : Attribute
{
    /// <summary>The context in which it runs.</summary>
    public ExecutionContext Context { get; } = context;
}
