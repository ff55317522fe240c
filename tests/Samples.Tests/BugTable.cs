using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace MmLock.Samples.Tests;

/// <summary>What the documentation says about the catalogue.</summary>
internal static partial class BugTable
{
    /// <summary>The rows of <c>docs/historic-bugs.md</c>.</summary>
    public static IReadOnlyList<(string Number, string Ids, string Path)> Rows { get; } =
    [
        .. Sources.Page("historic-bugs.md")
            .Select(line => Row().Match(line))
            .Where(row => row.Success)
            .Select(row => (row.Groups["number"].Value, row.Groups["ids"].Value, row.Groups["path"].Value)),
    ];

    /// <summary>The numbers that <c>docs/inexpressible.md</c> speaks of.</summary>
    public static IReadOnlyList<string> Inexpressible { get; } =
    [
        .. Sources.Page("inexpressible.md")
            .Select(line => Heading().Match(line))
            .Where(heading => heading.Success)
            .SelectMany(heading => heading.Groups["numbers"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries)),
    ];

    [GeneratedRegex(@"^\| (?<number>B\d\d|\d[a-z]) \|.*\| (?<ids>MML[\dML ]+) \| \[\w+\]\(\.\./samples/HistoricBugs/(?<path>[^)]+)\) \|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"^## (?<numbers>(?:B\d\d|\d[a-z])(?:, (?:B\d\d|\d[a-z]))*): ")]
    private static partial Regex Heading();
}
