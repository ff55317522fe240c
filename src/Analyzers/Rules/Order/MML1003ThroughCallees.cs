using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Program;

namespace MmLock.Analyzers.Rules.Order;

/// <summary>
/// A callee takes a lock of another object of the class that its caller holds, and nothing orders the two. Two spinning
/// readers never wait for each other and are fine.
/// </summary>
internal static class MML1003ThroughCallees
{
    public static Finding Of(CallConflict conflict, bool atBuild) => ThroughCallees.Finding(
            atBuild ? Descriptors.UnorderedNestingAtBuild : Descriptors.UnorderedNesting,
            conflict,
            ThroughCallees.Lock(conflict.Effect.Lock),
            ThroughCallees.Locks(conflict.Held),
            ThroughCallees.Through(conflict.Effect))
        .At(LocationRole.Declaration, PlaceOf.Declaration(conflict.Effect.Lock.Class));
}
