using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Mutation.Tests.Model;
using MmLock.Mutation.Tests.Mutants;

namespace MmLock.Mutation.Tests.Operators;

/// <summary>The result of a call that returns something locked or counted is not kept.</summary>
internal sealed class ForgetResult : IOperator
{
    public string Name => "forget a result";

    public string Breaks => "what came back locked or counted has no name any more";

    public IEnumerable<Mutant> Of(Body body)
        => from site in body.Sites
           where site.Effects.Any(e => e.Effect.Kind is EffectKind.Takes or EffectKind.TakesReference)
           where site.Call.Parent is AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax }
           select new Mutant(Name, body, site.Call.Parent!, $"without its result {site}", [Edit.Replace(site.Call.Parent!, site.Call.ToString())]);
}
