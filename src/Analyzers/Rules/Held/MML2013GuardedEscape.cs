using System.Linq;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;

namespace MmLock.Analyzers.Rules.Held;

/// <summary>A reference to guarded data goes where its guard is no longer held: every access through it is unguarded.</summary>
internal sealed class MML2013GuardedEscape() : FlowRule(typeof(EscapeEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not EscapeEvent { Escapes: true } escape)
            return;
        verdicts.Fail(Descriptors.GuardedEscape, escape.Place(), LockWording.And(escape.Guards.Select(LockPhrases.Of).ToArray()), texts =>
            new Finding(Descriptors.GuardedEscape, escape.Place(), LockWording.Member(escape.Member), LockWording.And(texts), escape.WayOut)
                .At(LocationRole.Declaration, escape.Declaration));
    }
}
