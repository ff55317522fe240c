using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Rules.Held;

/// <summary>
/// The body is left holding what its contract does not hand to the caller. A plain .NET lock is reported only where this body
/// also lets it go on some normal path: then it meant to.
/// </summary>
internal sealed class MML2006HeldAtExit() : FlowRule(typeof(ExitEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not ExitEvent { IsExceptional: false } exit)
            return;
        bool failed = false;
        foreach (var held in exit.Surplus)
        {
            var capability = held.Capability;
            failed = true;
            bool plain = capability.IsPlain && !verdicts.Scope.Options.StrictDotNetLocks;
            verdicts.Fail(
                Descriptors.HeldAtExit, exit.Place, LockPhrases.Of(capability), texts =>
                    new Finding(Descriptors.HeldAtExit, exit.Place, LockWording.And(texts))
                        .At(LocationRole.AcquiredAt, held.Site()).About(capability, held.Mode),
                group: plain ? capability.Text : "",
                when: plain
                    ? () => verdicts.Scope.Recorder.PlainReleased.Contains(capability) && !PlainMercy.IsToldToCallers(verdicts, capability, acquires: true)
                    : null);
        }
        if (exit.IrqSurplus)
        {
            failed = true;
            var site = exit.World.Irq.Site?.Syntax.GetLocation();
            verdicts.Fail(Descriptors.HeldAtExit, exit.Place, LockWording.Section(ContextKind.Irq), texts =>
                new Finding(Descriptors.HeldAtExit, exit.Place, LockWording.And(texts)).At(LocationRole.AcquiredAt, site));
        }
        if (!failed)
            verdicts.Pass(Descriptors.HeldAtExit, exit.Place);
    }
}
