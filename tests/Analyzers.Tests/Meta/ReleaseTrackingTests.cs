using System;
using System.Linq;
using Xunit;

namespace MmLock.Analyzers.Tests.Meta;

/// <summary>The release files name every rule once, with its category and severity.</summary>
public sealed class ReleaseTrackingTests
{
    [Fact]
    public void ReleaseFiles_AreTheTable()
    {
        var rows = new[] { "AnalyzerReleases.Shipped.md", "AnalyzerReleases.Unshipped.md" }
            .SelectMany(file => Repository.Lines("src", "Analyzers", file))
            .Where(line => line.StartsWith("MML", StringComparison.Ordinal))
            .Select(line => string.Join(" ", line.Split('|').Take(3).Select(cell => cell.Trim())));

        Assert.Equal(
            RuleTable.Rows.Select(r => $"{r.Id} {r.Family} {Severity(r)}").Order(StringComparer.Ordinal),
            rows.Order(StringComparer.Ordinal));
    }

    private static string Severity(RuleRow row) =>
        row.Severity == "off" ? "Disabled" : char.ToUpperInvariant(row.Severity[0]) + row.Severity[1..];
}
