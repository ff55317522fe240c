namespace MmLock;

/// <summary>
/// From the call on these locks are held, shared at least, or the program has stopped:
/// <c>lockdep_assert_held_read()</c>.
/// </summary>
/// <param name="locks">
/// Lock expressions; all of them are meant. None at all means <c>this</c>, on a method of a lock type.
/// </param>
public sealed class AssertsHeldSharedAttribute(params string[] locks) : LockContractAttribute(locks);
