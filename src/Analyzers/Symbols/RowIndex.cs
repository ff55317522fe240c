using System;
using System.Collections.Generic;
using System.Collections.Immutable;

namespace MmLock.Analyzers.Symbols;

/// <summary>Rows by their type's id.</summary>
/// <remarks>A plain dictionary of references: a cold compiler has its code compiled already.</remarks>
internal sealed class RowIndex
{
    private readonly Dictionary<string, List<ExternalRow>> _byType = new(StringComparer.Ordinal);
    private readonly HashSet<string> _typeNames = new(StringComparer.Ordinal);

    public RowIndex(IEnumerable<ExternalRow> rows)
    {
        foreach (var row in rows)
        {
            if (!_byType.TryGetValue(row.TypeKey, out var list))
                _byType.Add(row.TypeKey, list = []);
            list.Add(row);
            _typeNames.Add(row.TypeName);
        }
    }

    /// <summary>Some type of that simple name has rows.</summary>
    public bool HasType(string simpleName) => _typeNames.Contains(simpleName);

    /// <summary>The rows of a type, in their order.</summary>
    public ImmutableArray<ExternalRow> Of(string typeId) =>
        _byType.TryGetValue(typeId, out var rows) ? ImmutableArray.CreateRange(rows) : [];
}
