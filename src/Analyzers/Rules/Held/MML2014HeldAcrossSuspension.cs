using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Rules.Held;

/// <summary>
/// A thread-affine lock or a section is held across <c>await</c> or <c>yield</c>: another thread may go on, which does not own
/// it. Every kind is thread-affine but <c>Bit</c>, <c>Token</c> and a semaphore.
/// </summary>
internal sealed class MML2014HeldAcrossSuspension() : FlowRule(typeof(SuspendEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not SuspendEvent suspend)
            return;
        var place = PlaceOf(suspend);
        bool failed = false;
        foreach (var held in suspend.World.Held)
        {
            if (!held.Capability.Type.ThreadAffine || held.Capability.Type.Kind is LockKind.Bit or LockKind.Token)
                continue;
            failed = true;
            verdicts.Fail(Descriptors.HeldAcrossSuspension, place, LockPhrases.Of(held.Capability), texts =>
                new Finding(Descriptors.HeldAcrossSuspension, place, LockWording.And(texts), suspend.Keyword)
                    .At(LocationRole.AcquiredAt, held.Site()).About(held.Capability, held.Mode));
        }
        if (suspend.World.Irq.IsOff)
        {
            failed = true;
            verdicts.Fail(Descriptors.HeldAcrossSuspension, place, LockWording.Section(ContextKind.Irq), texts =>
                new Finding(Descriptors.HeldAcrossSuspension, place, LockWording.And(texts), suspend.Keyword)
                    .At(LocationRole.OpenedAt, suspend.World.Irq.Site?.Syntax.GetLocation()));
        }
        if (!failed)
            verdicts.Pass(Descriptors.HeldAcrossSuspension, place);
    }

    // An await foreach waits for each element and once more at its end: one place, one finding.
    private static Location PlaceOf(SuspendEvent suspend) =>
        suspend.Operation.Syntax is { Parent: CommonForEachStatementSyntax loop } awaited && loop.Expression == awaited
            ? loop.GetLocation()
            : suspend.Place();
}
