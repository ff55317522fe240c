using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;

namespace MmLock.Verification;

/// <summary>
/// Tells a failure whole: what is wrong, each source with carets under what was found and what was missed, and what to
/// paste so that the test would pass.
/// </summary>
internal static class FailureText
{
    public static string Of(Scenario scenario, MatchResult result, ImmutableArray<Finding> found)
    {
        var text = new StringBuilder();
        text.Append(Count(result.Missing.Length, "expected finding is missing", "expected findings are missing"));
        text.Append(", ");
        text.Append(Count(result.Unexpected.Length, "finding was not expected", "findings were not expected"));
        text.Append(".\n");
        foreach (var near in result.NearMisses)
            text.Append($"  near miss: {string.Join("; ", near.Expectation.Differences(near.Finding))}\n");
        foreach (var missing in result.Missing.Where(missing => missing.Place.IsNowhere))
            text.Append($"  missing, without a place: {missing.IdText}\n");
        foreach (var finding in result.Unexpected.Where(finding => finding.Primary.IsNowhere))
            text.Append($"  not expected: {finding}\n");

        foreach (var source in scenario.Sources)
            if (Touches(source, result))
                text.Append('\n').Append(AnnotatedSource.Of(source, result, found));

        var paste = scenario.Settings.Expected.Count > 0
            ? PasteLines.Explicit(found)
            : PasteLines.Marked(scenario, found);
        if (paste.Length > 0)
            text.Append("\nTo expect what was found:\n").Append(paste);
        return text.ToString().TrimEnd();
    }

    private static bool Touches(MarkedSource source, MatchResult result)
        => result.Missing.Any(missing => missing.Place.Path == source.Path)
            || result.Unexpected.Any(finding => finding.Primary.Path == source.Path);

    private static string Count(int number, string one, string many) => $"{number} {(number == 1 ? one : many)}";
}
