using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Inference;
using MmLock.Analyzers.Options;
using MmLock.Analyzers.Program;
using MmLock.Analyzers.Rules.Context;
using MmLock.Analyzers.Rules.Order;
using MmLock.Analyzers.Rules.Suggestion;

namespace MmLock.Analyzers.Rules;

/// <summary>What follows from all bodies of the compilation together: rings, ways through other types, interrupts, guards.</summary>
internal static class ProgramJoin
{
    /// <param name="all">What the bodies left behind, in any order.</param>
    /// <param name="analyse">Walks a body that was passed over; null when it cannot be walked.</param>
    public static void Run(
        IReadOnlyCollection<BodyRecord> all, ContractCache contracts, LockOptions options,
        Func<IMethodSymbol, BodyRecord?> analyse, Action<Finding> report, CancellationToken cancellation)
    {
        if (all.Count == 0)
            return;
        var places = new SourceOrder(contracts);
        var records = all.OrderBy(PlaceOfBody, places).ToList();
        if (records.Exists(static body => !body.Acquires.IsEmpty || !body.Sleeps.IsEmpty || !body.IrqOns.IsEmpty))
            Join(records, contracts, options, analyse, places, report, cancellation);
        foreach (var guard in GuardInference.Find(records, contracts, cancellation))
            report(MML6001InferredGuard.Of(guard));
    }

    private static void Join(
        List<BodyRecord> records, ContractCache contracts, LockOptions options, Func<IMethodSymbol, BodyRecord?> analyse,
        SourceOrder places, Action<Finding> report, CancellationToken cancellation)
    {
        var bodies = new BodyIndex(records);
        new MissingLinks(bodies, contracts, analyse, cancellation).Fill();
        var closure = new CalleeClosure(bodies, contracts, cancellation);

        var findings = new CallFindings(closure, contracts, atBuild: true, report);
        bool nests = bodies.Records.Any(HeldInside.IsLeftBy);
        foreach (var body in bodies.Records)
        {
            cancellation.ThrowIfCancellationRequested();
            if (nests || TypeJoin.MayConflict(body, contracts))
                findings.Judge(body);
        }

        var usage = new IrqUsage(bodies, closure);
        var entry = new EntryConditions(bodies, contracts, usage.Reached, options.InferPrivateContracts);
        var order = new ObservedOrder(bodies, closure, entry, contracts, places, cancellation);
        foreach (var (edge, ring) in order.Rings())
            report(MML1002LockOrderCycle.Of(edge, ring));

        var exposure = new IrqExposure(bodies, usage, entry).Places().ToList();
        foreach (var finding in MML4002FoundAtBuild.Find(exposure, usage))
            report(finding);
        foreach (var inversion in IrqInversions.Find(order, usage, exposure))
            report(MML4006IrqOrderInversion.Of(inversion));
    }

    private static Location? PlaceOfBody(BodyRecord body)
    {
        var owner = body.Method ?? body.Owner;
        return owner.Locations.IsEmpty ? null : owner.Locations[0];
    }
}
