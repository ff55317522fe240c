using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Program;

namespace MmLock.Analyzers.Rules;

/// <summary>What follows from the bodies of one outermost type together: an editor shows it while typing.</summary>
internal static class TypeJoin
{
    public static void Run(
        ImmutableArray<BodyRecord> records, ContractCache contracts, Action<Finding> report, CancellationToken cancellation)
    {
        if (!records.Any(MayConflict) || !records.Any(static body => !body.Acquires.IsEmpty || !body.Sleeps.IsEmpty))
            return;
        var closure = new CalleeClosure(new BodyIndex(records), contracts, cancellation);
        var findings = new CallFindings(closure, contracts, atBuild: false, report);
        foreach (var body in records)
        {
            cancellation.ThrowIfCancellationRequested();
            if (MayConflict(body))
                findings.Judge(body);
        }
    }

    /// <summary>Some call is made while something is held, or where sleeping is forbidden.</summary>
    internal static bool MayConflict(BodyRecord body)
    {
        if (body.NeverSleeps)
            return !body.Calls.IsEmpty;
        foreach (var call in body.Calls)
        {
            if (!call.Before.Held.IsEmpty || call.Before.Atomic is not null)
                return true;
        }
        return false;
    }
}
