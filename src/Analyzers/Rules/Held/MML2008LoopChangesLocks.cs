using Microsoft.CodeAnalysis.Text;
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
            when: () => Rounds(loop) is var rounds && !verdicts.HasFailedIn(Descriptors.UnorderedNesting, rounds)
                && !verdicts.HasFailedIn(Descriptors.DoubleAcquire, rounds) && !verdicts.HasFailedIn(Descriptors.ReleaseNotHeld, rounds)
                && (!plain || verdicts.Scope.Recorder.PlainReleased.Contains(loop.Capability)));
    }

    /// <summary>The statement that the keyword begins; of a loop made with goto as far as the jump back.</summary>
    private static TextSpan Rounds(LoopEvent loop)
    {
        var begin = loop.Keyword.SourceSpan;
        var statement = loop.Operation.Syntax.SyntaxTree.GetRoot().FindToken(begin.Start).Parent;
        return TextSpan.FromBounds(begin.Start, System.Math.Max(statement?.Span.End ?? begin.End, loop.Operation.Syntax.Span.End));
    }
}
