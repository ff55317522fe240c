using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Rules.Context;

/// <summary>
/// A spinlock that sleeps on a real-time kernel is taken under a raw spinlock or in hard interrupt context. Off by default;
/// tries count, because they still hold.
/// </summary>
internal sealed class MML4007WaitTypeNesting() : FlowRule(typeof(AcquireEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not AcquireEvent { IsAnnounced: false, Capability.Type.Kind: LockKind.Spin or LockKind.ReaderWriterSpin } acquire)
            return;
        string? why = verdicts.Scope.Contract.RunsIn is RunContext.Hardirq or RunContext.Any
            ? LockWording.State(verdicts.Scope.Contract.RunsIn.Value)
            : null;
        Microsoft.CodeAnalysis.Location? site = null;
        foreach (var held in acquire.World.Held)
        {
            if (held.Capability.Context is null && held.Capability.Type.Kind == LockKind.RawSpin)
            {
                why = LockWording.IsHeld(LockPhrases.Of(held.Capability));
                site = held.Site();
            }
        }
        if (why is null)
        {
            verdicts.Pass(Descriptors.WaitTypeNesting, acquire.Place());
            return;
        }
        verdicts.Fail(Descriptors.WaitTypeNesting, acquire.Place(), why, texts =>
            new Finding(Descriptors.WaitTypeNesting, acquire.Place(), LockPhrases.Of(acquire.Capability), LockWording.And(texts), "")
                .At(LocationRole.AcquiredAt, site).About(acquire.Capability, acquire.Mode));
    }
}
