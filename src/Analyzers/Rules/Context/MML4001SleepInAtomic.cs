using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Rules.Context;

/// <summary>
/// May sleep under a spinlock, in a reader, with preemption or interrupts off, or in a method that promises not to. What sleeps
/// only in a callee's body is joined later.
/// </summary>
internal sealed class MML4001SleepInAtomic() : FlowRule(typeof(SleepEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not SleepEvent sleep)
            return;
        var atomic = AtomicContext.Of(sleep.World);
        string? why = atomic is null
            ? verdicts.Scope.Contract.NeverSleeps ? LockWording.Quote(LockWording.Member(verdicts.Scope.Owner)) + " promises not to" : null
            : atomic.Capability.Context is { } context ? LockWording.State(context) + " ('" + context.Spell() + "')" : LockWording.IsHeld(LockPhrases.Of(atomic.Capability));
        if (why is null)
        {
            verdicts.Pass(Descriptors.SleepInAtomic, sleep.Place());
            return;
        }
        verdicts.Fail(Descriptors.SleepInAtomic, sleep.Place(), why, texts =>
            new Finding(Descriptors.SleepInAtomic, sleep.Place(), sleep.What, LockWording.And(texts), "")
                .At(LocationRole.AcquiredAt, atomic?.Site?.Syntax.GetLocation())
                .At(LocationRole.Declaration, sleep.Declaration)
                .With(DiagnosticProperties.OtherLock, atomic?.Capability.Text));
    }
}
