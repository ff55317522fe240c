using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace MmLock.Verification;

/// <summary>Two runs over one input, side by side.</summary>
internal static class RunComparison
{
    public static void MustEqual(ImmutableArray<Finding> first, ImmutableArray<Finding> second, string complaint)
    {
        var lost = Without(first, second);
        var gained = Without(second, first);
        if (lost.Length == 0 && gained.Length == 0)
            return;
        var lines = lost.Select(text => "  - " + text).Concat(gained.Select(text => "  + " + text));
        throw new VerificationException($"{complaint} (- only in the first run, + only in this):\n{string.Join("\n", lines)}");
    }

    // As bags: a finding that comes twice in one run and once in the other is a difference.
    private static string[] Without(IEnumerable<Finding> from, IEnumerable<Finding> taken)
    {
        var left = from.Select(finding => finding.Text).ToList();
        foreach (var finding in taken)
            left.Remove(finding.Text);
        return [.. left];
    }
}
