using MmLock;

namespace MmKernel;

/// <summary>
/// What every lock of the model has: the name of its class, as in the hierarchy, and a holder for reports.
/// </summary>
/// <param name="lockClass">The lock class, a constant of <see cref="LockClasses"/>.</param>
[NoLockAnalysis("primitive: base of the lock types")]
public abstract class KernelLock(string lockClass)
{
    /// <summary>The lock class.</summary>
    public string ClassName { get; } = lockClass;

    internal volatile TaskStruct? Holder;

    internal abstract LockKind Kind { get; }

    /// <inheritdoc/>
    public override string ToString() => ClassName;
}
