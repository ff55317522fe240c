using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;

namespace MmLock.Verification;

/// <summary>A source with line numbers, and under its lines carets with what stands there.</summary>
internal static class AnnotatedSource
{
    public static string Of(MarkedSource source, MatchResult result, ImmutableArray<Finding> found)
    {
        var notes = Notes(source, result, found).ToLookup(note => note.Place.Start.Line);
        var text = new StringBuilder(source.Path).Append('\n');
        foreach (var line in source.Source.Lines)
        {
            text.Append($"{line.LineNumber + 1,5} | {line}".TrimEnd()).Append('\n');
            foreach (var (place, note) in notes[line.LineNumber])
                text.Append($"      | {Carets(line.ToString(), place)} {note}\n");
        }

        return text.ToString();
    }

    private static IEnumerable<(Place Place, string Text)> Notes(
        MarkedSource source, MatchResult result, ImmutableArray<Finding> found)
    {
        foreach (var missing in result.Missing.Where(missing => missing.Place.Path == source.Path))
            yield return (missing.Place, $"MISSING {missing.IdText}");
        foreach (var finding in found.Where(finding => finding.Primary.Path == source.Path))
        {
            var verdict = result.Unexpected.Contains(finding) ? "NOT EXPECTED " : "found ";
            var suppressed = finding.IsSuppressed ? " (suppressed)" : "";
            yield return (finding.Primary, $"{verdict}{finding.Id}: {finding.Message}{suppressed}");
        }
    }

    // Tabs are kept before the carets, so that they stand under the text whatever a tab is wide.
    private static string Carets(string line, Place place)
    {
        var start = System.Math.Min(place.Start.Character, line.Length);
        var end = place.End.Line == place.Start.Line ? System.Math.Min(place.End.Character, line.Length) : line.Length;
        var lead = new string([.. line.Take(start).Select(letter => letter == '\t' ? '\t' : ' ')]);
        return lead + new string('^', System.Math.Max(1, end - start));
    }
}
