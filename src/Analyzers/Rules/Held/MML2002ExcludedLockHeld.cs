using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;

namespace MmLock.Analyzers.Rules.Held;

/// <summary>A call with a lock held that the callee's contract excludes, because it takes it or waits for who does.</summary>
internal sealed class MML2002ExcludedLockHeld() : FlowRule(typeof(ExcludeEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not ExcludeEvent exclude)
            return;
        if (exclude.Held is not { } held)
        {
            verdicts.Pass(Descriptors.ExcludedLockHeld, exclude.Place());
            return;
        }
        verdicts.Fail(Descriptors.ExcludedLockHeld, exclude.Place(), LockPhrases.Of(held.Capability), texts =>
            new Finding(Descriptors.ExcludedLockHeld, exclude.Place(), exclude.Callee(), LockWording.And(texts), LockPhrases.Chain(exclude.Chain))
                .At(LocationRole.AcquiredAt, held.Site()).At(LocationRole.Inner, exclude.Origin).About(held.Capability, held.Mode),
            declaration: exclude.Declaration);
    }
}
