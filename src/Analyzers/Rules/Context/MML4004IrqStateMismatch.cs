using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;

namespace MmLock.Analyzers.Rules.Context;

/// <summary>A restore of flags that the section which is open did not save: save and restore pair by value.</summary>
internal sealed class MML4004IrqStateMismatch() : FlowRule(typeof(IrqRestoreEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not IrqRestoreEvent restore)
            return;
        if (restore.Matches)
        {
            verdicts.Pass(Descriptors.IrqStateMismatch, restore.Place());
            return;
        }
        verdicts.Fail(Descriptors.IrqStateMismatch, restore.Place(), restore.Flags, texts =>
            new Finding(Descriptors.IrqStateMismatch, restore.Place(), LockWording.And(texts))
                .At(LocationRole.OpenedAt, restore.World.Irq.Site?.Syntax.GetLocation()));
    }
}
