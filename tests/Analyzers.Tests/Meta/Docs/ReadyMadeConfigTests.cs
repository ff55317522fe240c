using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace MmLock.Analyzers.Tests.Meta.Docs;

/// <summary>The global configurations that come with the package say something of every rule, once.</summary>
public sealed class ReadyMadeConfigTests
{
    private const string Key = "dotnet_diagnostic.";

    public static TheoryData<string> Names => ["model", "dotnet", "off"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Config_ListsEveryRuleOnce(string name) =>
        Assert.Equal(RuleTable.Rows.Select(row => row.Id), Read(name).Select(line => line.Id));

    [Fact]
    public void Off_IsOff() => Assert.All(Read("off"), line => Assert.Equal("none", line.Severity));

    [Fact]
    public void Model_IsNowhereMilderThanTheDefault()
    {
        string[] order = ["off", "info", "warning", "error"];
        Assert.All(Read("model"), line => Assert.True(
            Array.IndexOf(order, line.Severity switch { "suggestion" => "info", "none" => "off", var other => other })
            >= Array.IndexOf(order, RuleTable.Rows.Single(row => row.Id == line.Id).Severity), line.Id));
    }

    private static IEnumerable<(string Id, string Severity)> Read(string name) =>
        Repository.Lines("src", "Package", "buildTransitive", "config", name + ".globalconfig")
            .Where(line => line.StartsWith(Key, StringComparison.Ordinal))
            .Select(line => line[Key.Length..].Split(".severity = "))
            .Select(parts => (parts[0], parts[1]));
}
