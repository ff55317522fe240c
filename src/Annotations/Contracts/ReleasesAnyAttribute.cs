namespace MmLock;

/// <summary>
/// Gives up these locks, in whichever mode the caller holds them. With an outcome, only after that one.
/// </summary>
/// <param name="locks">
/// Lock expressions; all of them are meant. None at all means <c>this</c>, on a method of a lock type.
/// </param>
public sealed class ReleasesAnyAttribute(params string[] locks) : OutcomeLockContractAttribute(locks);
