using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Rules.Context;

/// <summary>
/// A class that interrupts take (<c>TakenIn</c>) is taken, or goes on being held, while such interrupts can arrive. Classes that
/// only <c>[RunsIn]</c> shows to be taken are judged at the end of the compilation.
/// </summary>
internal sealed class MML4002IrqUnsafeAcquire() : FlowRule(typeof(AcquireEvent), typeof(IrqOnEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        switch (happening)
        {
            case AcquireEvent { IsAnnounced: false } acquire when acquire.Capability.Type.Kind.IsOrdered():
                bool irqOff = acquire.World.Irq.IsOff || acquire.IrqOff;
                bool bhOff = irqOff || acquire.BhOff || acquire.World.SectionCount(ContextKind.Bh) > 0;
                Judge(acquire, acquire.Capability, acquire.Mode, irqOff, bhOff, "Takes", null, verdicts);
                break;
            case IrqOnEvent on:
                foreach (var held in on.World.Held)
                {
                    if (held.Capability.Lock is not null)
                    {
                        bool off = on.World.Irq.IsOff;
                        Judge(on, held.Capability, held.Mode, off, off || on.World.SectionCount(ContextKind.Bh) > 0, "Goes on holding", held.Site(), verdicts);
                    }
                }
                break;
        }
    }

    private static void Judge(
        FlowEvent happening, Capability capability, LockMode mode, bool irqOff, bool bhOff, string verb, Location? site, Verdicts verdicts)
    {
        if (capability.Class is not { TakenIn: not IrqContext.None } taken)
            return;
        bool safe = taken.TakenIn == IrqContext.Hardirq ? irqOff : bhOff;
        if (safe)
        {
            verdicts.Pass(Descriptors.IrqUnsafeAcquire, happening.Place());
            return;
        }
        verdicts.Fail(Descriptors.IrqUnsafeAcquire, happening.Place(), LockPhrases.Of(capability), texts =>
            new Finding(
                Descriptors.IrqUnsafeAcquire, happening.Place(), LockWording.And(texts), verb, LockWording.Interrupts(taken.TakenIn), "")
            .At(LocationRole.AcquiredAt, site).At(LocationRole.Declaration, taken.Declaration is { Locations: { Length: > 0 } places } ? places[0] : null).About(capability, mode));
    }
}
