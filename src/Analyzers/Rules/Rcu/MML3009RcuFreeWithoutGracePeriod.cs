using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;

namespace MmLock.Analyzers.Rules.Rcu;

/// <summary>An object is freed at once after it was taken out of where readers find it: some may still use it.</summary>
internal sealed class MML3009RcuFreeWithoutGracePeriod() : FlowRule(typeof(FreeEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not FreeEvent free)
            return;
        if (free.State is not { Stage: Publication.Unpublished } state)
        {
            verdicts.Pass(Descriptors.RcuFreeWithoutGracePeriod, free.Place());
            return;
        }
        verdicts.Fail(Descriptors.RcuFreeWithoutGracePeriod, free.Place(), RcuPointers.Flavor(state.Flavor), texts =>
            new Finding(Descriptors.RcuFreeWithoutGracePeriod, free.Place(), free.Object, LockWording.And(texts))
                .At(LocationRole.ReleasedAt, state.Site.Syntax.GetLocation()));
    }
}
