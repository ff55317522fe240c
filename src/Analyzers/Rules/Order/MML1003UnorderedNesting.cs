using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Rules.Order;

/// <summary>
/// Two instances of one class nest and nothing says in which order: lockdep's "possible recursive locking". Silent for
/// <c>Nesting = Ordered</c>, for tries, and between two readers of a spinning reader-writer lock.
/// </summary>
internal sealed class MML1003UnorderedNesting() : FlowRule(typeof(AcquireEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not AcquireEvent { IsTry: false, IsAnnounced: false, IsFresh: false, Capability: { Class: { Nesting: LockNesting.None } taken, Lock: not null } } acquire
            || !acquire.Capability.Type.Kind.IsOrdered())
        {
            return;
        }
        foreach (var held in acquire.World.Held)
        {
            if (held.Capability.Equals(acquire.Capability))
                return;
        }
        bool failed = false;
        foreach (var held in acquire.World.Held)
        {
            if (held.Capability.Lock is null || !taken.Equals(held.Capability.Class)
                || acquire.Capability.Type.Kind.AllowsNested(held.Mode, acquire.Mode))
            {
                continue;
            }
            failed = true;
            var site = held.Site();
            var capability = acquire.Capability;
            verdicts.Fail(Descriptors.UnorderedNesting, acquire.Place(), LockPhrases.Of(held.Capability), texts =>
                new Finding(Descriptors.UnorderedNesting, acquire.Place(), LockPhrases.Of(capability), LockWording.And(texts), "")
                    .At(LocationRole.AcquiredAt, site).About(capability, acquire.Mode));
        }
        if (!failed)
            verdicts.Pass(Descriptors.UnorderedNesting, acquire.Place());
    }
}
