namespace MmLock;

/// <summary>
/// Gives up these locks, which the caller holds exclusively: <c>__releases</c>. With an outcome, only after that one.
/// </summary>
/// <param name="locks">
/// Lock expressions; all of them are meant. None at all means <c>this</c>, on a method of a lock type.
/// </param>
public sealed class ReleasesAttribute(params string[] locks) : OutcomeLockContractAttribute(locks);
