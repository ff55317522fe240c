using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace MmLock.Samples.Tests;

/// <summary>Does <c>docs/mm-locking.md</c> say of the model what the model says?</summary>
public sealed partial class GuideTests
{
    private static readonly string[] Guide = Sources.Page("mm-locking.md");

    [Fact]
    public void Picture_IsTheDeclaredOrder() => Assert.Equal(HierarchyPicture.Lines, Between("hierarchy"));

    /// <summary>The last column, what the class is for, is a person's; all others are the model's.</summary>
    [Fact]
    public void ClassTable_IsTheDeclaredClasses()
        => Assert.Equal(
            KernelClass.All.Select(c => c.Row),
            Between("classes").Skip(2).Select(row => row[..(row.TrimEnd('|').LastIndexOf('|') + 1)]));

    [Fact]
    public void EveryClassOfTheOrder_StandsInTheTable()
        => Assert.Empty(HierarchyPicture.Lines
            .Where(line => line.Contains("-->", StringComparison.Ordinal))
            .SelectMany(line => line.Split("-->", StringSplitOptions.TrimEntries))
            .Except(KernelClass.All.Select(c => c.Name))
            .Except(["reclaim"]));

    [Fact]
    public void EveryLink_LeadsToAFile()
        => Assert.All(
            Guide.SelectMany(line => Link().Matches(line)).Select(link => link.Groups["path"].Value),
            path => Assert.True(File.Exists(Path.Combine(Sources.Root, "docs", path)), path));

    /// <summary>What is set as code and looks like a member of the model is one.</summary>
    [Fact]
    public void EveryMemberNamed_IsInTheModel()
    {
        var types = typeof(MmKernel.Page).Assembly.GetTypes().ToLookup(type => type.Name);
        var missing = Guide.SelectMany(line => Member().Matches(line))
            .Where(member => types.Contains(member.Groups["type"].Value))
            .Where(member => !types[member.Groups["type"].Value].Any(type => type.GetMember(member.Groups["member"].Value,
                System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic
                | System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Static).Length > 0))
            .Select(member => member.Value);
        Assert.Empty(missing);
    }

    private static IEnumerable<string> Between(string mark)
        => Guide.SkipWhile(line => line != $"<!-- {mark} -->").Skip(1).TakeWhile(line => line != $"<!-- /{mark} -->");

    [GeneratedRegex(@"\]\((?<path>[^)#:]+)(#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?<type>[A-Z]\w+)\.(?<member>[A-Z]\w+)`")]
    private static partial Regex Member();
}
