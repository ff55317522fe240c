using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow;

namespace MmLock.Analyzers.Rules;

/// <summary>
/// Counts, for one body, in how many worlds each thing failed and passed: what failed in some worlds only is so "on some
/// paths". One finding per rule and place; it names all the locks that were missing.
/// </summary>
internal sealed class Verdicts(BodyScope scope, Action<Finding> report)
{
    private readonly Dictionary<(string Id, Location Place, string Group), Entry> _entries = [];

    public BodyScope Scope { get; } = scope;

    /// <summary>It is wrong here.</summary>
    /// <param name="text">What is named in the message; the texts of all worlds reach <paramref name="build"/>.</param>
    /// <param name="group">Tells apart several findings of one rule at one place.</param>
    /// <param name="when">Asked when the whole body is known.</param>
    /// <param name="declaration">The contract that is broken; one finding shows them all.</param>
    /// <param name="part">What is judged by itself: one of several requirements of one call may fail on all paths, another on none.</param>
    public void Fail(
        DiagnosticDescriptor rule, Location place, string text, Func<IReadOnlyList<string>, Finding> build, string group = "",
        Func<bool>? when = null, string part = "", Location? declaration = null)
    {
        var entry = Find(rule, place, group);
        entry.Failed++;
        entry.Count(part, failed: true);
        if (when is not null && entry.When is null && entry.Build is null)
            entry.When = when;
        else if (when is null)
            entry.When = null;
        entry.Build ??= build;
        if (declaration is not null && !entry.Declarations.Contains(declaration))
            entry.Declarations.Add(declaration);
        if (!entry.Texts.Contains(text))
            entry.Texts.Add(text);
    }

    /// <summary>It is right here, in this world.</summary>
    public void Pass(DiagnosticDescriptor rule, Location place, string group = "", string part = "") =>
        Find(rule, place, group).Count(part, failed: false);

    /// <summary>A rule has something to say in this part of the body.</summary>
    public bool HasFailedIn(DiagnosticDescriptor rule, TextSpan part)
    {
        foreach (var pair in _entries)
        {
            if (pair.Key.Id == rule.Id && pair.Value.Failed > 0 && part.Contains(pair.Key.Place.SourceSpan))
                return true;
        }
        return false;
    }

    /// <summary>A rule has something to say at this place.</summary>
    public bool HasFailedAt(DiagnosticDescriptor rule, Location place)
    {
        foreach (var pair in _entries)
        {
            if (pair.Key.Id == rule.Id && pair.Value.Failed > 0 && pair.Key.Place == place)
                return true;
        }
        return false;
    }

    public void Complete()
    {
        foreach (var pair in _entries)
        {
            var entry = pair.Value;
            if (entry.Failed == 0 || entry.When is { } when && !when())
                continue;
            var finding = entry.Build!(entry.Texts);
            foreach (var declaration in entry.Declarations)
                finding = finding.At(LocationRole.Declaration, declaration);
            report(finding with { OnSomePaths = entry.IsOnSomePaths, Distinction = pair.Key.Group });
        }
    }

    private Entry Find(DiagnosticDescriptor rule, Location place, string group)
    {
        var key = (rule.Id, place, group);
        if (!_entries.TryGetValue(key, out var entry))
            _entries.Add(key, entry = new Entry());
        return entry;
    }

    private sealed class Entry
    {
        public int Failed { get; set; }

        /// <summary>The part without a name: all there is, of most.</summary>
        private (int Failed, int Passed) _whole;
        private Dictionary<string, (int Failed, int Passed)>? _parts;

        /// <summary>No part fails in every world.</summary>
        public bool IsOnSomePaths
        {
            get
            {
                if (_whole is { Failed: > 0, Passed: 0 })
                    return false;
                if (_parts is null)
                    return true;
                foreach (var part in _parts.Values)
                {
                    if (part is { Failed: > 0, Passed: 0 })
                        return false;
                }
                return true;
            }
        }

        public void Count(string part, bool failed)
        {
            if (part.Length == 0)
            {
                _whole = Counted(_whole);
                return;
            }
            _parts ??= [];
            _parts.TryGetValue(part, out var counts);
            _parts[part] = Counted(counts);

            (int Failed, int Passed) Counted((int Failed, int Passed) counts) =>
                failed ? (counts.Failed + 1, counts.Passed) : (counts.Failed, counts.Passed + 1);
        }

        /// <summary>What failed is named; what only passed never is.</summary>
        public List<string> Texts => _texts ??= [];

        private List<string>? _texts;

        public List<Location> Declarations { get; } = [];

        public Func<IReadOnlyList<string>, Finding>? Build { get; set; }

        public Func<bool>? When { get; set; }
    }
}
