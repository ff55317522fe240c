using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Rules.Order;

/// <summary>
/// Two classes of the hierarchy nest that it leaves unordered. Off by default: for models that want every nesting declared.
/// </summary>
internal sealed class MML1005UndeclaredOrder() : FlowRule(typeof(AcquireEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not AcquireEvent { IsTry: false, Capability.Class: { } taken } acquire)
            return;
        var order = verdicts.Scope.Contracts.Order;
        if (!order.StandsInHierarchy(taken) || acquire.Capability.Lock is not null && !acquire.Capability.Type.Kind.IsOrdered())
            return;
        foreach (var held in acquire.World.Held)
        {
            if (held.Capability.Class is not { } outer || outer.Equals(taken) || !order.StandsInHierarchy(outer)
                || held.Capability.Lock is not null && !held.Capability.Type.Kind.IsOrdered()
                || order.MustPrecede(outer, taken, out _) || order.MustPrecede(taken, outer, out _))
            {
                continue;
            }
            var capability = acquire.Capability;
            verdicts.Fail(Descriptors.UndeclaredOrder, acquire.Place(), LockPhrases.Of(held.Capability), texts =>
                new Finding(Descriptors.UndeclaredOrder, acquire.Place(), LockPhrases.Of(capability), LockWording.And(texts), "")
                    .At(LocationRole.AcquiredAt, held.Site()).About(capability, acquire.Mode));
        }
    }
}
