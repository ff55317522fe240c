using System;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Diagnostics;
using Xunit;

namespace MmLock.Analyzers.Tests.Meta;

/// <summary>The descriptors are the contract's table, no more and no less.</summary>
public sealed class DescriptorTests
{
    [Fact]
    public void IdsAndNames_AreTheTable() => Assert.Equal(
        RuleTable.Rows.Select(r => $"{r.Name} = {r.Id}").Order(StringComparer.Ordinal),
        typeof(RuleIds).GetFields().Select(f => $"{f.Name} = {f.GetRawConstantValue()}").Order(StringComparer.Ordinal));

    [Fact]
    public void EveryRow_HasItsDescriptors() => Assert.Equal(
        RuleTable.Rows
            .SelectMany(r => r.Live && r.Build ? new[] { r.Name, r.Name + "AtBuild" } : [r.Name])
            .Order(StringComparer.Ordinal),
        RuleTable.Descriptors.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Descriptors_SayWhatTheTableSays()
    {
        foreach (var (name, descriptor) in RuleTable.Descriptors)
        {
            var row = RuleTable.Rows.Single(r => r.Name == name.Replace("AtBuild", "", StringComparison.Ordinal));
            Assert.Equal(row.Id, descriptor.Id);
            Assert.Equal(row.Family, descriptor.Category);
            Assert.Equal(row.Severity != "off", descriptor.IsEnabledByDefault);
            Assert.Equal(
                row.Severity switch
                {
                    "error" => DiagnosticSeverity.Error,
                    "info" => DiagnosticSeverity.Info,
                    _ => DiagnosticSeverity.Warning,
                },
                descriptor.DefaultSeverity);
            Assert.Equal(name != row.Name || !row.Live, RuleTable.IsAtEnd(descriptor));
        }
    }

    [Fact]
    public void Twins_DifferInTheirTagsOnly()
    {
        foreach (var row in RuleTable.Rows.Where(r => r.Live && r.Build))
        {
            var live = RuleTable.Descriptors[row.Name];
            var build = RuleTable.Descriptors[row.Name + "AtBuild"];
            Assert.Equal(live.Title, build.Title);
            Assert.Equal(live.MessageFormat, build.MessageFormat);
            Assert.Equal(live.Description, build.Description);
            Assert.Equal(live.HelpLinkUri, build.HelpLinkUri);
        }
    }

    [Fact]
    public void Texts_AreSentences()
    {
        foreach (var descriptor in RuleTable.Descriptors.Values)
        {
            var message = descriptor.MessageFormat.ToString();
            Assert.Matches("^(['A-Z]|\\{[0-2]\\})", message);
            Assert.DoesNotMatch("[.!]$", message);
            Assert.DoesNotMatch("[.!]$", descriptor.Title.ToString());
            Assert.EndsWith(".", descriptor.Description.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Arguments_AreUsedOnceAndWithoutGaps()
    {
        foreach (var descriptor in RuleTable.Descriptors.Values)
        {
            var used = Regex.Matches(descriptor.MessageFormat.ToString(), @"\{(\d)\}")
                .Select(m => int.Parse(m.Groups[1].Value))
                .ToList();
            Assert.Equal(Enumerable.Range(0, used.Distinct().Count()), used.Distinct().Order());
        }
    }

    [Fact]
    public void HelpLinks_LeadToThePages() => Assert.All(RuleTable.Descriptors.Values, d => Assert.Equal(
        $"https://github.com/mmlock/mmlock/blob/main/docs/rules/{d.Id}.md", d.HelpLinkUri));

    [Fact]
    public void EveryDescriptor_IsReportedBySomeAnalyzer() => Assert.Empty(
        RuleTable.Descriptors.Values.Except(DescriptorCatalog.OfFlow).Except(DescriptorCatalog.OfDeclarations));

    [Fact]
    public void PropertyKeys_AreDistinct()
    {
        var keys = typeof(DiagnosticProperties).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(f => (string)f.GetRawConstantValue()!)
            .ToList();
        Assert.Equal(keys.Distinct(), keys);
    }
}
