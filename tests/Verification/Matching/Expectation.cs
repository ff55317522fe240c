using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;

namespace MmLock.Verification;

/// <summary>How much of a finding's place an expectation fixes.</summary>
internal enum Precision
{
    /// <summary>Begin and end: a mark around text.</summary>
    Span,

    /// <summary>The begin: <c>$$</c>.</summary>
    Start,

    /// <summary>The line: a comment at its end.</summary>
    Line,
}

/// <summary>One thing a test expects, wherever it said so.</summary>
internal sealed record Expectation(ImmutableArray<string> Ids, Place Place, Precision Precision)
{
    public bool IsOptional { get; init; }

    /// <summary>What an explicit finding says beyond id and place.</summary>
    public ExpectedFinding? Explicit { get; init; }

    public ImmutableArray<Place>? Additional { get; init; }

    public string IdText => string.Join("|", Ids);

    public bool Accepts(Finding finding) => Differences(finding).FirstOrDefault() is null;

    public bool StandsAt(Place place) => Precision switch
    {
        _ when place.Path != Place.Path => false,
        Precision.Line => place.Start.Line == Place.Start.Line,
        Precision.Start => place.Start == Place.Start,
        _ => place == Place,
    };

    /// <summary>In what the finding is another than the one expected, worst first.</summary>
    public IEnumerable<string> Differences(Finding finding)
    {
        if (!Ids.Contains(finding.Id))
            yield return $"expected {IdText}, found {finding.Id}";
        if (!StandsAt(finding.Primary))
            yield return $"expected at {Place}, found at {finding.Primary}";
        if (finding.IsSuppressed != (Explicit?.IsSuppressed ?? false))
            yield return finding.IsSuppressed ? "found, but suppressed" : "expected to be suppressed";
        if (Explicit is null)
            yield break;
        if (Explicit.Severity is { } severity && severity != finding.Severity)
            yield return $"expected severity {severity}, found {finding.Severity}";
        if ((Explicit.Message ?? Formatted(finding)) is { } message && message != finding.Message)
            yield return $"expected the message \"{message}\", found \"{finding.Message}\"";
        foreach (var fragment in Explicit.Fragments)
            if (!finding.Message.Contains(fragment))
                yield return $"expected \"{fragment}\" in the message \"{finding.Message}\"";
        if (Additional is { } places && !places.SequenceEqual(finding.Additional))
            yield return $"expected additional places {Listed(places)}, found {Listed(finding.Additional)}";
    }

    private string? Formatted(Finding finding) => Explicit?.Arguments is { } arguments
        ? string.Format(
            CultureInfo.InvariantCulture,
            finding.Diagnostic.Descriptor.MessageFormat.ToString(CultureInfo.InvariantCulture),
            [.. arguments])
        : null;

    private static string Listed(ImmutableArray<Place> places)
        => places.IsEmpty ? "none" : string.Join("; ", places);

    public override string ToString() => $"{IdText} at {Place}";
}
