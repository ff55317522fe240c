using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmLock.Analyzers.Inference;

/// <summary>Where else does the text name a field? By its name alone, so nothing is bound for it; in doubt it is an access.</summary>
internal static class FieldMentions
{
    /// <summary>
    /// Places outside constructors and initializers that no record covers; null when the field is handed to
    /// <c>Interlocked</c> or <c>Volatile</c>, which is a way of its own to be safe.
    /// </summary>
    public static IReadOnlyList<Location>? Find(
        IFieldSymbol field, IReadOnlyList<Location> recorded, Compilation compilation, CancellationToken cancellation)
    {
        var found = new List<Location>();
        foreach (var root in Roots(field, compilation, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var token in root.DescendantTokens())
            {
                if (!token.IsKind(SyntaxKind.IdentifierToken) || token.ValueText != field.Name || token.Parent is not IdentifierNameSyntax name)
                    continue;
                if (IsAtomicArgument(name))
                    return null;
                if (!IsCovered(token, recorded) && !IsExempt(name))
                    found.Add(token.GetLocation());
            }
        }
        return found;
    }

    /// <summary>A private field is named in its outermost type only; an internal one anywhere.</summary>
    private static IEnumerable<SyntaxNode> Roots(IFieldSymbol field, Compilation compilation, CancellationToken cancellation)
    {
        if (field.DeclaredAccessibility != Accessibility.Private)
        {
            foreach (var tree in compilation.SyntaxTrees)
            {
                if (tree.GetText(cancellation).ToString().Contains(field.Name))
                    yield return tree.GetRoot(cancellation);
            }
            yield break;
        }
        var type = field.ContainingType;
        while (type.ContainingType is { } outer)
            type = outer;
        foreach (var reference in type.DeclaringSyntaxReferences)
            yield return reference.GetSyntax(cancellation);
    }

    private static bool IsCovered(SyntaxToken token, IReadOnlyList<Location> recorded)
    {
        foreach (var place in recorded)
        {
            if (place.SourceTree == token.SyntaxTree && place.SourceSpan.Contains(token.Span))
                return true;
        }
        return false;
    }

    private static bool IsExempt(IdentifierNameSyntax name)
    {
        if (name.Parent is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment && assignment.Left == name)
            return true;
        foreach (var node in name.AncestorsAndSelf())
        {
            switch (node)
            {
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or MethodDeclarationSyntax:
                    return false;
                case ConstructorDeclarationSyntax or DestructorDeclarationSyntax or AttributeSyntax or NameColonSyntax:
                case FieldDeclarationSyntax or NameEqualsSyntax:
                case InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } }:
                    return true;
            }
        }
        return false;
    }

    private static bool IsAtomicArgument(IdentifierNameSyntax name)
    {
        var expression = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? (ExpressionSyntax)access : name;
        return expression.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } argument
            && !argument.RefKindKeyword.IsKind(SyntaxKind.None)
            && call.Expression is MemberAccessExpressionSyntax { Expression: var type }
            && type.ToString().Split('.').Last() is "Interlocked" or "Volatile" or "LazyInitializer";
    }
}
