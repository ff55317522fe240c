using System;
using System.IO;
using System.Linq;
using Xunit;

namespace MmLock.Analyzers.Tests.Meta.Docs;

/// <summary>Every rule has its page, and the page says of the rule what the table says.</summary>
public sealed class RulePageTests
{
    public static TheoryData<string> Ids => [.. RuleTable.Rows.Select(r => r.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_SaysWhatTheTableSays(string id)
    {
        var row = RuleTable.Rows.Single(r => r.Id == id);
        var page = Repository.Lines("docs", "rules", id + ".md");

        Assert.Equal($"# {row.Id}: {row.Name}", page[0]);
        Assert.Equal(row.Family, Cell(page, "Category"));
        Assert.Equal(row.Severity, Cell(page, "Default severity"));
        Assert.Equal(
            row switch { { Live: true, Build: true } => "live and build", { Live: true } => "live", _ => "build" },
            Cell(page, "Reported").Split(':')[0]);
        Assert.Equal(
            ["## What it reports", "## Why", "## Wrong", "## Right", "## How to fix", "## How to silence", "## Notes"],
            page.Where(line => line.StartsWith("## ", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_SaysHowToSilenceThisRule(string id)
    {
        var row = RuleTable.Rows.Single(r => r.Id == id);
        var page = string.Join(' ', Repository.Lines("docs", "rules", id + ".md"));

        Assert.Contains($"`dotnet_diagnostic.{id}.severity = none`", page);
        Assert.Contains($"`#pragma warning disable {id}`", page);
        Assert.Contains($"[SuppressMessage(\"{row.Family}\", \"{id}:{row.Name}\"", page);
    }

    [Fact]
    public void NoPage_IsWithoutARule() => Assert.Empty(
        Directory.GetFiles(Repository.PathOf("docs", "rules"), "MML*.md")
            .Select(Path.GetFileNameWithoutExtension)
            .Except(RuleTable.Rows.Select(r => r.Id)));

    private static string Cell(string[] page, string name) =>
        page.Single(line => line.StartsWith($"| {name} |", StringComparison.Ordinal)).Split('|')[2].Trim();
}
