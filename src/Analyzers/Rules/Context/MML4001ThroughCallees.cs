using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Program;
using MmLock.Analyzers.Rules.Order;

namespace MmLock.Analyzers.Rules.Context;

/// <summary>
/// A callee sleeps where its caller may not. What the callee has let go by then does not forbid it; a callee that says whether
/// it sleeps is judged by that.
/// </summary>
internal static class MML4001ThroughCallees
{
    public static Finding Of(CallSleep sleep, ISymbol body, bool atBuild)
    {
        var callees = CallChain.Callees(sleep.Effect.Chain);
        var finding = new Finding(
            atBuild ? Descriptors.SleepInAtomicAtBuild : Descriptors.SleepInAtomic,
            sleep.Call.Location,
            "Calling " + LockWording.Quote(LockWording.Member(callees[0])),
            Reason(sleep.Reason, body),
            LockWording.Through(callees.Skip(1).ToArray()) + " by " + Lower(sleep.Effect.What))
        {
            OnSomePaths = sleep.OnSomePaths,
        };
        return ThroughCallees.Ways(finding.At(LocationRole.AcquiredAt, sleep.Reason.Site), sleep.Effect);
    }

    private static string Reason(AtomicReason reason, ISymbol body) => reason.Lock switch
    {
        null => LockWording.Quote(LockWording.Member(body)) + " promises [NeverSleeps]",
        { Context: { } section } => LockWording.State(section),
        var held => LockWording.IsHeld(ThroughCallees.Lock(held)),
    };

    private static string Lower(string what) =>
        what.Length == 0 ? what : char.ToLowerInvariant(what[0]) + what.Substring(1);
}
