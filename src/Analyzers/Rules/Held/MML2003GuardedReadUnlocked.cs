using MmLock.Analyzers.Flow.Events;

namespace MmLock.Analyzers.Rules.Held;

/// <summary>Guarded data is read without its guard (<c>__guarded_by</c>).</summary>
internal sealed class MML2003GuardedReadUnlocked() : FlowRule(typeof(AccessEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is AccessEvent { IsWrite: false, IsAskedOfCallers: false } access)
            GuardedAccess.Judge(Diagnostics.Descriptors.GuardedReadUnlocked, access, verdicts);
    }
}
