using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Analyzers.Contracts;

namespace MmLock.CodeFixes.Locks;

/// <summary>
/// A lock as code names it, cut at every dot: the object in front and the members that lead from it to the lock. A contract
/// of any of these objects may speak of the lock: <c>page.Lock.Lock()</c>, <c>LockPage(page)</c>.
/// </summary>
/// <param name="Text">The object as an expression; empty for what needs none.</param>
/// <param name="Type">Its type.</param>
/// <param name="Symbol">What the expression names; null for <c>this</c> and the like.</param>
/// <param name="Members">The members from it to the lock, as contracts name them.</param>
internal sealed record LockExpressionText(string Text, ITypeSymbol Type, ISymbol? Symbol, ImmutableArray<ISymbol> Members)
{
    /// <summary>All ways to cut it, the lock itself first; nothing where the text is no expression without effects here.</summary>
    public static ImmutableArray<LockExpressionText> Cuts(string text, SemanticModel model, int position)
    {
        var expression = SyntaxFactory.ParseExpression(text);
        if (expression.ContainsDiagnostics || expression.ToFullString() != text || !expression.DescendantNodesAndSelf().All(IsHarmless))
            return [];
        var cuts = ImmutableArray.CreateBuilder<LockExpressionText>();
        var members = ImmutableArray<ISymbol>.Empty;
        for (var current = expression; ;)
        {
            if (TypeOf(current, model, position) is not { TypeKind: not TypeKind.Error } type)
                return [];
            var symbol = model.GetSpeculativeSymbolInfo(position, current, SpeculativeBindingOption.BindAsExpression).Symbol;
            cuts.Add(new(current.ToString(), type, symbol, members));
            if (symbol is not (IFieldSymbol or IPropertySymbol { IsIndexer: false } or IEventSymbol))
                break;
            members = members.Insert(0, MemberLookup.Canonical(symbol));
            if (symbol.IsStatic)
                break;
            if (current is MemberAccessExpressionSyntax access)
            {
                current = access.Expression;
                continue;
            }

            if (current is IdentifierNameSyntax && EnclosingType(model, position) is { } owner)
                cuts.Add(new("", owner, null, members));
            break;
        }

        return cuts.ToImmutable();
    }

    private static INamedTypeSymbol? EnclosingType(SemanticModel model, int position) =>
        model.GetEnclosingSymbol(position) is { } symbol ? symbol as INamedTypeSymbol ?? symbol.ContainingType : null;

    private static ITypeSymbol? TypeOf(ExpressionSyntax expression, SemanticModel model, int position) =>
        expression is ThisExpressionSyntax
            ? EnclosingType(model, position)
            : model.GetSpeculativeTypeInfo(position, expression, SpeculativeBindingOption.BindAsExpression).Type;

    private static bool IsHarmless(SyntaxNode node) => node
        is IdentifierNameSyntax or ThisExpressionSyntax or BaseExpressionSyntax or MemberAccessExpressionSyntax
        or ElementAccessExpressionSyntax or BracketedArgumentListSyntax or ArgumentSyntax or LiteralExpressionSyntax
        or GenericNameSyntax or TypeArgumentListSyntax or PredefinedTypeSyntax;
}
