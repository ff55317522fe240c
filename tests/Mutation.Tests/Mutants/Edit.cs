using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MmLock.Mutation.Tests.Mutants;

/// <summary>Changes of text at nodes. All of them stay on their lines, so that places in mutants are places in the model.</summary>
internal static class Edit
{
    public static TextChange Replace(SyntaxNode node, string text) => new(node.Span, text);

    /// <summary>The call is not made; what it would have set is zero.</summary>
    public static TextChange Remove(ExpressionStatementSyntax statement) => Replace(statement, InPlace(statement, Defaults(statement) + ";"));

    /// <summary>An arrow body that does nothing.</summary>
    public static IEnumerable<TextChange> Remove(ArrowExpressionClauseSyntax arrow)
    {
        var semicolon = arrow.Parent!.ChildTokens().Last(token => token.IsKind(SyntaxKind.SemicolonToken));
        return [new TextChange(TextSpan.FromBounds(arrow.SpanStart, semicolon.Span.End), "{ }")];
    }

    public static TextChange After(StatementSyntax statement, string text) => Replace(statement, InPlace(statement, $"{statement} {text}"));

    public static TextChange Before(StatementSyntax statement, string text) => Replace(statement, InPlace(statement, $"{text} {statement}"));

    /// <summary>The same statement for a second time: what it declares is declared already.</summary>
    public static string Again(StatementSyntax statement)
        => Outs(statement).Select(a => a.Expression).OfType<DeclarationExpressionSyntax>()
            .Aggregate(statement.ToString(), (text, declared) => text.Replace(declared.ToString(), declared.Designation.ToString()));

    /// <summary>Assigns zero to what a call would have set.</summary>
    public static string Defaults(SyntaxNode call)
        => string.Concat(Outs(call).Select(argument => argument.Expression switch
        {
            DeclarationExpressionSyntax declared => $"{declared.Type} {declared.Designation} = default; ",
            IdentifierNameSyntax { Identifier.Text: not "_" } name => $"{name} = default; ",
            _ => "",
        }));

    private static IEnumerable<ArgumentSyntax> Outs(SyntaxNode call)
        => call.DescendantNodes().OfType<ArgumentSyntax>().Where(a => a.RefKindKeyword.IsKind(SyntaxKind.OutKeyword));

    private static string InPlace(StatementSyntax statement, string text)
        => statement.Parent is BlockSyntax or SwitchSectionSyntax or LabeledStatementSyntax ? text : $"{{ {text} }}";
}
