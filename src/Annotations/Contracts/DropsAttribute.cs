namespace MmLock;

/// <summary>
/// The caller holds these locks before and after, but they were let go in between, so that what was read under them
/// before is stale. <c>cond_resched_lock()</c> does it.
/// </summary>
/// <param name="locks">
/// Lock expressions; all of them are meant. None at all means <c>this</c>, on a method of a lock type.
/// </param>
public sealed class DropsAttribute(params string[] locks) : LockContractAttribute(locks);
