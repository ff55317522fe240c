using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;

namespace MmLock.Analyzers.Rules.Held;

/// <summary>Only the outcome of a try tells whether the lock or the reference was got, and nobody looks at it.</summary>
internal sealed class MML2010TryAcquireIgnored() : FlowRule(typeof(IgnoredOutcomeEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not IgnoredOutcomeEvent ignored)
            return;
        verdicts.Fail(Descriptors.TryAcquireIgnored, ignored.Place(), ignored.Lock is { } tried ? LockPhrases.Of(tried) : LockWording.Quote(ignored.What), texts =>
            new Finding(Descriptors.TryAcquireIgnored, ignored.Place(), LockWording.And(texts)).With(DiagnosticProperties.Lock, ignored.What));
    }
}
