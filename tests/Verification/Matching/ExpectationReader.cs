using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace MmLock.Verification;

/// <summary>Turns the marks of the sources and the explicit findings of a test into expectations.</summary>
internal static partial class ExpectationReader
{
    public static ImmutableArray<Expectation> Read(Scenario scenario)
    {
        var all = ImmutableArray.CreateBuilder<Expectation>();
        foreach (var source in scenario.Sources)
        {
            all.AddRange(source.Lines.Select(mark => FromLine(source, mark)));
            all.AddRange(source.Spans
                .Where(mark => mark.Number is null)
                .Select(mark => FromSpan(source, mark, scenario.Settings)));
        }

        all.AddRange(scenario.Settings.Expected.Select(expected => FromExplicit(scenario, expected)));
        var known = scenario.Settings.Rules.Select(rule => rule.Id).ToHashSet();
        foreach (var expectation in all)
            foreach (var id in expectation.Ids)
                if (!known.Contains(id) && !CompilerId().IsMatch(id))
                    throw new VerificationException($"{expectation.Place}: no analyzer under test has a rule {id}");
        return all.ToImmutable();
    }

    private static Expectation FromLine(MarkedSource source, LineMark mark)
    {
        var line = source.Source.Lines[mark.Line];
        var text = line.ToString();
        var indent = text.Length - text.TrimStart().Length;
        var place = Place.Of(source, TextSpan.FromBounds(line.Start + indent, line.End));
        return new Expectation(mark.Ids, place, Precision.Line) { IsOptional = mark.Optional };
    }

    private static Expectation FromSpan(MarkedSource source, SpanMark mark, LockVerifier settings)
    {
        var place = Place.Of(source, mark.Span);
        var id = mark.Id ?? settings.DefaultId
            ?? (settings.Rules.Select(rule => rule.Id).Distinct().ToArray() is [var only] ? only : null)
            ?? throw new VerificationException(
                $"{place}: the mark does not say which rule, and the analyzers under test have several: set DefaultId");
        return new Expectation([id], place, mark.OpenEnd ? Precision.Start : Precision.Span);
    }

    private static Expectation FromExplicit(Scenario scenario, ExpectedFinding expected)
        => new([expected.Id], Resolve(scenario, expected.Primary), Precision.Span)
        {
            Explicit = expected,
            Additional = expected.Additional?.Select(spot => Resolve(scenario, spot)).ToImmutableArray(),
        };

    private static Place Resolve(Scenario scenario, Spot? spot)
    {
        if (spot is not { } named)
            return Place.Nowhere;
        if (named.Number is { } number)
            return Numbered(scenario, number);
        var (line, column, endLine, endColumn) = named.Position;
        return new Place(
            Scenario.Rooted(named.Path!, 0),
            new LinePosition(line - 1, column - 1),
            new LinePosition(endLine - 1, endColumn - 1));
    }

    private static Place Numbered(Scenario scenario, int number)
    {
        var places = scenario.Sources
            .Where(source => source.Numbered(number) is not null)
            .Select(source => Place.Of(source, source.Numbered(number)!.Span))
            .ToArray();
        return places switch
        {
            [var only] => only,
            [] => throw new VerificationException($"no mark in the sources has the number {number}"),
            _ => throw new VerificationException($"the number {number} is used in several files: {string.Join("; ", places)}"),
        };
    }

    [GeneratedRegex("^CS[0-9]{4}$")]
    private static partial Regex CompilerId();
}
