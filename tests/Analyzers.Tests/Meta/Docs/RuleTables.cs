using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace MmLock.Analyzers.Tests.Meta.Docs;

/// <summary>The tables that pages show between markers, written from the descriptors.</summary>
internal static class RuleTables
{
    /// <summary>For docs/README.md: one line a rule.</summary>
    public static IEnumerable<string> Index =>
    [
        "| Id | Name | Default severity | Reported | Page |",
        "|---|---|---|---|---|",
        .. Rules.Select(rule =>
            $"| {rule.Id} | {rule.Name} | {rule.Severity} | {rule.Reported} | [{rule.Family}](rules/{rule.Id}.md) |"),
    ];

    /// <summary>For the README: one line a family.</summary>
    public static IEnumerable<string> Families =>
    [
        "| Family | Rules |",
        "|---|---|",
        .. Rules.GroupBy(rule => rule.Family).Select(family =>
            $"| {family.Key} | {string.Join(", ", family.Select(rule => $"[{rule.Name}](docs/rules/{rule.Id}.md)"))} |"),
    ];

    private static IEnumerable<(string Id, string Name, string Family, string Severity, string Reported)> Rules =>
        RuleTable.Descriptors.GroupBy(descriptor => descriptor.Value.Id).OrderBy(rule => rule.Key).Select(rule => (
            rule.Key,
            RuleTable.Rows.Single(row => row.Id == rule.Key).Name,
            rule.First().Value.Category,
            Severity(rule.First().Value),
            Reported([.. rule.Select(descriptor => RuleTable.IsAtEnd(descriptor.Value))])));

    private static string Severity(DiagnosticDescriptor descriptor) => descriptor switch
    {
        { IsEnabledByDefault: false } => "off",
        { DefaultSeverity: DiagnosticSeverity.Info } => "info",
        var enabled => enabled.DefaultSeverity.ToString().ToLowerInvariant(),
    };

    private static string Reported(bool[] atEnd) =>
        !atEnd.Contains(true) ? "live" : atEnd.Contains(false) ? "live and build" : "build";
}
