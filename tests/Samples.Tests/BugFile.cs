using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.RegularExpressions;

namespace MmLock.Samples.Tests;

/// <summary>One file of the catalogue: its number, the ids it is marked with, and its text.</summary>
internal sealed partial record BugFile(string Number, ImmutableArray<string> Ids, string Path, string Text)
{
    /// <summary>Every bug and variant, the scenery left out.</summary>
    public static IReadOnlyList<BugFile> All { get; } =
    [
        .. Sources.Of("HistoricBugs")
            .Where(file => FileName().IsMatch(file.Path))
            .Select(file => new BugFile(NumberOf(file.Path), IdsOf(file.Text), file.Path, file.Text)),
    ];

    private static string NumberOf(string path)
    {
        var match = FileName().Match(path);
        return match.Groups["bug"].Success ? $"B{int.Parse(match.Groups["bug"].Value):00}" : match.Groups["variant"].Value;
    }

    private static ImmutableArray<string> IdsOf(string text)
        =>
        [
            .. Marks().Matches(text).SelectMany(mark => AnyId().Matches(mark.Value))
                .Select(id => id.Value).Distinct().Order(StringComparer.Ordinal),
        ];

    [GeneratedRegex(@"/(Bug(?<bug>\d{3})|Variant(?<variant>\d[a-z]))_\w+\.cs$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"//~(?!\?).*")]
    private static partial Regex Marks();

    [GeneratedRegex(@"MML\d{4}")]
    private static partial Regex AnyId();
}
