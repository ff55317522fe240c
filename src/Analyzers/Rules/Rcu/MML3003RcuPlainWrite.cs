using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;

namespace MmLock.Analyzers.Rules.Rcu;

/// <summary>An RCU pointer is written without an accessor, and so without the ordering that the accessor gives.</summary>
internal sealed class MML3003RcuPlainWrite() : FlowRule(typeof(RcuEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not RcuEvent { Touch: RcuTouch.PlainWrite } touch)
            return;
        verdicts.Fail(Descriptors.RcuPlainWrite, touch.Place(), RcuPointers.Name(touch), _ =>
            new Finding(Descriptors.RcuPlainWrite, touch.Place(), RcuPointers.Name(touch), RcuPointers.Flavor(touch.Flavor))
                .At(LocationRole.Declaration, touch.Guard.Declaration));
    }
}
