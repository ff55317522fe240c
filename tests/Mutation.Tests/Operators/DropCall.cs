using System.Collections.Generic;
using System.Linq;
using MmLock.Mutation.Tests.Model;
using MmLock.Mutation.Tests.Mutants;

namespace MmLock.Mutation.Tests.Operators;

/// <summary>A call that takes, releases or counts is left out.</summary>
internal sealed class DropCall(string name, EffectKind kind, string breaks) : IOperator
{
    public string Name => name;

    public string Breaks => breaks;

    public IEnumerable<Mutant> Of(Body body)
    {
        foreach (var site in body.Sites.Where(site => site.Does(kind)))
        {
            if (site.Statement is { } statement)
                yield return new Mutant(name, body, statement, $"without {site}", [Edit.Remove(statement)])
                {
                    Harmless = kind == EffectKind.Releases ? Harmless.Asserted(body, site) : null,
                };
            else if (site.Arrow is { } arrow && body.Method.ReturnsVoid)
                yield return new Mutant(name, body, arrow, $"without {site}", [.. Edit.Remove(arrow)]);
        }
    }
}
