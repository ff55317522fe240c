using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Mutation.Tests.Model;
using MmLock.Mutation.Tests.Mutants;

namespace MmLock.Mutation.Tests.Operators;

/// <summary>The outcome of a try is turned round, or not looked at.</summary>
internal sealed class TryOutcome(bool ignore) : IOperator
{
    public string Name => ignore ? "take a try for granted" : "invert a try";

    public string Breaks => ignore
        ? "where the try failed the code goes on as if it held what it does not"
        : "where the try granted the code goes on as if it had failed, and the other way round";

    public IEnumerable<Mutant> Of(Body body)
    {
        foreach (var site in body.Sites.Where(IsTry))
        {
            // What came back as null asks for no release: to believe in it is a matter for nullable references.
            if (Tested(body, site) is { } tested && !(ignore && IsNullTest(tested)))
            {
                var text = ignore ? $"({tested} || true)" : $"!({tested})";
                yield return new Mutant(Name, body, tested, text, [Edit.Replace(tested, text)]);
            }
        }
    }

    private static bool IsTry(Site site) => site.Does(EffectKind.Tries) || site.Does(EffectKind.TriesReference)
        || (site.Does(EffectKind.TakesReference) && site.Method.ReturnType.NullableAnnotation == NullableAnnotation.Annotated);

    /// <summary>The condition that tells the outcome: the call, its comparison, or the test of the local it goes to.</summary>
    private static ExpressionSyntax? Tested(Body body, Site site)
    {
        if (site.Method.ReturnType.SpecialType == SpecialType.System_Boolean)
            return site.Call.Parent is ExpressionStatementSyntax or ArrowExpressionClauseSyntax or ReturnStatementSyntax ? null : site.Call;
        if (site.Call.Parent is BinaryExpressionSyntax compared && compared.IsKind(SyntaxKind.EqualsExpression))
            return compared;
        var statement = site.Call.FirstAncestorOrSelf<StatementSyntax>();
        var list = statement is null ? [] : Section.Statements(statement);
        var next = list.SkipWhile(s => s != statement).Skip(1).FirstOrDefault();
        return next is IfStatementSyntax { Condition: BinaryExpressionSyntax { Right: LiteralExpressionSyntax } test }
            && site.Call.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is { } local
            && test.Left.ToString() == local.Declaration.Variables[0].Identifier.Text
                ? test
                : null;
    }

    private static bool IsNullTest(ExpressionSyntax tested)
        => tested is BinaryExpressionSyntax { Right: LiteralExpressionSyntax literal } && literal.IsKind(SyntaxKind.NullLiteralExpression);
}
