using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;

namespace MmLock.Analyzers.Rules.Context;

/// <summary>An unconditional enable ends an interrupts-off section that the caller, or an outer save, opened.</summary>
internal sealed class MML4003IrqEnabledInside() : FlowRule(typeof(IrqEnableEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not IrqEnableEvent enable)
            return;
        if (enable.Opener is not (IrqOpener.Save or IrqOpener.Entry))
        {
            verdicts.Pass(Descriptors.IrqEnabledInside, enable.Place());
            return;
        }
        verdicts.Fail(Descriptors.IrqEnabledInside, enable.Place(), enable.Opener == IrqOpener.Save ? "an outer save" : "the caller", texts =>
            new Finding(Descriptors.IrqEnabledInside, enable.Place(), LockWording.And(texts))
                .At(LocationRole.OpenedAt, enable.World.Irq.Site?.Syntax.GetLocation()));
    }
}
