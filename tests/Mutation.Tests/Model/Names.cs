using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmLock.Mutation.Tests.Model;

/// <summary>
/// What is an expression of one body called? One text for one place: locals that only rename are replaced by what they
/// name, statics are named in full.
/// </summary>
internal sealed class Names(SemanticModel model, SyntaxNode body)
{
    private readonly Dictionary<ISymbol, ExpressionSyntax?> _renamed = new(SymbolEqualityComparer.Default);

    public string Of(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => Of(inner.Expression),
        PostfixUnaryExpressionSyntax sure when sure.IsKind(SyntaxKind.SuppressNullableWarningExpression) => Of(sure.Operand),
        IdentifierNameSyntax name => OfName(name),
        MemberAccessExpressionSyntax access => OfMember(access),
        ThisExpressionSyntax => "this",
        _ => expression.ToString(),
    };

    /// <summary>The names of two things that are one: <c>locked = lruvec</c>, or a result that is its argument.</summary>
    public bool AreTied(ISymbol one, ISymbol other)
        => AssignedFrom(one).Contains(other, SymbolEqualityComparer.Default) || AssignedFrom(other).Contains(one, SymbolEqualityComparer.Default);

    private string OfName(IdentifierNameSyntax name)
    {
        var symbol = model.GetSymbolInfo(name).Symbol;
        if (symbol is ILocalSymbol && Renames(symbol) is { } named)
            return Of(named);
        return symbol is IFieldSymbol or IPropertySymbol ? Member(symbol, "this") : name.Identifier.Text;
    }

    private string OfMember(MemberAccessExpressionSyntax access)
    {
        var symbol = model.GetSymbolInfo(access).Symbol;
        return symbol is { IsStatic: true } ? Member(symbol, "") : $"{Of(access.Expression)}.{access.Name.Identifier.Text}";
    }

    private static string Member(ISymbol symbol, string receiver)
        => symbol.IsStatic ? $"{symbol.ContainingType.Name}.{symbol.Name}" : $"{receiver}.{symbol.Name}";

    /// <summary>The initializer of a local that is assigned nothing else, if that is a plain path.</summary>
    private ExpressionSyntax? Renames(ISymbol local)
    {
        if (_renamed.TryGetValue(local, out var known))
            return known;
        ExpressionSyntax? initializer = null;
        if (local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } value }
            && value is IdentifierNameSyntax or MemberAccessExpressionSyntax
            && !AssignmentsTo(local).Any())
        {
            initializer = value;
        }
        return _renamed[local] = initializer;
    }

    private IEnumerable<ExpressionSyntax> AssignmentsTo(ISymbol local)
        => body.DescendantNodes().OfType<AssignmentExpressionSyntax>()
            .Where(a => a.Left is IdentifierNameSyntax name && Is(name, local))
            .Select(a => a.Right);

    private IEnumerable<ISymbol> AssignedFrom(ISymbol local)
    {
        var values = AssignmentsTo(local);
        if (local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } value })
            values = values.Append(value);
        // The result of a call may be its argument, as with put_page_testzero and the relock loop.
        return values
            .SelectMany(v => v is InvocationExpressionSyntax call ? call.ArgumentList.Arguments.Select(a => a.Expression) : [v])
            .OfType<IdentifierNameSyntax>()
            .Select(name => model.GetSymbolInfo(name).Symbol)
            .OfType<ISymbol>();
    }

    private bool Is(IdentifierNameSyntax name, ISymbol symbol)
        => name.Identifier.Text == symbol.Name && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name).Symbol, symbol);
}
