using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;

namespace MmLock.Analyzers.Rules.Rcu;

/// <summary>
/// Accessor and pointer, reader and pointer, or grace period and pointer are of different flavours: each protects its own only.
/// </summary>
internal sealed class MML3007RcuFlavourMismatch() : FlowRule(typeof(RcuEvent), typeof(FreeEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        switch (happening)
        {
            case RcuEvent { Mismatch: { } mismatch } touch:
                verdicts.Fail(Descriptors.RcuFlavourMismatch, touch.Place(), mismatch, texts =>
                    new Finding(
                        Descriptors.RcuFlavourMismatch, touch.Place(), RcuPointers.Name(touch), RcuPointers.Flavor(touch.Flavor), LockWording.And(texts))
                    .At(LocationRole.Declaration, touch.Guard.Declaration).With(DiagnosticProperties.Lock, touch.Flavor?.Text));
                break;
            case RcuEvent { Touch: RcuTouch.Dereference or RcuTouch.Assign } touch:
                verdicts.Pass(Descriptors.RcuFlavourMismatch, touch.Place());
                break;
            case FreeEvent { State: { Stage: Publication.WrongGrace } state } free:
                verdicts.Fail(Descriptors.RcuFlavourMismatch, free.Place(), "the grace period waited for is of another flavour", texts =>
                    new Finding(
                        Descriptors.RcuFlavourMismatch, free.Place(), free.Object, RcuPointers.Flavor(state.Flavor), LockWording.And(texts))
                    .At(LocationRole.ReleasedAt, state.Site.Syntax.GetLocation()).With(DiagnosticProperties.Lock, state.Flavor?.Text));
                break;
        }
    }
}
