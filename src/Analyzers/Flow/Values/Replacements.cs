using System;
using System.Collections.Generic;

namespace MmLock.Analyzers.Flow.Values;

/// <summary>Which values become which others.</summary>
internal sealed class Replacements
{
    private readonly Dictionary<Value, Value> _map = [];

    /// <summary>The least number among those replaced: what is older than all of them is made of none of them.</summary>
    public int Oldest { get; private set; } = int.MaxValue;

    /// <summary>What the values become.</summary>
    public IReadOnlyCollection<Value> Targets => _map.Values;

    public bool Contains(Value value) => _map.ContainsKey(value);

    public bool TryGetValue(Value value, out Value by) => _map.TryGetValue(value, out by);

    public void Set(Value value, Value by)
    {
        Oldest = Math.Min(Oldest, value.Id);
        _map[value] = by;
    }

    public static Replacements Of(Value value, Value by)
    {
        var one = new Replacements();
        one.Set(value, by);
        return one;
    }
}
