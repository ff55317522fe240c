using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Mutation.Tests.Model;
using MmLock.Mutation.Tests.Mutants;

namespace MmLock.Mutation.Tests.Operators;

/// <summary>A return where something is held, or before a promise was kept.</summary>
internal sealed class ReturnEarly : IOperator
{
    public string Name => "return early";

    public string Breaks => "what was taken right before stays behind, or what the contract promises was not done";

    public IEnumerable<Mutant> Of(Body body)
    {
        var leave = $"if (System.Environment.HasShutdownStarted) return{(body.Method.ReturnsVoid ? "" : " default!")};";
        foreach (var site in body.Sites)
        {
            if (site.Statement is { } statement && site.Effects.Any(e => IsKept(e) && !IsPromised(body, e)))
                yield return new Mutant(Name, body, statement, $"return after {site}", [Edit.After(statement, leave)]);
        }

        if (body.Node.Body?.Statements.FirstOrDefault() is { } first && body.Contract.Effects.Any(IsOwed))
            yield return new Mutant(Name, body, first, "return first", [Edit.Before(first, leave)]);
    }

    private static bool IsKept(SiteEffect e) => e.Effect.Kind is EffectKind.Takes or EffectKind.TakesReference;

    private static bool IsOwed(Effect effect)
        => effect.Kind is EffectKind.Releases or EffectKind.GivesReference
            || (effect.Kind == EffectKind.Takes && !effect.Path.StartsWith("return", System.StringComparison.Ordinal));

    /// <summary>The body's contract leaves the same thing behind, on some outcome at least, or has it held all through.</summary>
    private static bool IsPromised(Body body, SiteEffect e) => body.Contract.Needs.Contains(e.Effect.Path) || body.Contract.Effects.Any(own => own.Path == e.Effect.Path
        && own.Kind is EffectKind.Takes or EffectKind.Tries or EffectKind.TakesReference or EffectKind.TriesReference);
}
