using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;

namespace MmLock.Analyzers.Rules.Held;

/// <summary>
/// Every round of a loop holds more than the one before, without end. A loop whose second round is a finding of its own
/// reports that one.
/// </summary>
internal sealed class MML2008LoopChangesLocks() : FlowRule(typeof(LoopEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not LoopEvent loop)
            return;
        bool plain = loop.Capability.IsPlain && !verdicts.Scope.Options.StrictDotNetLocks;
        verdicts.Fail(
            Descriptors.LoopChangesLocks, loop.Keyword, LockPhrases.Of(loop.Capability), texts =>
                new Finding(Descriptors.LoopChangesLocks, loop.Keyword, LockWording.And(texts), loop.Grows ? "held once more" : "held once less")
                    .At(LocationRole.AcquiredAt, loop.Site),
            when: () => !verdicts.HasFailed(Descriptors.UnorderedNesting) && !verdicts.HasFailed(Descriptors.DoubleAcquire)
                && !verdicts.HasFailed(Descriptors.ReleaseNotHeld)
                && (!plain || verdicts.Scope.Recorder.PlainReleased.Contains(loop.Capability)));
    }
}
