using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Mutation.Tests.Model;
using MmLock.Mutation.Tests.Mutants;

namespace MmLock.Mutation.Tests.Operators;

/// <summary>A reference is taken without a try, on something that was merely found.</summary>
internal sealed class GetWithoutTry : IOperator
{
    public string Name => "get without a try";

    public string Breaks => "nobody keeps what was found, so its count may be zero";

    public IEnumerable<Mutant> Of(Body body)
    {
        foreach (var site in body.Sites.Where(site => site.Does(EffectKind.TriesReference)))
        {
            if (site.Call.Parent is PrefixUnaryExpressionSyntax { Parent: IfStatementSyntax { Else: null } test } not
                && not.IsKind(SyntaxKind.LogicalNotExpression)
                && site.Call.ArgumentList.Arguments is [{ Expression: IdentifierNameSyntax found }]
                && IsUnreferenced(body, found))
            {
                yield return new Mutant(Name, body, test, $"PageRef.GetPage({found}) for {site}", [Edit.Replace(test, $"PageRef.GetPage({found});")]);
            }
        }
    }

    /// <summary>Every value of the local comes from a member that says it has no reference.</summary>
    private static bool IsUnreferenced(Body body, IdentifierNameSyntax found)
    {
        var values = body.Of<VariableDeclaratorSyntax>(body.Node)
            .Where(local => local.Identifier.Text == found.Identifier.Text).Select(local => local.Initializer?.Value)
            .Concat(body.Of<AssignmentExpressionSyntax>(body.Node)
                .Where(a => a.Left.ToString() == found.Identifier.Text && a.SpanStart < found.SpanStart).Select(a => (ExpressionSyntax?)a.Right))
            .OfType<ExpressionSyntax>().Where(value => !value.IsKind(SyntaxKind.NullLiteralExpression)).ToArray();
        return values.Length > 0 && values.All(value => body.Model.GetSymbolInfo(value).Symbol switch
        {
            IMethodSymbol method => Has(method.GetReturnTypeAttributes()),
            { } member => Has(member.GetAttributes()),
            null => false,
        });
    }

    private static bool Has(IEnumerable<AttributeData> attributes) => attributes.Any(a => Contract.Name(a) == nameof(UnreferencedAttribute));
}
