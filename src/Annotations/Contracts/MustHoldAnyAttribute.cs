namespace MmLock;

/// <summary>
/// The caller must hold one of these locks, in any mode. Two such attributes mean one of the first and one of the
/// second.
/// </summary>
/// <param name="locks">
/// Lock expressions; all of them are meant. None at all means <c>this</c>, on a method of a lock type.
/// </param>
public sealed class MustHoldAnyAttribute(params string[] locks) : LockContractAttribute(locks);
