using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Model;
using MmLock.Analyzers.Program;

namespace MmLock.Analyzers.Rules.Order;

/// <summary>
/// Two instances of one class nest and nothing says in which order: lockdep's "possible recursive locking". Silent for
/// <c>Nesting = Ordered</c>, for tries, and between two readers of a spinning reader-writer lock; for plain .NET locks also where
/// a table orders its stripes or another lock keeps everybody else out.
/// </summary>
internal sealed class MML1003UnorderedNesting() : FlowRule(typeof(AcquireEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not AcquireEvent { IsTry: false, IsFresh: false, Conflict: null, Capability.Class: { Nesting: LockNesting.None } taken } acquire
            || !acquire.Capability.Type.Kind.IsOrdered())
        {
            return;
        }
        var capability = acquire.Capability;
        foreach (var held in acquire.World.Held)
        {
            if (capability.Lock is not null && held.Capability.Equals(capability))
                return;
        }
        bool failed = false;
        foreach (var held in acquire.World.Held)
        {
            if (!taken.Equals(held.Capability.Class) || capability.Type.Kind.AllowsNested(held.Mode, acquire.Mode)
                || !AreTwo(held.Capability, capability) || IsExcused(held, acquire, verdicts))
            {
                continue;
            }
            failed = true;
            var site = held.Site();
            verdicts.Fail(Descriptors.UnorderedNesting, acquire.Place(), LockPhrases.Of(held.Capability), texts =>
                new Finding(Descriptors.UnorderedNesting, acquire.Place(), LockPhrases.Of(capability), LockWording.And(texts), "")
                    .At(LocationRole.AcquiredAt, site).About(capability, acquire.Mode),
                when: acquire.IsAnnounced ? () => !verdicts.HasFailedAt(Descriptors.ExcludedLockHeld, acquire.Place()) : null);
        }
        if (!failed)
            verdicts.Pass(Descriptors.UnorderedNesting, acquire.Place());
    }

    // "Some lock of the class" is another one or the same one twice: wrong either way, unless it may be taken twice.
    private static bool AreTwo(Capability held, Capability taken) =>
        held.Lock is not null && taken.Lock is not null || !taken.Type.Reentrant;

    private static bool IsExcused(Flow.State.Held held, AcquireEvent acquire, Verdicts verdicts)
    {
        if (!held.Capability.IsPlain || !acquire.Capability.IsPlain || held.Capability.Lock is null || acquire.Capability.Lock is null)
            return false;
        if (StripeOrder.IsKept(held.Capability.Lock, acquire.Capability.Lock, acquire.Operation))
            return true;
        var recorder = verdicts.Scope.Recorder;
        var outer = recorder.Portable(held.Capability);
        var inner = recorder.Portable(acquire.Capability);
        return NestingExcuses.AreWholeAndPart(outer, inner)
            || NestingExcuses.AreBehindGate(outer, inner, recorder.Portable(acquire.World.Held));
    }
}
