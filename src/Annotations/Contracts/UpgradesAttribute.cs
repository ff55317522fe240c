namespace MmLock;

/// <summary>Turns these locks from shared to exclusive without letting go.</summary>
/// <param name="locks">
/// Lock expressions; all of them are meant. None at all means <c>this</c>, on a method of a lock type.
/// </param>
public sealed class UpgradesAttribute(params string[] locks) : LockContractAttribute(locks);
