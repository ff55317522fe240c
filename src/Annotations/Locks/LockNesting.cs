namespace MmLock;

/// <summary>
/// Whether several locks of one class may be held at once; the kernel says it with a lockdep subclass
/// (<c>spin_lock_nested</c>).
/// </summary>
public enum LockNesting
{
    /// <summary>They may not: two locks of the class in one task can deadlock.</summary>
    None,

    /// <summary>They may, in an order that every path keeps: parent before child, by address, by subclass.</summary>
    Ordered,
}
