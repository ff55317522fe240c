using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;

namespace MmLock.Analyzers.Rules.Held;

/// <summary>
/// A value read under a guard is used after the guard was let go: a lock is taken through it, it flows into what is written
/// back, or it is followed although it was a hint from the start. Silent when it was compared with a new read.
/// </summary>
internal sealed class MML2015StaleGuardedValue() : FlowRule(typeof(StaleEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not StaleEvent stale)
            return;
        var use = stale.Use switch
        {
            StaleUse.Locked => "a lock is taken through it",
            StaleUse.WrittenBack => "it flows into what is written back",
            _ => "it is followed",
        };
        var how = stale.Read.LetGo is null ? "without its guard" : "under " + (stale.Read.LetGoGuard is { } guard ? LockPhrases.Of(guard) : "a guard") + " that was let go since";
        var member = stale.Read.Place.Symbol;
        verdicts.Fail(Descriptors.StaleGuardedValue, stale.Place(), use, texts =>
            new Finding(
                Descriptors.StaleGuardedValue, stale.Place(), member is null ? "value" : LockWording.Member(member), how, LockWording.And(texts))
            .At(LocationRole.ReadAt, stale.Read.Site.Syntax.GetLocation())
            .At(LocationRole.ReleasedAt, stale.Read.LetGo?.Syntax.GetLocation()));
    }
}
