using System.Collections.Generic;
using System.Linq;
using MmLock.Mutation.Tests.Model;
using MmLock.Mutation.Tests.Mutants;

namespace MmLock.Mutation.Tests.Operators;

/// <summary>A call that takes, releases or counts is made twice.</summary>
internal sealed class RepeatCall(string name, EffectKind kind, string breaks) : IOperator
{
    public string Name => name;

    public string Breaks => breaks;

    public IEnumerable<Mutant> Of(Body body)
        => body.Sites
            .Where(site => site.Does(kind) && site.Statement is not null && !IsIdempotent(site))
            .Select(site => new Mutant(
                name, body, site.Statement!, $"twice {site}", [Edit.After(site.Statement!, Edit.Again(site.Statement!))]));

    // Interrupts that are off can be turned off, and what was restored can be restored: the flag has no count.
    private static bool IsIdempotent(Site site) => site.Effects.All(e => e.Effect.Path == "@irq");
}
