using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmLock.Analyzers.Flow.Walking;

/// <summary>Which part of a declaration is its body?</summary>
internal static class BodySyntax
{
    /// <summary>
    /// The block or arrow of a declaration; the expression of a lambda; the node itself for initializers and compilation
    /// units.
    /// </summary>
    public static SyntaxNode Of(SyntaxNode root) => root switch
    {
        BaseMethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody ?? root,
        AccessorDeclarationSyntax accessor => (SyntaxNode?)accessor.Body ?? accessor.ExpressionBody ?? root,
        LocalFunctionStatementSyntax local => (SyntaxNode?)local.Body ?? local.ExpressionBody ?? root,
        AnonymousFunctionExpressionSyntax lambda => lambda.Body,
        PropertyDeclarationSyntax { ExpressionBody: { } arrow } => arrow,
        IndexerDeclarationSyntax { ExpressionBody: { } arrow } => arrow,
        _ => root,
    };

    /// <summary>A node that opens a body of its own: nothing inside it runs where it stands.</summary>
    public static bool IsFunction(SyntaxNode node) =>
        node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax;
}
