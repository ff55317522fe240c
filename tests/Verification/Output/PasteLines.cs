using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace MmLock.Verification;

/// <summary>What to write into the test so that it expects what was found.</summary>
internal static class PasteLines
{
    /// <summary>The lines with findings, with the marks they would need.</summary>
    public static string Marked(Scenario scenario, IEnumerable<Finding> found)
    {
        var text = new StringBuilder();
        var lines = found
            .Where(finding => !finding.IsSuppressed && !finding.Primary.IsNowhere)
            .GroupBy(finding => (finding.Primary.Path, finding.Primary.Start.Line));
        foreach (var line in lines)
            if (scenario.Source(line.Key.Path) is { } source)
                text.Append($"{source.Source.Lines[line.Key.Line]} //~ {string.Join(" ", line.Select(f => f.Id))}\n");
        return text.ToString();
    }

    /// <summary>The findings as calls.</summary>
    public static string Explicit(IEnumerable<Finding> found)
    {
        var text = new StringBuilder();
        foreach (var finding in found)
        {
            text.Append($"Verify.Finding(\"{finding.Id}\")");
            if (!finding.Primary.IsNowhere)
                text.Append($".At({Call(finding.Primary)})");
            if (!finding.Additional.IsEmpty)
                text.Append($".WithPlaces({string.Join(", ", finding.Additional.Select(Call))})");
            text.Append($".WithMessage({Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(finding.Message, quote: true)})");
            text.Append(finding.IsSuppressed ? ".Suppressed(),\n" : ",\n");
        }

        return text.ToString();
    }

    private static string Call(Place place)
        => $"Spot.At(\"{place.Path}\", {place.Start.Line + 1}, {place.Start.Character + 1}, {place.End.Line + 1}, {place.End.Character + 1})";
}
