using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Program;

/// <summary>Why sleeping is forbidden.</summary>
/// <param name="Lock">The lock or section that forbids it; null where the body itself promises not to sleep.</param>
/// <param name="Site">Where that began.</param>
internal sealed record AtomicReason(PortableLock? Lock, Location? Site);

/// <summary>Why may a call not sleep, when its callee has let go by then what it lets go?</summary>
internal static class AtomicState
{
    /// <summary>Null when sleeping is allowed, or may be.</summary>
    public static AtomicReason? Of(BodyRecord body, HeldSnapshot at, ImmutableArray<PortableLock> released)
    {
        if (at.Atomic is { } reason && (released.IsEmpty || Remains(reason, at, released)))
            return new AtomicReason(reason, at.AtomicSite);
        foreach (var one in BodyIndex.Remaining(at.Held, released))
        {
            if (Forbids(one))
                return new AtomicReason(one.Lock, one.Site);
        }
        return body.NeverSleeps ? new AtomicReason(null, null) : null;
    }

    private static bool Remains(PortableLock reason, HeldSnapshot at, ImmutableArray<PortableLock> released)
    {
        foreach (var one in released)
        {
            if (LockIdentity.Covers(one, reason))
                return false;
        }
        if (reason.Context is not (ContextKind.Irq or ContextKind.Bh or ContextKind.Preempt))
            return true;
        // Interrupts that went off with a lock come on with it: what goes with a spinlock that is let go is let go too.
        foreach (var one in at.Held)
        {
            if (one.Lock.Context is null && Forbids(one))
                return BodyIndex.Remaining([one], released).Length == 1;
        }
        return true;
    }

    private static bool Forbids(HeldLock one) => one.Lock.Type.Kind.ForbidsSleep(one.Mode);
}
