using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Rules.Rcu;

/// <summary>An RCU pointer is assigned without the lock that its updaters exclude each other by.</summary>
internal sealed class MML3004RcuUpdateUnlocked() : FlowRule(typeof(RcuEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not RcuEvent { Touch: RcuTouch.Assign, IsAskedOfCallers: false } touch)
            return;
        if (touch.Satisfied || touch.UpdateLock is not { } update)
        {
            verdicts.Pass(Descriptors.RcuUpdateUnlocked, touch.Place());
            return;
        }
        verdicts.Fail(Descriptors.RcuUpdateUnlocked, touch.Place(), LockPhrases.Of(update), texts =>
            new Finding(Descriptors.RcuUpdateUnlocked, touch.Place(), RcuPointers.Name(touch), LockWording.And(texts))
                .At(LocationRole.Declaration, touch.Guard.Declaration).About(update, LockMode.Exclusive)
                .Requiring([update], LockMode.Exclusive, anyOf: false));
    }
}
