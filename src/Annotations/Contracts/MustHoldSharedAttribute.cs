namespace MmLock;

/// <summary>
/// The caller must hold these locks, shared at least: <c>__must_hold_shared</c>, <c>lockdep_assert_held_read()</c>.
/// </summary>
/// <param name="locks">
/// Lock expressions; all of them are meant. None at all means <c>this</c>, on a method of a lock type.
/// </param>
public sealed class MustHoldSharedAttribute(params string[] locks) : LockContractAttribute(locks);
