using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using MmLock.Analyzers.Rules;
using Xunit;

namespace MmLock.Analyzers.Tests.Meta;

/// <summary>What every rule has, whoever adds it: a file of its own, a place in the catalogue, tests of both kinds.</summary>
public sealed class RuleHouseTests
{
    public static TheoryData<string> Ids => [.. RuleTable.Rows.Select(r => r.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_HasAFileThatIsNamedAfterIt(string id)
    {
        var row = RuleTable.Rows.Single(r => r.Id == id);
        var file = Repository.PathOf("src", "Analyzers", "Rules", row.Family, row.Id + row.Name + ".cs");

        Assert.True(File.Exists(file), $"{id} has no file {file}");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_HasReportingAndSilentTestsAndOneOfItsMessage(string id)
    {
        var row = RuleTable.Rows.Single(r => r.Id == id);
        var file = Repository.PathOf("tests", "Analyzers.Tests", "Rules", row.Family, row.Id + row.Name + "Tests.cs");
        Assert.True(File.Exists(file), $"{id} has no file {file}");
        var tests = Regex.Split(File.ReadAllText(file), @"^    \[(?:Fact|Theory)\b", RegexOptions.Multiline).Skip(1).ToList();
        var reported = new Regex($@"//~ (?:MML\d+[| ])*{id}\b|Finding\(""{id}""\)|\{{\|{id}:");

        Assert.Contains(tests, t => reported.IsMatch(t));
        // A story in a reporting test may be silent too, line by line.
        Assert.Contains(tests, t => t.Split('\n').Any(line => line.Contains("public", StringComparison.Ordinal) && !reported.IsMatch(line)));
        Assert.Contains(tests, t => reported.IsMatch(t) && Regex.IsMatch(t, @"\.(?:WithMessage|WithArguments|Saying)\("));
    }

    [Fact]
    public void Catalogue_HasEveryRule() => Assert.Equal(
        from type in typeof(RuleCatalog).Assembly.GetTypes()
        where !type.IsAbstract && (typeof(FlowRule).IsAssignableFrom(type) || typeof(DeclarationRule).IsAssignableFrom(type))
        orderby type.Name
        select type.Name,
        RuleCatalog.Flow.Select(r => r.GetType().Name).Concat(RuleCatalog.Declarations.Select(r => r.GetType().Name)).Order());

    /// <summary>A rule that does not say what it hears is never called for it.</summary>
    [Fact]
    public void FlowRule_HearsEveryEventThatItNames() => Assert.All(RuleCatalog.Flow, rule =>
    {
        var file = Directory.GetFiles(Repository.PathOf("src", "Analyzers", "Rules"), rule.GetType().Name + ".cs", SearchOption.AllDirectories).Single();
        var named = Regex.Matches(File.ReadAllText(file), @"\b(?:is|not|case|or) ([A-Z]\w*Event)\b").Select(m => m.Groups[1].Value);

        Assert.Subset(rule.Hears.Select(t => t.Name).ToHashSet(), named.ToHashSet());
    });
}
