namespace MmLock;

/// <summary>
/// Takes these locks shared if the outcome is <see cref="OutcomeContractAttribute.On"/>, and not otherwise:
/// <c>down_read_trylock()</c>.
/// </summary>
/// <param name="locks">
/// Lock expressions; all of them are meant. None at all means <c>this</c>, on a method of a lock type.
/// </param>
public sealed class TryAcquiresSharedAttribute(params string[] locks) : OutcomeLockContractAttribute(locks)
{
    /// <summary>
    /// It waits before it may fail (<c>mutex_lock_killable()</c>), so that the rules of order and sleeping apply to
    /// it.
    /// </summary>
    public bool Waits { get; set; }
}
