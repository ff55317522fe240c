namespace MmLock;

/// <summary>
/// From the call on these locks are held exclusively, or the program has stopped: <c>lockdep_assert_held()</c>,
/// <c>VM_BUG_ON_PAGE(!PageLocked(page), page)</c>.
/// </summary>
/// <param name="locks">
/// Lock expressions; all of them are meant. None at all means <c>this</c>, on a method of a lock type.
/// </param>
public sealed class AssertsHeldAttribute(params string[] locks) : LockContractAttribute(locks);
