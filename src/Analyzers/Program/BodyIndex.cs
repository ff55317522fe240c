using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.Summaries;

namespace MmLock.Analyzers.Program;

/// <summary>Which record belongs to a called method?</summary>
internal sealed class BodyIndex
{
    private readonly Dictionary<IMethodSymbol, int> _numbers = new(SymbolEqualityComparer.Default);
    private readonly List<BodyRecord> _records = [];

    public BodyIndex(IEnumerable<BodyRecord> records)
    {
        foreach (var record in records)
            Add(record);
    }

    public IReadOnlyList<BodyRecord> Records => _records;

    public void Add(BodyRecord record)
    {
        if (record.Method is { } method && !_numbers.ContainsKey(Definition(method)))
            _numbers.Add(Definition(method), _records.Count);
        _records.Add(record);
    }

    public BodyRecord? Find(IMethodSymbol callee) => NumberOf(callee) is var number and >= 0 ? _records[number] : null;

    /// <summary>The index of the callee's record; -1 without one.</summary>
    public int NumberOf(IMethodSymbol callee) => _numbers.TryGetValue(Definition(callee), out int number) ? number : -1;

    /// <summary>The symbol that stands for all uses of a method.</summary>
    public static IMethodSymbol Definition(IMethodSymbol method)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        return method.PartialDefinitionPart ?? method;
    }

    public static bool IsSameType(INamedTypeSymbol? a, INamedTypeSymbol? b) =>
        SymbolEqualityComparer.Default.Equals(a?.OriginalDefinition, b?.OriginalDefinition);

    /// <summary>Which of a set of locks are not let go by then.</summary>
    public static ImmutableArray<HeldLock> Remaining(ImmutableArray<HeldLock> held, ImmutableArray<PortableLock> released)
    {
        if (released.IsEmpty || held.IsEmpty)
            return held;
        var remaining = ImmutableArray.CreateBuilder<HeldLock>(held.Length);
        var left = new List<PortableLock>(released);
        foreach (var one in held)
        {
            int gone = left.FindIndex(release => LockIdentity.Covers(release, one.Lock));
            // One release leaves one level of a section.
            if (gone >= 0 && one.Lock.Context is not null)
                left.RemoveAt(gone);
            if (gone < 0)
                remaining.Add(one);
        }
        return remaining.ToImmutable();
    }
}
