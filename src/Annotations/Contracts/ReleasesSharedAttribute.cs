namespace MmLock;

/// <summary>
/// Gives up these locks, which the caller holds shared: <c>up_read()</c>, <c>__releases_shared</c>. With an outcome,
/// only after that one.
/// </summary>
/// <param name="locks">
/// Lock expressions; all of them are meant. None at all means <c>this</c>, on a method of a lock type.
/// </param>
public sealed class ReleasesSharedAttribute(params string[] locks) : OutcomeLockContractAttribute(locks);
