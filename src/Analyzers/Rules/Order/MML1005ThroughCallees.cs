using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Program;

namespace MmLock.Analyzers.Rules.Order;

/// <summary>A callee takes a lock whose class the hierarchy names and does not order with one held. Off by default, live only.</summary>
internal static class MML1005ThroughCallees
{
    public static Finding Of(CallConflict conflict) => ThroughCallees.Finding(
        Descriptors.UndeclaredOrder,
        conflict,
        ThroughCallees.Lock(conflict.Effect.Lock),
        ThroughCallees.Locks(conflict.Held),
        ThroughCallees.Through(conflict.Effect));
}
