using System.Linq;
using MmLock.Package.Tests.Tooling;
using Xunit;

namespace MmLock.Package.Tests;

/// <summary>Projects that use the package, built by the real compiler; its own log says what it found.</summary>
public sealed class ConsumerTests(BuiltConsumers consumers) : IClassFixture<BuiltConsumers>
{
    [Fact]
    public void Clean_IsBuiltWithoutAWord()
    {
        Assert.Empty(consumers.Log("Clean"));
        Assert.True(consumers.Succeeded("Clean"), consumers.Build.Output);
    }

    [Fact]
    public void Violating_FailsWithIdsSpansAndRelatedPlaces()
    {
        Assert.NotEqual(0, consumers.Build.ExitCode);
        Assert.False(consumers.Succeeded("Violating"));
        Assert.Collection(
            consumers.Log("Violating"),
            order =>
            {
                Assert.Equal(("MML1001", "error", 21), (order.Id, order.Level, order.Place.Line));
                Assert.Equal("_accounts", order.Place.Text);
                Assert.Contains(order.Related, place => place.Line == 19);
                Assert.Contains(order.Related, place => (place.Line, place.Text) == (6, "journal"));
            },
            guard =>
            {
                Assert.Equal(("MML2003", "error", 30), (guard.Id, guard.Level, guard.Place.Line));
                Assert.Equal("_balance", guard.Place.Text);
                Assert.Contains(guard.Related, place => place.Line == 15);
            },
            exit =>
            {
                Assert.Equal(("MML2006", "error", 37), (exit.Id, exit.Level, exit.Place.Line));
                Assert.Equal("return;", exit.Place.Text);
                Assert.Contains(exit.Related, place => place.Line == 35);
            });
    }

    [Fact]
    public void Violating_IsShownOnTheConsole() => Assert.All(
        consumers.Log("Violating"),
        finding => Assert.Contains($"Bank.cs({finding.Place.Line},", consumers.Build.Output));

    [Fact]
    public void Options_AreThoseOfTheFolder()
    {
        var log = consumers.Log("Options").Where(finding => !finding.IsSuppressed);
        Assert.Equal(
            [
                ("LoudCounter.cs", "MML2003", "warning"),
                ("Siblings.cs", "MML1005", "warning"),
                ("StrictPair.cs", "MML2006", "warning"),
            ],
            log.Select(finding => (finding.Place.File, finding.Id, finding.Level)));
        Assert.True(consumers.Succeeded("Options"), consumers.Build.Output);
    }

    [Fact]
    public void PragmaAndAttribute_AreHonoured() => Assert.Equal(
        [("Silenced.cs", "MML2003"), ("Silenced.cs", "MML2003")],
        consumers.Log("Options").Where(finding => finding.IsSuppressed).Select(finding => (finding.Place.File, finding.Id)));

    [Fact]
    public void RulesOff_SaysNothing()
    {
        Assert.Empty(consumers.Log("RulesOff"));
        Assert.True(consumers.Succeeded("RulesOff"), consumers.Build.Output);
    }

    [Fact]
    public void RulesModel_MakesErrorsOfWarnings()
    {
        var finding = Assert.Single(consumers.Log("RulesModel"), finding => finding.Id == "MML2010");
        Assert.Equal("error", finding.Level);
        Assert.False(consumers.Succeeded("RulesModel"));
    }

    [Fact]
    public void RulesDotNet_MakesWarningsOfErrors()
    {
        var finding = Assert.Single(consumers.Log("RulesDotNet"), finding => finding.Id == "MML1004");
        Assert.Equal("warning", finding.Level);
        Assert.True(consumers.Succeeded("RulesDotNet"), consumers.Build.Output);
    }

    [Fact]
    public void RulesMistyped_IsAnError() =>
        Assert.Contains("MmLockRules is 'modle'; there are model, dotnet and off.", consumers.Build.Output);

    [Theory]
    [InlineData("SourceCaller")]
    [InlineData("PackageCaller")]
    public void Contract_CrossesTheBorder(string project)
    {
        var finding = Assert.Single(consumers.Log(project));
        Assert.Equal(("MML2001", "store.Put()", 15), (finding.Id, finding.Place.Text, finding.Place.Line));
        Assert.False(consumers.Succeeded(project));
    }

    /// <summary>
    /// NuGet hands analyzers on to whoever refers to a library, whatever the library says; so does it with the
    /// ready-made configurations.
    /// </summary>
    [Fact]
    public void CallerWhoDoesNotWantThem_SwitchesTheRulesOff()
    {
        Assert.Empty(consumers.Log("UncheckedCaller"));
        Assert.True(consumers.Succeeded("UncheckedCaller"), consumers.Build.Output);
    }

    [Fact]
    public void LockOfSystemThreading_IsSeenInNullableCode()
    {
        // Awaited: the compiler of SDK 10.0.4 makes an invalid graph of it, and the analysis leaves such bodies alone.
        Assert.SkipWhen(consumers.Log("LockStatement").Count == 0, "Nothing was found in a body with lock (Lock).");
        Assert.Equal("MML2002", Assert.Single(consumers.Log("LockStatement")).Id);
    }
}
