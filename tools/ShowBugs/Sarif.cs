using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace MmLock.ShowBugs;

/// <summary>A line of a file.</summary>
internal readonly record struct Place(string File, int Line)
{
    public override string ToString() => $"{Repository.NameOf(File)}:{Line}";
}

/// <summary>A finding, with the other places it names and what each of them is.</summary>
internal sealed record Finding(string Id, string Level, string Message, Place Place, IReadOnlyList<(string Role, Place Place)> Others);

/// <summary>Reads the compiler's log.</summary>
internal static class Sarif
{
    private const string RolePrefix = "Location.";

    public static IReadOnlyList<Finding> Read(string log)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(log));
        return
        [
            .. json.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray()
                .Where(result => result.GetProperty("ruleId").GetString()!.StartsWith("MML", StringComparison.Ordinal))
                .Where(result => !result.TryGetProperty("suppressions", out _))
                .Where(result => Level(result) != "note")
                .Select(ReadFinding),
        ];
    }

    private static Finding ReadFinding(JsonElement result) => new(
        result.GetProperty("ruleId").GetString()!,
        Level(result),
        result.GetProperty("message").GetProperty("text").GetString()!,
        ReadPlace(result.GetProperty("locations")[0]),
        result.TryGetProperty("relatedLocations", out var related)
            ? [.. related.EnumerateArray().Select((place, index) => (Role(result, index), ReadPlace(place)))]
            : []);

    private static string Level(JsonElement result) =>
        result.TryGetProperty("level", out var level) ? level.GetString()! : "warning";

    private static Place ReadPlace(JsonElement location)
    {
        var physical = location.GetProperty("physicalLocation");
        return new Place(
            Path.GetFullPath(new Uri(physical.GetProperty("artifactLocation").GetProperty("uri").GetString()!).LocalPath),
            physical.GetProperty("region").GetProperty("startLine").GetInt32());
    }

    // The analyzer says in the property bag which of the related places is what: Location.AcquiredAt = 0,2.
    private static string Role(JsonElement result, int index)
    {
        if (!result.TryGetProperty("properties", out var bag) || !bag.TryGetProperty("customProperties", out var properties))
            return "see";
        foreach (var property in properties.EnumerateObject())
        {
            if (property.Name.StartsWith(RolePrefix, StringComparison.Ordinal)
                && property.Value.GetString()!.Split(',').Contains(index.ToString()))
                return Words(property.Name[RolePrefix.Length..]);
        }

        return "see";
    }

    private static string Words(string role) => role switch
    {
        "AcquiredAt" => "taken here",
        "ReleasedAt" => "released here",
        "OpenedAt" => "opened here",
        "Declaration" => "declared here",
        "Call" => "by this call",
        "Inner" => "done here",
        "ReadAt" => "read here",
        "ReferenceAt" => "this reference",
        "RingEdge" => "the other way round here",
        _ => "see",
    };
}
