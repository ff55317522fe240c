using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using MmLock.Analyzers.Flow.Events;

namespace MmLock.Analyzers.Rules;

/// <summary>Which rules hear an event? Most events matter to one rule or two, and they come once a world.</summary>
internal sealed class RuleListeners
{
    private readonly Dictionary<Type, FlowRule[]> _byEvent = [];

    public RuleListeners(ImmutableArray<FlowRule> rules)
    {
        All = rules;
        foreach (var rule in rules)
        {
            foreach (var heard in rule.Hears)
                _byEvent[heard] = _byEvent.TryGetValue(heard, out var others) ? [.. others, rule] : [rule];
        }
    }

    public ImmutableArray<FlowRule> All { get; }

    /// <summary>In the order of their ids.</summary>
    public FlowRule[] Of(FlowEvent happening) => _byEvent.TryGetValue(happening.GetType(), out var rules) ? rules : [];
}
