using System;
using System.Collections.Immutable;
using MmLock.Analyzers.Flow;
using MmLock.Analyzers.Flow.Events;

namespace MmLock.Analyzers.Rules;

/// <summary>Hands the events of one body to every rule.</summary>
internal sealed class RuleSink(BodyScope scope, ImmutableArray<FlowRule> rules, bool wantsExceptionalExits, Action<Finding> report) : IBodySink
{
    private readonly Verdicts _verdicts = new(scope, report);

    public bool WantsExceptionalExits => wantsExceptionalExits;

    public void On(FlowEvent happening)
    {
        foreach (var rule in rules)
            rule.On(happening, _verdicts);
    }

    public void Complete()
    {
        foreach (var rule in rules)
            rule.Complete(_verdicts);
        _verdicts.Complete();
    }
}
