using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Rules.Order;

/// <summary>
/// A lock is waited for while one is held that the hierarchy puts inside it: page lock outside lru_lock, never the reverse. A
/// try-acquire never waits and is exempt as the inner lock.
/// </summary>
internal sealed class MML1001LockOrderViolation() : FlowRule(typeof(AcquireEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not AcquireEvent { IsTry: false, Capability.Class: { } taken } acquire || acquire.Conflict is not null
            || acquire.Capability.Lock is not null && !acquire.Capability.Type.Kind.IsOrdered())
            return;
        var order = verdicts.Scope.Contracts.Order;
        bool failed = false;
        foreach (var held in acquire.World.Held)
        {
            if (held.Capability.Class is not { } outer || held.Capability.Lock is not null && !held.Capability.Type.Kind.IsOrdered() || outer.Equals(taken) || !order.MustPrecede(taken, outer, out var declaration))
                continue;
            failed = true;
            var site = held.Site();
            var capability = acquire.Capability;
            verdicts.Fail(Descriptors.LockOrderViolation, acquire.Place(), LockPhrases.Of(held.Capability), texts =>
                new Finding(
                    Descriptors.LockOrderViolation, acquire.Place(), LockPhrases.Of(capability), LockWording.And(texts),
                    order.Describe(taken, outer), "")
                .At(LocationRole.AcquiredAt, site).At(LocationRole.Declaration, declaration)
                .About(capability, acquire.Mode).With(DiagnosticProperties.OtherLock, held.Capability.Text));
        }
        if (!failed)
            verdicts.Pass(Descriptors.LockOrderViolation, acquire.Place());
    }
}
