using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MmLock.Analyzers.Flow.Values;

namespace MmLock.Analyzers.Rules.Order;

/// <summary>
/// All stripes of one table are taken in the order in which they stand in it: a <c>foreach</c>, or an index that goes one way. The
/// place in the table is the order, and everybody who takes several of them so takes them alike.
/// </summary>
/// <remarks>
/// Only for a table that a field holds: a list that is handed in may name the same locks in any order. An index that is computed
/// anew each round (a hash) is no order either.
/// </remarks>
internal static class StripeOrder
{
    public static bool IsKept(Value outer, Value inner, IOperation acquire) =>
        Element(inner) is { First: { Kind: ValueKind.Member or ValueKind.Static } table, Second: { } index }
        && IsOfEarlierRound(outer, table)
        && (IsCursor(index) || index is { Kind: ValueKind.Phi, First.Symbol: ILocalSymbol counter } && GoesOneWay(counter, acquire.Syntax));

    /// <summary>The stripe that the loop began with, that a round before took, or one too far back to be told apart.</summary>
    private static bool IsOfEarlierRound(Value outer, Value table) =>
        outer.Kind == ValueKind.Lost
        || Element(outer) is { Second.Kind: ValueKind.Constant or ValueKind.Previous or ValueKind.Binary } earlier && ReferenceEquals(earlier.First, table);

    private static Value? Element(Value value)
    {
        while (value.Kind == ValueKind.Member)
            value = value.First!;
        return value.Kind == ValueKind.Element ? value : null;
    }

    private static bool IsCursor(Value index) =>
        index is { Kind: ValueKind.Result, Data: IPropertyReferenceOperation { Property.Name: "Current" } };

    private static bool GoesOneWay(ILocalSymbol counter, SyntaxNode place)
    {
        SyntaxNode? loop = place;
        while (loop is not null and not (ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax))
            loop = loop is MemberDeclarationSyntax ? null : loop.Parent;
        if (loop is null)
            return false;
        int up = 0, down = 0;
        foreach (var node in loop.DescendantNodes())
        {
            switch (node)
            {
                case PostfixUnaryExpressionSyntax { Operand: IdentifierNameSyntax name } step when IsCounter(name):
                    Count(step.OperatorToken);
                    break;
                case PrefixUnaryExpressionSyntax { Operand: IdentifierNameSyntax name } step when IsCounter(name):
                    Count(step.OperatorToken);
                    break;
                case AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } when IsCounter(name) && !IsStart(node, loop):
                    return false;
            }
        }
        return up > 0 != down > 0;

        bool IsCounter(IdentifierNameSyntax name) => name.Identifier.ValueText == counter.Name;

        void Count(SyntaxToken sign)
        {
            up += sign.IsKind(SyntaxKind.PlusPlusToken) ? 1 : 0;
            down += sign.IsKind(SyntaxKind.MinusMinusToken) ? 1 : 0;
        }
    }

    private static bool IsStart(SyntaxNode assignment, SyntaxNode loop) =>
        loop is ForStatementSyntax { Initializers: var initializers } && assignment is ExpressionSyntax start && initializers.Contains(start);
}
