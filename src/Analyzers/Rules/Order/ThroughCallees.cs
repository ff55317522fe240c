using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Program;

namespace MmLock.Analyzers.Rules.Order;

/// <summary>What the rules that follow calls have in common: the chain, the places on it, the words.</summary>
internal static class ThroughCallees
{
    /// <summary>A finding at the call, with the lock held, the calls on the way and the acquisition at their end.</summary>
    public static Finding Finding(DiagnosticDescriptor descriptor, CallConflict conflict, params string[] arguments)
    {
        var finding = new Finding(descriptor, conflict.Call.Location, arguments) { OnSomePaths = conflict.OnSomePaths };
        foreach (var held in conflict.Held)
            finding = finding.At(LocationRole.AcquiredAt, held.Site);
        return Ways(finding, conflict.Effect)
            .With(DiagnosticProperties.Lock, conflict.Effect.Lock.Text)
            .With(DiagnosticProperties.LockClass, conflict.Effect.Lock.Class?.Display)
            .With(DiagnosticProperties.OtherLock, conflict.Held[0].Lock.Text);
    }

    /// <summary>The calls between the finding and its origin, and the origin.</summary>
    public static Finding Ways(Finding finding, CalleeEffect effect)
    {
        foreach (var call in CallChain.Calls(effect.Chain).Skip(1))
            finding = finding.At(LocationRole.Call, call);
        return finding.At(LocationRole.Inner, effect.Origin);
    }

    public static string Through(CalleeEffect effect) => LockWording.Through(CallChain.Callees(effect.Chain));

    public static string Lock(PortableLock one) => LockWording.Lock(one.Text, one.Class);

    public static string Locks(IEnumerable<HeldLock> held) =>
        LockWording.And(held.Select(one => Lock(one.Lock)).Distinct().ToArray());
}
