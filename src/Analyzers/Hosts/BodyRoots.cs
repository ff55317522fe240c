using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MmLock.Analyzers.Hosts;

/// <summary>From the code block that the driver delivers to the node that a graph is made of.</summary>
internal static class BodyRoots
{
    /// <summary>The root, or null where nothing runs: attributes, constants, defaults of parameters.</summary>
    public static SyntaxNode? Find(ISymbol owner, SyntaxNode codeBlock, CancellationToken cancellation) => owner switch
    {
        IFieldSymbol { IsConst: true } => null,
        IFieldSymbol or IEventSymbol => Declarator(owner, codeBlock, cancellation)?.Initializer,
        IPropertySymbol => (codeBlock as PropertyDeclarationSyntax)?.Initializer,
        IMethodSymbol => codeBlock,
        _ => null,
    };

    /// <summary>The part of a root that runs.</summary>
    /// <remarks>A primary constructor has its whole type as root, top-level code its whole file.</remarks>
    public static TextSpan CodeOf(SyntaxNode root) => root switch
    {
        TypeDeclarationSyntax type =>
            type.BaseList?.Types.OfType<PrimaryConstructorBaseTypeSyntax>().FirstOrDefault()?.Span ?? default,
        CompilationUnitSyntax unit when unit.Members.OfType<GlobalStatementSyntax>().FirstOrDefault() is { } first =>
            TextSpan.FromBounds(first.SpanStart, unit.Members.OfType<GlobalStatementSyntax>().Last().Span.End),
        _ => root.Span,
    };

    // int a = X(), b = Y(); is one block for each of its fields, every time with the whole declaration.
    private static VariableDeclaratorSyntax? Declarator(ISymbol owner, SyntaxNode codeBlock, CancellationToken cancellation) =>
        owner.DeclaringSyntaxReferences
            .Where(r => r.SyntaxTree == codeBlock.SyntaxTree && codeBlock.FullSpan.Contains(r.Span))
            .Select(r => r.GetSyntax(cancellation))
            .OfType<VariableDeclaratorSyntax>()
            .FirstOrDefault();
}
