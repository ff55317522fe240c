using System;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Program;

namespace MmLock.Analyzers.Rules.Order;

/// <summary>
/// A callee takes a lock that its caller holds, so the task waits for itself. Only for what is surely one object, and not where
/// the callee's <c>[MustNotHold]</c> says the same.
/// </summary>
internal static class MML1004ThroughCallees
{
    public static Finding Of(CallConflict conflict, bool atBuild) => ThroughCallees.Finding(
            atBuild ? Descriptors.DoubleAcquireAtBuild : Descriptors.DoubleAcquire,
            conflict,
            ThroughCallees.Lock(conflict.Effect.Lock),
            LockWording.Adverb(conflict.Effect.Mode),
            LockWording.Adverb(conflict.Held[0].Mode) + OtherName(conflict),
            ThroughCallees.Through(conflict.Effect))
        .With(DiagnosticProperties.Mode, conflict.Effect.Mode.ToString())
        .With(DiagnosticProperties.HeldMode, conflict.Held[0].Mode.ToString());

    /// <summary>Nothing where the one name is the other with the type or object before it.</summary>
    private static string OtherName(CallConflict conflict)
    {
        string held = conflict.Held[0].Lock.Text;
        string taken = conflict.Effect.Lock.Text;
        return ("." + held).EndsWith("." + taken, StringComparison.Ordinal) || ("." + taken).EndsWith("." + held, StringComparison.Ordinal)
            ? ""
            : " as " + LockWording.Quote(held);
    }
}
