namespace MmLock;

/// <summary>
/// The caller must hold these locks exclusively, and holds them still afterwards: <c>__must_hold</c>,
/// <c>lockdep_assert_held_write()</c>.
/// </summary>
/// <param name="locks">
/// Lock expressions; all of them are meant. None at all means <c>this</c>, on a method of a lock type.
/// </param>
public sealed class MustHoldAttribute(params string[] locks) : LockContractAttribute(locks);
