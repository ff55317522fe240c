using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmLock.Mutation.Tests.Model;

/// <summary>A critical section in plain sight: a take and the next release of the same lock, in one list of statements.</summary>
/// <param name="Effect">The lock, as the take names it.</param>
/// <param name="Facts">What is known of it.</param>
/// <param name="Inner">What stands between them.</param>
internal sealed record Section(Body Body, Site Take, Site Release, Effect Effect, LockFacts? Facts, ImmutableArray<StatementSyntax> Inner)
{
    public Need Need => new(Body, Effect, Facts);

    /// <summary>Is it released nowhere but at its end? Then nothing inside leaves it.</summary>
    public bool IsWhole => !Inner.Any(statement => Body.Sites.Any(site =>
        statement.Span.Contains(site.Call.Span) && site.Effects.Any(e => e.Effect.Path == Effect.Path && e.Effect.IsLock)));

    public static IEnumerable<Section> In(Body body)
    {
        foreach (var take in body.Sites.Where(site => site.Statement is not null))
        {
            if (take.Lock(EffectKind.Takes) is not { } effect)
                continue;
            var list = Statements(take.Statement!);
            int first = list.IndexOf(take.Statement!);
            var release = body.Sites.FirstOrDefault(site => site.Statement is { } statement
                && list.IndexOf(statement) > first
                && site.Effects.Any(e => e.Effect.Kind == EffectKind.Releases && e.Effect.Path == effect.Effect.Path));
            if (release is null)
                continue;
            int last = list.IndexOf(release.Statement!);
            yield return new Section(body, take, release, effect.Effect, effect.Facts, [.. list.Skip(first + 1).Take(last - first - 1)]);
        }
    }

    /// <summary>The list that a statement stands in.</summary>
    public static ImmutableArray<StatementSyntax> Statements(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => [.. block.Statements],
        SwitchSectionSyntax section => [.. section.Statements],
        _ => [],
    };
}
