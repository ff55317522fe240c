using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Rules.Held;

/// <summary>A lock is released, upgraded or downgraded in another mode than the one it is held in.</summary>
internal sealed class MML2011WrongMode() : FlowRule(typeof(ReleaseEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not ReleaseEvent release || release.Outcome == ReleaseOutcome.NotHeld)
            return;
        if (release.Outcome == ReleaseOutcome.Fine)
        {
            verdicts.Pass(Descriptors.WrongMode, release.Place());
            return;
        }
        var operation = release.Kind switch
        {
            ReleaseKind.Upgrade => "An upgrade",
            ReleaseKind.Downgrade => "A downgrade",
            _ => release.Mode == LockMode.Shared ? "A shared release" : $"An {LockWording.Adjective(release.Mode)} release",
        };
        var held = release.Held is { } h ? LockWording.Adverb(h.Mode) : "not at all";
        verdicts.Fail(Descriptors.WrongMode, release.Place(), release.Capability.Text, _ =>
        {
            var finding = new Finding(
                Descriptors.WrongMode, release.Place(), LockPhrases.Of(release.Capability), operation, LockWording.Adverb(release.Mode), held)
                .At(LocationRole.AcquiredAt, release.Held?.Site()).About(release.Capability, release.Mode);
            return release.Held is { } there ? finding.With(DiagnosticProperties.HeldMode, there.Mode.ToString()) : finding;
        });
    }
}
