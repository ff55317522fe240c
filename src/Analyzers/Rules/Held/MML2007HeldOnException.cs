using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;

namespace MmLock.Analyzers.Rules.Held;

/// <summary>An exception escapes while a lock is held that the contract does not hand to the caller. Off by default.</summary>
internal sealed class MML2007HeldOnException() : FlowRule(typeof(ExitEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not ExitEvent { IsExceptional: true } exit)
            return;
        if (exit.Surplus.IsEmpty)
        {
            verdicts.Pass(Descriptors.HeldOnException, exit.Place);
            return;
        }
        foreach (var held in exit.Surplus)
        {
            verdicts.Fail(Descriptors.HeldOnException, exit.Place, LockPhrases.Of(held.Capability), texts =>
                new Finding(Descriptors.HeldOnException, exit.Place, LockWording.And(texts))
                    .At(LocationRole.AcquiredAt, held.Site()).About(held.Capability, held.Mode));
        }
    }
}
