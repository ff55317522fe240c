using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;

namespace MmLock.Analyzers.Rules.Held;

/// <summary>
/// Something is let go that is not held. A plain .NET lock is judged at the exits: a release that comes first on a path means
/// that the caller held it, if the balance returns; otherwise it is reported where this body also takes the lock.
/// </summary>
internal sealed class MML2005ReleaseNotHeld() : FlowRule(typeof(ReleaseEvent), typeof(IrqEnableEvent), typeof(ExitEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        switch (happening)
        {
            case ReleaseEvent { Outcome: ReleaseOutcome.NotHeld } release:
                verdicts.Fail(Descriptors.ReleaseNotHeld, release.Place(), LockPhrases.Of(release.Capability), texts =>
                    new Finding(Descriptors.ReleaseNotHeld, release.Place(), LockWording.And(texts), "")
                        .About(release.Capability, release.Mode));
                break;
            case ReleaseEvent release:
                verdicts.Pass(Descriptors.ReleaseNotHeld, release.Place());
                break;
            case IrqEnableEvent { Opener: IrqOpener.None } enable:
                verdicts.Fail(Descriptors.ReleaseNotHeld, enable.Place(), LockWording.Section(Model.ContextKind.Irq), texts =>
                    new Finding(Descriptors.ReleaseNotHeld, enable.Place(), LockWording.And(texts), ""));
                break;
            case IrqEnableEvent enable:
                verdicts.Pass(Descriptors.ReleaseNotHeld, enable.Place());
                break;
            case ExitEvent { IsExceptional: false } exit:
                foreach (var deficit in exit.Unbalanced)
                    JudgePlain(deficit, verdicts);
                break;
        }
    }

    private static void JudgePlain(Deficit deficit, Verdicts verdicts)
    {
        var place = deficit.Site.Syntax.GetLocation();
        var recorder = verdicts.Scope.Recorder;
        verdicts.Fail(
            Descriptors.ReleaseNotHeld, place, LockPhrases.Of(deficit.Capability), texts =>
                new Finding(Descriptors.ReleaseNotHeld, place, LockWording.And(texts), "").About(deficit.Capability, deficit.Mode),
            when: () => recorder.PlainTaken.Contains(deficit.Capability) && !PlainMercy.IsToldToCallers(verdicts, deficit.Capability, acquires: false));
    }
}
