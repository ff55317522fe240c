using System;
using System.Collections.Generic;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Program;
using MmLock.Analyzers.Rules.Context;
using MmLock.Analyzers.Rules.Held;
using MmLock.Analyzers.Rules.Order;

namespace MmLock.Analyzers.Rules;

/// <summary>Says what the calls of a body come to: live for ways within one outermost type, at build for all others.</summary>
internal sealed class CallFindings(CalleeClosure closure, ContractCache contracts, bool atBuild, Action<Finding> report)
{
    private readonly CallConflicts _conflicts = new(closure, contracts);

    public void Judge(BodyRecord body)
    {
        if (body.Calls.IsEmpty)
            return;
        if (!atBuild)
            MML2009ThroughCallees.Judge(body, closure, contracts, report);
        foreach (var site in CallConflicts.Sites(body))
        {
            foreach (var conflict in _conflicts.Find(body, site))
            {
                // What lies within the type was said while typing.
                if (conflict.Effect.IsLocal != atBuild && Finding(conflict) is { } finding)
                    report(finding);
            }
            if (_conflicts.FindSleep(body, site) is { } sleep && sleep.Effect.IsLocal != atBuild)
                report(MML4001ThroughCallees.Of(sleep, body.Method ?? body.Owner, atBuild));
        }
    }

    private Finding? Finding(CallConflict conflict) => conflict.Kind switch
    {
        ConflictKind.DeclaredOrder => MML1001ThroughCallees.Of(conflict, contracts, atBuild),
        ConflictKind.UnorderedNesting => MML1003ThroughCallees.Of(conflict, atBuild),
        ConflictKind.DoubleAcquire => MML1004ThroughCallees.Of(conflict, atBuild),
        _ => atBuild ? null : MML1005ThroughCallees.Of(conflict),
    };
}
