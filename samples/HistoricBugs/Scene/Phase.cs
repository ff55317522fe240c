using MmLock;

namespace HistoricBugs;

/// <summary>
/// A step that was taken, or a duty that is open: "the TLB is flushed", "rmaps are still to be removed". Nobody waits for
/// it, it has no place in the order; a function demands it, ends it, or must not be called while it lasts.
/// </summary>
[LockType(LockKind.Token)]
public sealed class Phase;
