namespace MmLock;

/// <summary>
/// Takes these locks exclusively: the caller must not hold them before, and holds them after. The kernel's
/// <c>__acquires</c>.
/// </summary>
/// <param name="locks">
/// Lock expressions; all of them are meant. None at all means <c>this</c>, on a method of a lock type.
/// </param>
public sealed class AcquiresAttribute(params string[] locks) : LockContractAttribute(locks);
