namespace MmLock;

/// <summary>
/// The variable keeps its value while any one of these is held, and is written under all of them held exclusively.
/// </summary>
/// <remarks>
/// <c>page->mem_cgroup</c> is the pattern: page lock, LRU isolation, <c>lock_page_memcg()</c> or a reference that
/// nobody else has, any of them keeps the binding stable.
/// </remarks>
/// <param name="locks">The rights, any one of which keeps the value stable.</param>
public sealed class StableUnderAttribute(params string[] locks) : GuardAttribute(locks)
{
    /// <summary>
    /// Reading needs nothing, but the value is stale from birth: it has to be read again, or compared, under a guard.
    /// </summary>
    public bool Optimistic { get; set; }

    /// <summary>A token that, held alone, allows the write too.</summary>
    public string? Exclusive { get; set; }
}
