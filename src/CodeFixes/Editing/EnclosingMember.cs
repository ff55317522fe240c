using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmLock.CodeFixes.Editing;

/// <summary>Which declaration bears the contract of the code at a place?</summary>
internal static class EnclosingMember
{
    /// <summary>The method, accessor, local function, or property with an expression body; null in lambdas and initializers.</summary>
    public static SyntaxNode? Of(SyntaxNode node)
    {
        foreach (var ancestor in node.AncestorsAndSelf())
        {
            switch (ancestor)
            {
                case AnonymousFunctionExpressionSyntax:
                    return null;
                case LocalFunctionStatementSyntax or AccessorDeclarationSyntax or BaseMethodDeclarationSyntax:
                    return ancestor;
                case BasePropertyDeclarationSyntax property:
                    return node.Ancestors().Contains(Arrow(property)) ? property : null;
                case MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    private static SyntaxNode? Arrow(BasePropertyDeclarationSyntax property) => property switch
    {
        PropertyDeclarationSyntax { ExpressionBody: { } body } => body,
        IndexerDeclarationSyntax { ExpressionBody: { } body } => body,
        _ => null,
    };
}
