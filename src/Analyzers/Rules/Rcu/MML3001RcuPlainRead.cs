using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;

namespace MmLock.Analyzers.Rules.Rcu;

/// <summary>An RCU pointer is read without an accessor, and so without the ordering that the accessor gives.</summary>
internal sealed class MML3001RcuPlainRead() : FlowRule(typeof(RcuEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not RcuEvent { Touch: RcuTouch.PlainRead } touch)
            return;
        verdicts.Fail(Descriptors.RcuPlainRead, touch.Place(), RcuPointers.Name(touch), _ =>
            new Finding(Descriptors.RcuPlainRead, touch.Place(), RcuPointers.Name(touch), RcuPointers.Flavor(touch.Flavor))
                .At(LocationRole.Declaration, touch.Guard.Declaration));
    }
}
