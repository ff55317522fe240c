namespace MmLock;

/// <summary>
/// The variable is read under all of these locks, shared being enough, and written under all of them held
/// exclusively: the kernel's <c>__guarded_by</c>.
/// </summary>
/// <param name="locks">The locks that guard it.</param>
public sealed class GuardedByAttribute(params string[] locks) : GuardAttribute(locks);
