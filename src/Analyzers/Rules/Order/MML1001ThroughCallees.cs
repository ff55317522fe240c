using System.Linq;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Program;

namespace MmLock.Analyzers.Rules.Order;

/// <summary>
/// A callee takes a lock that the declared order puts outside one that its caller holds. A callee that says what it takes
/// (<c>[MayAcquire]</c>, <c>[Acquires]</c>) is judged at the call by that.
/// </summary>
internal static class MML1001ThroughCallees
{
    public static Finding Of(CallConflict conflict, ContractCache contracts, bool atBuild)
    {
        var inner = conflict.Effect.Lock.Class!;
        var outer = conflict.Held[0].Lock.Class!;
        contracts.Order.MustPrecede(inner, outer, out var declaration);
        return ThroughCallees.Finding(
                atBuild ? Descriptors.LockOrderViolationAtBuild : Descriptors.LockOrderViolation,
                conflict,
                ThroughCallees.Lock(conflict.Effect.Lock),
                ThroughCallees.Locks(conflict.Held),
                contracts.Order.Describe(inner, outer),
                ThroughCallees.Through(conflict.Effect))
            .At(LocationRole.Declaration, declaration);
    }
}
