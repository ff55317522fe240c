using System;
using System.Linq;
using MmLock.CodeFixes.Refactorings;
using Xunit;

namespace MmLock.CodeFixes.Tests;

/// <summary>
/// The pages say what is offered, by the titles that users read. <c>MMLOCK_WRITE_DOCS=1</c> writes their lists instead; the table
/// of titles is written by hand and held to the keys.
/// </summary>
public sealed class FixPageTests
{
    public static TheoryData<string> Ids => [.. FixPages.Fixes.Keys];

    [Fact]
    public void Index_IsWrittenFromTheFixes() => FixPages.Hold(FixPages.Path, "fixes", FixPages.ByRule);

    [Theory]
    [MemberData(nameof(Ids))]
    public void PageOfTheRule_NamesItsFixes(string id) => FixPages.Hold(Fixing.PathOf("docs", "rules", id + ".md"), "fixes", FixPages.OnPage(id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void EveryKeyOfARule_HasATitle(string id) => Assert.All(
        FixPages.Fixes[id].Keys(id),
        key => Assert.Contains(FixPages.Rows, row => "MmLock." + row.Key == key && (row.Ids.IsEmpty || row.Ids.Contains(id))));

    [Fact]
    public void EveryTitle_IsOfAKeyThatItsRulesHave() => Assert.All(FixPages.Rows, row =>
    {
        var ids = FixPages.Fixes.Where(pair => pair.Value.Keys(pair.Key).Contains("MmLock." + row.Key)).Select(pair => pair.Key).ToList();
        Assert.NotEmpty(ids);
        Assert.Subset(ids.ToHashSet(), row.Ids.ToHashSet());
    });

    [Fact]
    public void EveryKey_IsOfferedByAFixOrARefactoring() => Assert.Equal(
        typeof(FixKeys).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal),
        FixPages.Rows.Concat(FixPages.Refactorings).Select(row => "MmLock." + row.Key).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void EveryRefactoring_IsOnThePage() => Assert.Equal(
        Fixing.Product.GetTypes().Where(type => !type.IsAbstract && typeof(LockRefactoring).IsAssignableFrom(type))
            .SelectMany(type => ((LockRefactoring)Activator.CreateInstance(type)!).Keys).Distinct().Order(StringComparer.Ordinal),
        FixPages.Refactorings.Select(row => "MmLock." + row.Key).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void EveryRule_HasFixesOrAReasonForNone()
    {
        var page = System.IO.File.ReadAllText(FixPages.Path);
        var reasons = page[page.IndexOf("## Where no fix is offered", StringComparison.Ordinal)..page.IndexOf("Findings of rules with fixes", StringComparison.Ordinal)];
        var ids = new Analyzers.Hosts.LockFlowAnalyzer().SupportedDiagnostics.Concat(new Analyzers.Hosts.DeclarationAnalyzer().SupportedDiagnostics)
            .Select(rule => rule.Id).Where(id => id.StartsWith("MML", StringComparison.Ordinal)).Distinct();
        Assert.All(ids, id => Assert.True(FixPages.Fixes.ContainsKey(id) || reasons.Contains($"{id}", StringComparison.Ordinal), id));
    }
}
