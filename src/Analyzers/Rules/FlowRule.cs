using System;
using System.Collections.Immutable;
using MmLock.Analyzers.Flow.Events;

namespace MmLock.Analyzers.Rules;

/// <summary>A rule that turns the events of one body into verdicts. Has no state of its own.</summary>
/// <param name="hears">The events that it is called for; of the others it never knows.</param>
internal abstract class FlowRule(params Type[] hears)
{
    /// <summary>The kinds of events that the rule asks for.</summary>
    public ImmutableArray<Type> Hears { get; } = [.. hears];

    /// <summary>Called once a world for everything of these kinds that happens in it.</summary>
    public virtual void On(FlowEvent happening, Verdicts verdicts)
    {
    }

    /// <summary>Called when all worlds were walked.</summary>
    public virtual void Complete(Verdicts verdicts)
    {
    }
}
