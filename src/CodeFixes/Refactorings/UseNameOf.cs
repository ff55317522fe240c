using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Symbols;

namespace MmLock.CodeFixes.Refactorings;

/// <summary>Writes a lock expression that is one name as <c>nameof</c>: renaming then takes it along.</summary>
internal sealed class UseNameOf : RepairPlan
{
    public override ImmutableArray<string> Keys(string id) => [FixKeys.UseNameOf];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        var token = site.Root.FindToken(site.Span.Start);
        if (token.Parent is not LiteralExpressionSyntax { Token.Value: string name, Parent: AttributeArgumentSyntax { Parent.Parent: AttributeSyntax attribute } } literal
            || !SyntaxFacts.IsValidIdentifier(name) || name is "this" or "return"
            || site.Model.GetSymbolInfo(attribute).Symbol?.ContainingType is not { } type || KnownTypeNames.AnnotationName(type) is null)
        {
            yield break;
        }

        yield return site.Change($"Use 'nameof({name})'", FixKeys.UseNameOf, [new TextChange(literal.Span, $"nameof({name})")]);
    }
}
