namespace MmLock;

/// <summary>Turns these locks from exclusive to shared without letting go: <c>downgrade_write()</c>.</summary>
/// <param name="locks">
/// Lock expressions; all of them are meant. None at all means <c>this</c>, on a method of a lock type.
/// </param>
public sealed class DowngradesAttribute(params string[] locks) : LockContractAttribute(locks);
