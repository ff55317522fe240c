using MmLock.Analyzers.Flow.Events;

namespace MmLock.Analyzers.Rules.Held;

/// <summary>Guarded data is written without its guard (<c>__guarded_by</c>).</summary>
internal sealed class MML2004GuardedWriteUnlocked() : FlowRule(typeof(AccessEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is AccessEvent { IsWrite: true, IsAskedOfCallers: false } access)
            GuardedAccess.Judge(Diagnostics.Descriptors.GuardedWriteUnlocked, access, verdicts);
    }
}
