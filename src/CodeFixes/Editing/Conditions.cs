using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MmLock.CodeFixes.Editing;

/// <summary>May a condition go away with the <c>if</c> that asked it?</summary>
internal static class Conditions
{
    /// <summary>It does nothing: no call, no assignment, nothing awaited or made.</summary>
    public static bool OnlyAsks(ExpressionSyntax condition) => condition.DescendantNodesAndSelf().OfType<ExpressionSyntax>().All(static node => node
        is IdentifierNameSyntax or MemberAccessExpressionSyntax or LiteralExpressionSyntax or BinaryExpressionSyntax or ParenthesizedExpressionSyntax
        or ThisExpressionSyntax or ConditionalExpressionSyntax or PredefinedTypeSyntax or IsPatternExpressionSyntax
        || node.RawKind == (int)SyntaxKind.LogicalNotExpression || node.RawKind == (int)SyntaxKind.UnaryMinusExpression);

    /// <summary>A comment stands in a part of a node.</summary>
    public static bool HasComment(SyntaxNode node, TextSpan span) => node.DescendantTrivia(span).Any(
        trivia => span.Contains(trivia.Span) && trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia);

    /// <summary>The statement together with an <c>if</c> that does nothing else.</summary>
    public static StatementSyntax WithItsOwn(StatementSyntax statement) =>
        (statement.Parent is BlockSyntax { Statements.Count: 1 } block ? block.Parent : statement.Parent) is IfStatementSyntax { Else: null, Parent: BlockSyntax } only
        && OnlyAsks(only.Condition) && !HasComment(only, only.Span) ? only : statement;
}
