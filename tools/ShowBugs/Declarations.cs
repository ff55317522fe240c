using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace MmLock.ShowBugs;

/// <summary>
/// Where the samples declare what a finding speaks of. The model is another project, of which the compiler sees the
/// assembly alone: it knows the contract and not its line, so the line is looked up here by name.
/// </summary>
internal static partial class Declarations
{
    private static readonly Lazy<IReadOnlyList<(string File, string[] Lines)>> Sources = new(() =>
    [
        .. new[] { "MmKernel", "HistoricBugs" }
            .SelectMany(name => Directory.GetFiles(Repository.PathOf("samples", name), "*.cs", SearchOption.AllDirectories))
            .Where(file => !Repository.NameOf(file).Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(file => (file, File.ReadAllLines(file))),
    ]);

    /// <summary>The contract of the first member that a message names, and the member.</summary>
    public static IEnumerable<Place> Of(Finding finding)
    {
        var named = QuotedMember().Match(finding.Message);
        if (!named.Success)
            return [];
        var type = new Regex($@"\b(class|struct|interface) {named.Groups["type"].Value}\b");
        var member = new Regex($@"^\s*(public|internal|private|protected)\b.*\b{named.Groups["member"].Value}\b\s*(\(|=|;|\{{|$)");
        foreach (var (file, lines) in Sources.Value)
        {
            var start = Array.FindIndex(lines, type.IsMatch);
            var line = start < 0 ? -1 : Array.FindIndex(lines, start, member.IsMatch);
            if (line >= 0)
                return WithAttributes(file, lines, line);
        }

        return [];
    }

    private static IEnumerable<Place> WithAttributes(string file, string[] lines, int line)
    {
        var first = line;
        while (first > 0 && lines[first - 1].TrimStart().StartsWith('['))
            first--;
        return Enumerable.Range(first, line - first + 1).Select(i => new Place(file, i + 1));
    }

    [GeneratedRegex(@"'(?<type>\w+)\.(?<member>\w+)'")]
    private static partial Regex QuotedMember();
}
