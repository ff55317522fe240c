using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace MmLock.Verification;

/// <summary>
/// A finding that a test describes itself. What it does not say is not checked, but for the place: a finding without
/// <see cref="At(Spot)"/> must have none.
/// </summary>
/// <param name="Id">The rule.</param>
public sealed record ExpectedFinding(string Id)
{
    internal Spot? Primary { get; init; }

    internal ImmutableArray<Spot>? Additional { get; init; }

    internal string? Message { get; init; }

    internal ImmutableArray<string> Fragments { get; init; } = [];

    internal ImmutableArray<object>? Arguments { get; init; }

    internal DiagnosticSeverity? Severity { get; init; }

    internal bool IsSuppressed { get; init; }

    /// <summary>Where it stands: <c>At(0)</c> for the text marked <c>{|#0:x|}</c>.</summary>
    public ExpectedFinding At(Spot spot) => this with { Primary = spot };

    /// <summary>Its additional places, all of them, in order.</summary>
    public ExpectedFinding WithPlaces(params Spot[] spots) => this with { Additional = [.. spots] };

    /// <summary>Its whole message.</summary>
    public ExpectedFinding WithMessage(string message) => this with { Message = message };

    /// <summary>Parts of its message, each of which must occur.</summary>
    public ExpectedFinding Saying(params string[] fragments) => this with { Fragments = [.. Fragments.Concat(fragments)] };

    /// <summary>What its message format is filled with.</summary>
    public ExpectedFinding WithArguments(params object[] arguments) => this with { Arguments = [.. arguments] };

    /// <summary>Its severity, after the configuration of the test.</summary>
    public ExpectedFinding WithSeverity(DiagnosticSeverity severity) => this with { Severity = severity };

    /// <summary>It is there, and a pragma or <c>[SuppressMessage]</c> keeps it from the user.</summary>
    public ExpectedFinding Suppressed() => this with { IsSuppressed = true };
}
