using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmLock.Analyzers.Inference;

/// <summary>Where else does the text name a field? By its name alone, so nothing is bound for it; in doubt it is an access.</summary>
internal sealed class FieldMentions
{
    private readonly Dictionary<string, List<SyntaxTree>> _trees = new(StringComparer.Ordinal);

    /// <param name="fields">The fields that will be asked for: their files are looked for once, for all of them.</param>
    public FieldMentions(IEnumerable<IFieldSymbol> fields, Compilation compilation, CancellationToken cancellation)
    {
        foreach (var field in fields)
        {
            if (field.DeclaredAccessibility != Accessibility.Private)
                _trees[field.Name] = [];
        }
        if (_trees.Count == 0)
            return;
        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellation.ThrowIfCancellationRequested();
            Index(tree, tree.GetText(cancellation).ToString());
        }
    }

    /// <summary>
    /// Places outside constructors and initializers that no record covers; null when the field is handed to
    /// <c>Interlocked</c> or <c>Volatile</c>, which is a way of its own to be safe.
    /// </summary>
    public IReadOnlyList<Location>? Find(IFieldSymbol field, IReadOnlyList<Location> recorded, CancellationToken cancellation)
    {
        var found = new List<Location>();
        foreach (var root in Roots(field, cancellation))
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
    private IEnumerable<SyntaxNode> Roots(IFieldSymbol field, CancellationToken cancellation)
    {
        if (_trees.TryGetValue(field.Name, out var trees) && field.DeclaredAccessibility != Accessibility.Private)
            return trees.Select(tree => tree.GetRoot(cancellation));
        var type = field.ContainingType;
        while (type.ContainingType is { } outer)
            type = outer;
        return type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation));
    }

    private void Index(SyntaxTree tree, string text)
    {
        int start = -1;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && SyntaxFacts.IsIdentifierPartCharacter(text[i]))
            {
                if (start < 0)
                    start = i;
                continue;
            }
            if (start >= 0 && _trees.TryGetValue(text.Substring(start, i - start), out var trees) && !trees.Contains(tree))
                trees.Add(tree);
            start = -1;
        }
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
