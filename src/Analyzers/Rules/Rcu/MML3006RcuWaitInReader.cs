using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;

namespace MmLock.Analyzers.Rules.Rcu;

/// <summary>Waits for the readers of a flavour inside such a reader: the wait never ends.</summary>
internal sealed class MML3006RcuWaitInReader() : FlowRule(typeof(GraceEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not GraceEvent grace)
            return;
        if (!grace.InReader)
        {
            verdicts.Pass(Descriptors.RcuWaitInReader, grace.Place());
            return;
        }
        verdicts.Fail(Descriptors.RcuWaitInReader, grace.Place(), LockPhrases.Of(grace.Flavor), texts =>
            new Finding(Descriptors.RcuWaitInReader, grace.Place(), grace.Callee(), LockWording.And(texts), "")
                .At(LocationRole.OpenedAt, grace.World.Find(grace.Flavor)?.Site()));
    }
}
