using System.Linq;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Walking;

namespace MmLock.Analyzers.Rules.Annotation;

/// <summary>A bound was reached in this body, and which: what was not analysed is said, never hidden.</summary>
internal sealed class MML9006AnalysisIncomplete() : FlowRule()
{
    public override void Complete(Verdicts verdicts)
    {
        var scope = verdicts.Scope;
        if (scope.Recorder.Bounds.Count == 0)
            return;
        var place = scope.Owner.Locations.FirstOrDefault(l => l.IsInSource) ?? scope.Root.GetLocation();
        verdicts.Fail(Descriptors.AnalysisIncomplete, place, "", _ =>
            new Finding(Descriptors.AnalysisIncomplete, place, LockWording.Member(scope.Owner), LockWording.And(scope.Recorder.Bounds.ToArray())));
    }
}
