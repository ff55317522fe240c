using MmLock.Analyzers.Flow.Events;

namespace MmLock.Analyzers.Rules;

/// <summary>A rule that turns the events of one body into verdicts. Has no state of its own.</summary>
internal abstract class FlowRule
{
    /// <summary>Called once a world for everything that happens in it.</summary>
    public abstract void On(FlowEvent happening, Verdicts verdicts);

    /// <summary>Called when all worlds were walked.</summary>
    public virtual void Complete(Verdicts verdicts)
    {
    }
}
