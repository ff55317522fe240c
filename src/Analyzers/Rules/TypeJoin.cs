using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Program;
using MmLock.Analyzers.Rules.Held;

namespace MmLock.Analyzers.Rules;

/// <summary>What follows from the bodies of one outermost type together: an editor shows it while typing.</summary>
internal static class TypeJoin
{
    public static void Run(
        ImmutableArray<BodyRecord> records, ContractCache contracts, Action<Finding> report, CancellationToken cancellation)
    {
        bool nests = records.Any(HeldInside.IsLeftBy);
        if (!nests && !records.Any(body => MayConflict(body, contracts)) || !records.Any(static body => !body.Acquires.IsEmpty || !body.Sleeps.IsEmpty))
            return;
        var closure = new CalleeClosure(new BodyIndex(records), contracts, cancellation);
        var findings = new CallFindings(closure, contracts, atBuild: false, report);
        foreach (var body in records)
        {
            cancellation.ThrowIfCancellationRequested();
            if (nests || MayConflict(body, contracts))
                findings.Judge(body);
        }
    }

    /// <summary>Some call is made while something is held, or where sleeping is forbidden, or by who promised what it takes.</summary>
    internal static bool MayConflict(BodyRecord body, ContractCache contracts)
    {
        if (body.NeverSleeps)
            return !body.Calls.IsEmpty;
        if (MML2009ThroughCallees.Promises(body, contracts))
            return true;
        foreach (var call in body.Calls)
        {
            if (!call.Before.Held.IsEmpty || call.Before.Atomic is not null)
                return true;
        }
        return false;
    }
}
