using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace MmLock.Package.Tests.Tooling;

/// <summary>A place in a file, and the text there.</summary>
internal sealed record LoggedPlace(string File, int Line, string Text);

/// <summary>A finding of ours as the compiler logged it.</summary>
internal sealed record LoggedFinding(
    string Id, string Level, string Message, LoggedPlace Place, IReadOnlyList<LoggedPlace> Related, bool IsSuppressed);

/// <summary>Reads the log that the compiler wrote; the exact spans and the related places are in no other output.</summary>
internal static class SarifLog
{
    public static IReadOnlyList<LoggedFinding> Read(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        return
        [
            .. json.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray()
                .Select(Finding)
                .Where(finding => finding.Id.StartsWith("MML", StringComparison.Ordinal) || finding.Id == "AD0001")
                .OrderBy(finding => finding.Place.File, StringComparer.Ordinal)
                .ThenBy(finding => finding.Place.Line)
                .ThenBy(finding => finding.Id, StringComparer.Ordinal),
        ];
    }

    private static LoggedFinding Finding(JsonElement result) => new(
        result.GetProperty("ruleId").GetString()!,
        result.TryGetProperty("level", out var level) ? level.GetString()! : "warning",
        result.GetProperty("message").GetProperty("text").GetString()!,
        result.TryGetProperty("locations", out var places) ? Place(places[0]) : new LoggedPlace("", 0, ""),
        result.TryGetProperty("relatedLocations", out var related) ? [.. related.EnumerateArray().Select(Place)] : [],
        result.TryGetProperty("suppressions", out var suppressions) && suppressions.GetArrayLength() > 0);

    private static LoggedPlace Place(JsonElement location)
    {
        var physical = location.GetProperty("physicalLocation");
        var file = new Uri(physical.GetProperty("artifactLocation").GetProperty("uri").GetString()!).LocalPath;
        var region = physical.GetProperty("region");
        var line = region.GetProperty("startLine").GetInt32();
        var text = File.ReadLines(file).ElementAt(line - 1)[(region.GetProperty("startColumn").GetInt32() - 1)..];
        if (region.GetProperty("endLine").GetInt32() == line)
            text = text[..(region.GetProperty("endColumn").GetInt32() - region.GetProperty("startColumn").GetInt32())];
        return new LoggedPlace(Path.GetFileName(file), line, text);
    }
}
