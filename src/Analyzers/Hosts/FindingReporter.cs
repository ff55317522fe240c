using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Rules;

namespace MmLock.Analyzers.Hosts;

/// <summary>
/// Turns the findings of one type (or of the end of the compilation) into diagnostics: each once, in a stable order, with
/// legal locations only.
/// </summary>
/// <remarks>
/// Findings in generated code are left to the platform, which drops them because no analyzer of ours asks for them; it also
/// honours <c>generated_code</c> in the configuration, which nothing here could read better.
/// </remarks>
internal sealed class FindingReporter(Compilation compilation)
{
    private readonly Dictionary<(string Id, Location Place, string Distinction), Finding> _findings = [];

    /// <summary>Remembers a finding. Of two that say the same the certain one stays, then the first in text order.</summary>
    public void Add(Finding finding)
    {
        var key = (finding.Descriptor.Id, finding.Location, finding.Distinction);
        if (!_findings.TryGetValue(key, out var known) || Compare(finding, known) < 0)
            _findings[key] = finding;
    }

    /// <summary>Hands everything over and forgets it.</summary>
    public void Flush(Action<Diagnostic> report)
    {
        var ordered = _findings.Values.ToList();
        _findings.Clear();
        ordered.Sort(static (x, y) => InSourceOrder(x, y));
        foreach (var finding in ordered)
            report(Build(finding));
    }

    private Diagnostic Build(Finding finding)
    {
        var places = ImmutableArray.CreateBuilder<Location>();
        var roles = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var related in finding.Related.Distinct())
        {
            if (!IsOurs(related.Location))
                continue;
            var key = DiagnosticProperties.LocationPrefix + related.Role;
            var index = places.Count.ToString();
            roles[key] = roles.TryGetValue(key, out var others) ? others + "," + index : index;
            places.Add(related.Location);
        }

        var properties = finding.Properties.SetItem(
            DiagnosticProperties.Certainty,
            finding.OnSomePaths ? DiagnosticProperties.SomePaths : DiagnosticProperties.AllPaths);
        foreach (var role in roles)
            properties = properties.SetItem(role.Key, role.Value);

        var diagnostic = Diagnostic.Create(
            finding.Descriptor,
            IsOurs(finding.Location) ? finding.Location : Location.None,
            places,
            properties,
            [.. finding.Arguments, LockWording.Suffix(finding.OnSomePaths)]);
        Debug.Assert(!diagnostic.GetMessage().Contains("{0}"), "Too few arguments for " + finding.Descriptor.Id);
        return diagnostic;
    }

    // A location in the source of another compilation (a project reference seen as source: the editor's normal case) makes
    // ReportDiagnostic throw, and the user sees AD0001. The command line never shows this: there the same symbol is metadata.
    private bool IsOurs(Location location) =>
        location.SourceTree is { } tree && compilation.ContainsSyntaxTree(tree);

    private static int Compare(Finding x, Finding y)
    {
        var certainty = x.OnSomePaths.CompareTo(y.OnSomePaths);
        return certainty != 0 ? certainty : CompareArguments(x, y);
    }

    private static int InSourceOrder(Finding x, Finding y)
    {
        var result = string.CompareOrdinal(x.Location.SourceTree?.FilePath, y.Location.SourceTree?.FilePath);
        if (result == 0)
            result = x.Location.SourceSpan.CompareTo(y.Location.SourceSpan);
        if (result == 0)
            result = string.CompareOrdinal(x.Descriptor.Id, y.Descriptor.Id);
        if (result == 0)
            result = string.CompareOrdinal(x.Distinction, y.Distinction);
        return result != 0 ? result : CompareArguments(x, y);
    }

    private static int CompareArguments(Finding x, Finding y)
    {
        var count = Math.Min(x.Arguments.Length, y.Arguments.Length);
        for (var i = 0; i < count; i++)
        {
            var result = string.CompareOrdinal(x.Arguments[i], y.Arguments[i]);
            if (result != 0)
                return result;
        }

        return x.Arguments.Length.CompareTo(y.Arguments.Length);
    }
}
