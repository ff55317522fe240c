namespace MmLock;

/// <summary>
/// A contract about locks that may depend on the outcome of the call: the shape that its kinds share.
/// </summary>
public abstract class OutcomeLockContractAttribute : OutcomeContractAttribute
{
    private protected OutcomeLockContractAttribute(string[] locks)
        => Locks = locks ?? [];

    /// <summary>The locks meant, as lock expressions; empty means <c>this</c>.</summary>
    public string[] Locks { get; }
}
