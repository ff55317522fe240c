namespace MmLock;

/// <summary>
/// May take these locks meanwhile and holds none of them afterwards: order and double acquire are checked at the call
/// as if it took them there: <c>might_lock()</c>.
/// </summary>
/// <remarks>
/// With <c>"@reclaim"</c> on allocations that may sleep it says what <c>fs_reclaim_acquire()</c> tells lockdep.
/// </remarks>
/// <param name="locks">
/// Lock expressions; all of them are meant. None at all means <c>this</c>, on a method of a lock type.
/// </param>
public sealed class MayAcquireAttribute(params string[] locks) : LockContractAttribute(locks);
