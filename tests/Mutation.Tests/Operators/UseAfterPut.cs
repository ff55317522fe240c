using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
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
                .Where(name => site.Effects.Any(e => e.Effect.Kind == EffectKind.GivesReference && e.Effect.Path == body.Names.Of(name))
                    && IsTheLast(body, site, name)))
            {
                yield return new Mutant(Name, body, site.Statement!, $"{name}.ToString() after {site}", [Edit.After(site.Statement!, $"_ = {name}.ToString();")]);
            }
        }
    }

    /// <summary>Has this body no other reference: not the caller's, and none that it uses further on?</summary>
    private static bool IsTheLast(Body body, Site site, IdentifierNameSyntax name)
    {
        var symbol = body.Model.GetSymbolInfo(name).Symbol;
        if (symbol is IParameterSymbol && !body.Contract.Effects.Any(e => e.Kind == EffectKind.GivesReference && e.Path == symbol.Name))
            return false;
        for (StatementSyntax? at = site.Statement; at is not null; at = at.Parent?.FirstAncestorOrSelf<StatementSyntax>())
        {
            var rest = Section.Statements(at).SkipWhile(s => s != at).Skip(1).ToArray();
            if (rest.SelectMany(body.Of<IdentifierNameSyntax>).Any(later => SymbolEqualityComparer.Default.Equals(
                body.Model.GetSymbolInfo(later).Symbol, symbol)))
            {
                return false;
            }
            if (rest.Any(s => s is ReturnStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax or GotoStatementSyntax))
                break;
        }
        return true;
    }
}
