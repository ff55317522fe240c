using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace MmLock.CodeFixes.Tests;

/// <summary>What docs/fixes.md says of fixes, and what follows from it for the pages of the rules.</summary>
internal static class FixPages
{
    /// <summary>One row of the table of titles.</summary>
    /// <param name="Ids">The rules that it is for; empty for all that have the key.</param>
    public sealed record Row(string Title, string Key, ImmutableArray<string> Ids);

    public static string Path { get; } = Fixing.PathOf("docs", "fixes.md");

    public static ImmutableArray<Row> Rows { get; } =
    [
        .. Table("## What they do").Select(cells => new Row(
            cells[0].Trim('`'), cells[1], cells[2] == "all" ? [] : [.. cells[2].Split(", ")])),
    ];

    public static ImmutableArray<Row> Refactorings { get; } =
        [.. Table("## Refactorings").Select(cells => new Row(cells[0].Trim('`'), cells[1], []))];

    public static ImmutableSortedDictionary<string, LockCodeFix> Fixes { get; } = Fixing.Providers.OfType<LockCodeFix>()
        .SelectMany(fix => fix.FixableDiagnosticIds, (fix, id) => (fix, id)).ToImmutableSortedDictionary(pair => pair.id, pair => pair.fix, StringComparer.Ordinal);

    /// <summary>The titles that findings of a rule may be offered, the keys in the order in which the fix tries them.</summary>
    public static IEnumerable<string> Titles(string id) =>
        Fixes[id].Keys(id).SelectMany(key => Rows.Where(row => "MmLock." + row.Key == key && (row.Ids.IsEmpty || row.Ids.Contains(id))))
            .Select(row => row.Title).Distinct();

    /// <summary>The table of rules.</summary>
    public static IEnumerable<string> ByRule =>
    [
        "| Rule | Fixes |",
        "|---|---|",
        .. Fixes.Keys.Select(id => $"| [{id}](rules/{id}.md) | {string.Join("; ", Titles(id).Select(title => $"`{title}`"))} |"),
    ];

    /// <summary>What the page of a rule says of its fixes.</summary>
    public static IEnumerable<string> OnPage(string id) =>
        ["", "Offered as [code fixes](../fixes.md):", "", .. Titles(id).Select(title => $"- `{title}`"), ""];

    /// <summary>A title with its names left out.</summary>
    public static string Plain(string title) =>
        Regex.Replace(Regex.Replace(Regex.Replace(title, @"'nameof\(.*?\)'", "'nameof(…)'"), @"'(?!nameof)[^']*'", "'…'"), @"(?<!may sleep: )\[(?!MayAcquire\]$|MustHold\] instead$).*\]", "[…]");

    /// <summary>Holds the lines between two markers of a page to what they must be, or writes them.</summary>
    public static void Hold(string file, string marker, IEnumerable<string> wanted)
    {
        var lines = File.ReadAllLines(file);
        var (start, end) = (Array.IndexOf(lines, $"<!-- {marker} -->"), Array.IndexOf(lines, $"<!-- /{marker} -->"));
        if (Environment.GetEnvironmentVariable("MMLOCK_WRITE_DOCS") == "1")
        {
            if (start < 0)
            {
                // The last thing that is said under "How to fix".
                start = Array.IndexOf(lines, "## How to silence") - 1;
                lines = [.. lines[..start], "", $"<!-- {marker} -->", $"<!-- /{marker} -->", .. lines[start..]];
                (start, end) = (start + 1, start + 2);
            }

            File.WriteAllText(file, string.Join("\n", [.. lines[..(start + 1)], .. wanted, .. lines[end..]]) + "\n");
            return;
        }

        Xunit.Assert.True(start >= 0 && end > start, $"{file} has no place for {marker}");
        Xunit.Assert.Equal(wanted, lines[(start + 1)..end]);
    }

    private static IEnumerable<string[]> Table(string heading) => File.ReadAllLines(Path)
        .SkipWhile(line => line != heading).Skip(1).SkipWhile(line => !line.StartsWith('|')).Skip(2)
        .TakeWhile(line => line.StartsWith('|')).Select(line => line.Trim('|').Split(" | ").Select(cell => cell.Trim()).ToArray());
}
