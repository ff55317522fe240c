namespace MmLock;

/// <summary>
/// Takes these locks exclusively if the outcome is <see cref="OutcomeContractAttribute.On"/>, and not otherwise:
/// <c>spin_trylock()</c>, <c>trylock_page()</c>, the kernel's <c>__cond_acquires</c>.
/// </summary>
/// <param name="locks">
/// Lock expressions; all of them are meant. None at all means <c>this</c>, on a method of a lock type.
/// </param>
public sealed class TryAcquiresAttribute(params string[] locks) : OutcomeLockContractAttribute(locks)
{
    /// <summary>
    /// It waits before it may fail (<c>mutex_lock_killable()</c>), so that the rules of order and sleeping apply to
    /// it.
    /// </summary>
    public bool Waits { get; set; }
}
