namespace MmLock;

/// <summary>
/// Takes these locks shared: the caller must not hold them before, and holds them after. The kernel's
/// <c>__acquires_shared</c>.
/// </summary>
/// <param name="locks">
/// Lock expressions; all of them are meant. None at all means <c>this</c>, on a method of a lock type.
/// </param>
public sealed class AcquiresSharedAttribute(params string[] locks) : LockContractAttribute(locks);
