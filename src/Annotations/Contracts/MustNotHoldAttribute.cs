namespace MmLock;

/// <summary>The caller must not hold these locks: <c>lockdep_assert_not_held()</c>.</summary>
/// <param name="locks">
/// Lock expressions; all of them are meant. None at all means <c>this</c>, on a method of a lock type.
/// </param>
public sealed class MustNotHoldAttribute(params string[] locks) : LockContractAttribute(locks);
