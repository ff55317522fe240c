using System;
using System.Collections.Generic;
using System.Linq;
using MmLock.Analyzers.Symbols;

namespace MmLock.Analyzers.Tests.Meta.Docs;

/// <summary>The page about .NET's own locks, written from the table that the analyzer reads.</summary>
internal static class DotNetTables
{
    /// <summary>Types and members that take, give back or tell about a lock.</summary>
    public static IEnumerable<string> Locks => Table(DotNetLocks.Locks);

    /// <summary>Methods that block, end the method, or run a delegate.</summary>
    public static IEnumerable<string> Calls => Table(DotNetCalls.Calls);

    /// <summary>Names that count as a write through <c>[PointeeGuardedBy]</c>.</summary>
    public static IEnumerable<string> Mutators =>
        [string.Join(", ", DotNetCalls.Mutators.Order(StringComparer.Ordinal).Select(static name => $"`{name}`"))];

    // Members of one type that say the same stand in one row.
    private static IEnumerable<string> Table(IEnumerable<TableRow> rows) =>
    [
        "| type | members | what they say |",
        "|---|---|---|",
        .. rows.Select(static row => (Place: Split(row.Id), Words: string.Join(", ", row.Words)))
            .GroupBy(static row => (row.Place.Type, row.Words))
            .Select(static group =>
                $"| `{group.Key.Type}` | {string.Join(", ", group.Select(static row => row.Place.Member).Distinct())} | `{group.Key.Words}` |"),
    ];

    private static (string Type, string Member) Split(string id)
    {
        var name = id[2..].Split('|')[0];
        var receiver = id.Contains('|') ? id.Split("|T:")[1] : null;
        if (id[0] == 'T')
            return (name, "the type");
        var parameters = name.IndexOf('(');
        var path = (parameters < 0 ? name : name[..parameters]).TrimEnd('*');
        var dot = path.LastIndexOf('.');
        var list = parameters < 0 ? "" : name[parameters..].Replace("System.Threading.", "").Replace("System.", "").Replace(",", ", ").Replace("@", "&");
        var member = path[(dot + 1)..].Replace("#ctor", "constructor") + list;
        return (receiver ?? path[..dot], $"`{member}`{(name.EndsWith('*') ? " (all)" : "")}");
    }
}
