namespace MmLock;

/// <summary>
/// The variable is read locklessly, by design (<c>READ_ONCE()</c>), and written under all of these locks held
/// exclusively.
/// </summary>
/// <param name="locks">The locks that writing needs.</param>
public sealed class WriteGuardedByAttribute(params string[] locks) : GuardAttribute(locks);
