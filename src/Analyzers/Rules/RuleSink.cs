using System;
using System.Collections.Immutable;
using MmLock.Analyzers.Flow;
using MmLock.Analyzers.Flow.Events;

namespace MmLock.Analyzers.Rules;

/// <summary>Hands the events of one body to the rules that hear them.</summary>
internal sealed class RuleSink(BodyScope scope, RuleListeners rules, bool wantsExceptionalExits, Action<Finding> report) : IBodySink
{
    private readonly Verdicts _verdicts = new(scope, report);

    public bool WantsExceptionalExits => wantsExceptionalExits;

    public void On(FlowEvent happening)
    {
        foreach (var rule in rules.Of(happening))
            rule.On(happening, _verdicts);
    }

    public void Complete()
    {
        foreach (var rule in rules.All)
            rule.Complete(_verdicts);
        _verdicts.Complete();
    }
}
