namespace MmLock;

/// <summary>
/// What the reference leads to is guarded, as by <see cref="GuardedByAttribute"/>; the reference itself is not. The
/// kernel's <c>__pt_guarded_by</c>.
/// </summary>
/// <param name="locks">The locks that guard the members and elements.</param>
public sealed class PointeeGuardedByAttribute(params string[] locks) : GuardAttribute(locks);
