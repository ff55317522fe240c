namespace MmLock;

/// <summary>
/// Waits until every reader of the flavour that runs now has ended: <c>synchronize_rcu()</c>,
/// <c>synchronize_srcu(domain)</c>. A reader that calls it waits for itself. It may sleep.
/// </summary>
/// <param name="flavors">The flavours waited for: contexts, or lock expressions of SRCU domains.</param>
public sealed class WaitsForReadersAttribute(params string[] flavors) : LockContractAttribute(flavors);
