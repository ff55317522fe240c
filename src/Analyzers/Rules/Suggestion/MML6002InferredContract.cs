using System.Linq;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Summaries;

namespace MmLock.Analyzers.Rules.Suggestion;

/// <summary>A private member has an inferred precondition that could be written down.</summary>
internal sealed class MML6002InferredContract() : FlowRule()
{
    public override void Complete(Verdicts verdicts)
    {
        var scope = verdicts.Scope;
        if (!scope.IsInferred || scope.Method is not { } method || method.Locations.Length == 0)
            return;
        var demands = scope.Recorder.Demands.Where(d => d.Kind == DemandKind.Held && !d.AnyOf).ToArray();
        if (demands.Length == 0)
            return;
        var locks = demands.SelectMany(d => d.Locks).Select(l => l.Text).Distinct().ToArray();
        var clause = "MustHold(" + string.Join(", ", locks.Select(l => $"\"{l}\"")) + ")";
        var place = method.Locations[0];
        verdicts.Fail(Descriptors.InferredContract, place, clause, _ =>
            new Finding(Descriptors.InferredContract, place, LockWording.Member(method), LockWording.And(locks.Select(LockWording.Quote).ToArray()), $"[{clause}]")
                .At(LocationRole.Inner, demands[0].Origin).With(DiagnosticProperties.RequiredClause, clause));
    }
}
