using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Mutation.Tests.Model;
using MmLock.Mutation.Tests.Mutants;

namespace MmLock.Mutation.Tests.Operators;

/// <summary>One more look at something whose reference was given up.</summary>
internal sealed class UseAfterPut : IOperator
{
    public string Name => "use after put";

    public string Breaks => "the object may be gone, or be another by now";

    public IEnumerable<Mutant> Of(Body body)
    {
        foreach (var site in body.Sites.Where(site => site.Statement is not null))
        {
            foreach (var name in site.Call.ArgumentList.Arguments.Select(a => a.Expression).OfType<IdentifierNameSyntax>()
                .Where(name => site.Effects.Any(e => e.Effect.Kind == EffectKind.GivesReference && e.Effect.Path == body.Names.Of(name))))
            {
                yield return new Mutant(Name, body, site.Statement!, $"{name}.ToString() after {site}", [Edit.After(site.Statement!, $"_ = {name}.ToString();")]);
            }
        }
    }
}
