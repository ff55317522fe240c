using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Diagnostics;

namespace MmLock.Analyzers.Rules;

/// <summary>What a rule has to say: everything of a diagnostic but its legality and its form.</summary>
/// <param name="Descriptor">The rule.</param>
/// <param name="Location">Where it stands.</param>
/// <param name="Arguments">
/// The arguments of the message, as the descriptor lists them. The suffix may be left out: it follows from
/// <see cref="OnSomePaths"/>.
/// </param>
internal sealed record Finding(DiagnosticDescriptor Descriptor, Location Location, params string[] Arguments)
{
    /// <summary>It holds on some paths only.</summary>
    public bool OnSomePaths { get; init; }

    /// <summary>The other places of the story, most important first.</summary>
    public ImmutableArray<RelatedLocation> Related { get; init; } = [];

    /// <summary>Data for code fixes, under the keys of <see cref="DiagnosticProperties"/>.</summary>
    public ImmutableDictionary<string, string?> Properties { get; init; } = ImmutableDictionary<string, string?>.Empty;

    /// <summary>
    /// Tells apart what one rule says twice about one place: two references lost at one closing brace, two edges of a ring
    /// that end in one acquisition. Findings that agree in rule, place and distinction are one.
    /// </summary>
    public string Distinction { get; init; } = "";

    /// <summary>The same finding with one more property.</summary>
    public Finding With(string key, string? value) => this with { Properties = Properties.SetItem(key, value) };

    /// <summary>The same finding with one more place, if there is one.</summary>
    public Finding At(LocationRole role, Location? location) =>
        location is null ? this : this with { Related = Related.Add(new RelatedLocation(role, location)) };
}

/// <summary>A place and what it shows.</summary>
internal readonly record struct RelatedLocation(LocationRole Role, Location Location);
