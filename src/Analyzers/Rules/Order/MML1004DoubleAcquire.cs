using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;

namespace MmLock.Analyzers.Rules.Order;

/// <summary>
/// A lock that is not reentrant is taken while it is held: the task waits for itself. Shared in exclusive and exclusive in
/// shared count; a reader of a semaphore inside a reader too, because a writer may wait between them. A plain semaphore counts where the body also lets it go.
/// </summary>
internal sealed class MML1004DoubleAcquire() : FlowRule(typeof(AcquireEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not AcquireEvent { IsTry: false } acquire)
            return;
        if (acquire.Conflict is not { } held)
        {
            verdicts.Pass(Descriptors.DoubleAcquire, acquire.Place());
            return;
        }
        var capability = acquire.Capability;
        // A semaphore that this body never lets go is a signal: somebody else's release is what it waits for.
        var letGo = verdicts.Scope.Recorder.PlainLetGo;
        bool maySignal = capability is { IsPlain: true, Type.ThreadAffine: false };
        string mode = LockWording.Adverb(held.Mode);
        if (held.Capability.Text != capability.Text)
            mode += " as " + LockWording.Quote(held.Capability.Text);
        verdicts.Fail(Descriptors.DoubleAcquire, acquire.Place(), capability.Text, _ =>
            new Finding(
                Descriptors.DoubleAcquire, acquire.Place(), LockPhrases.Of(capability), LockWording.Adverb(acquire.Mode), mode, "")
            .At(LocationRole.AcquiredAt, held.Site()).About(capability, acquire.Mode)
            .With(DiagnosticProperties.HeldMode, held.Mode.ToString()),
            when: acquire.IsAnnounced ? () => !verdicts.HasFailedAt(Descriptors.ExcludedLockHeld, acquire.Place())
                : maySignal ? () => letGo.Contains(capability)
                : null);
    }
}
