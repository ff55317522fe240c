using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Values;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <content>Operators as facts: what is compared, negated, folded.</content>
internal sealed partial class BodyInterpreter
{
    private Value EvalConversion(IConversionOperation conversion)
    {
        if (conversion.OperatorMethod is { } method)
            return CallOperator(conversion, method, [conversion.Operand]);
        var operand = Eval(conversion.Operand);
        if (conversion.IsTryCast && conversion.Type?.IsReferenceType == true
            && !conversion.Conversion.IsImplicit && !conversion.Conversion.IsIdentity)
        {
            return _values.Binary(conversion.Type.OriginalDefinition, operand, _values.Null, conversion.Type) is { Kind: not ValueKind.Lost } cast
                ? cast
                : Yield(conversion);
        }
        return operand;
    }

    private Value EvalUnary(IUnaryOperation unary)
    {
        if (unary.OperatorMethod is { } method)
            return CallOperator(unary, method, [unary.Operand]);
        var operand = Eval(unary.Operand);
        if (unary.OperatorKind == UnaryOperatorKind.Not && unary.Type?.SpecialType == SpecialType.System_Boolean)
            return _values.Not(operand);
        var result = _values.Binary(unary.OperatorKind, operand, _values.Null, unary.Type);
        return result.Kind == ValueKind.Lost ? Yield(unary) : result;
    }

    private Value EvalBinary(IBinaryOperation binary)
    {
        if (binary.OperatorMethod is { } method && !IsPlainEquality(method))
            return CallOperator(binary, method, [binary.LeftOperand, binary.RightOperand]);
        var left = Eval(binary.LeftOperand);
        var right = Eval(binary.RightOperand);
        if (binary.OperatorKind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals)
            NoteCompared(left, right);
        var result = Fold(binary.OperatorKind, left, right, binary);
        return result.Kind == ValueKind.Lost ? Yield(binary) : result;
    }

    /// <summary>Equality operators of the framework (strings, records of it) compare and do nothing else.</summary>
    private static bool IsPlainEquality(IMethodSymbol method) =>
        method.Name is "op_Equality" or "op_Inequality" && method.DeclaringSyntaxReferences.IsEmpty
        && method.GetAttributes().IsEmpty;

    private Value Fold(BinaryOperatorKind kind, Value left, Value right, IOperation operation)
    {
        switch (kind)
        {
            case BinaryOperatorKind.Equals:
                return _values.Equal(left, right);
            case BinaryOperatorKind.NotEquals:
                return _values.Not(_values.Equal(left, right));
            case BinaryOperatorKind.And when operation.Type?.SpecialType == SpecialType.System_Boolean:
                if (WorldAssumptions.Truth(_w, left) == false || WorldAssumptions.Truth(_w, right) == false)
                    return _values.False;
                if (WorldAssumptions.Truth(_w, left) == true)
                    return right;
                if (WorldAssumptions.Truth(_w, right) == true)
                    return left;
                break;
            case BinaryOperatorKind.Or when operation.Type?.SpecialType == SpecialType.System_Boolean:
                if (WorldAssumptions.Truth(_w, left) == true || WorldAssumptions.Truth(_w, right) == true)
                    return _values.True;
                if (WorldAssumptions.Truth(_w, left) == false)
                    return right;
                if (WorldAssumptions.Truth(_w, right) == false)
                    return left;
                break;
            case BinaryOperatorKind.ExclusiveOr when WorldAssumptions.Truth(_w, right) is { } flips:
                return flips ? _values.Not(left) : left;
            case BinaryOperatorKind.ExclusiveOr when WorldAssumptions.Truth(_w, left) is { } flips:
                return flips ? _values.Not(right) : right;
            case BinaryOperatorKind.GreaterThanOrEqual:
                return _values.Not(Compare(BinaryOperatorKind.LessThan, left, right, operation));
            case BinaryOperatorKind.LessThanOrEqual:
                return _values.Not(Compare(BinaryOperatorKind.LessThan, right, left, operation));
            case BinaryOperatorKind.GreaterThan:
                return Compare(BinaryOperatorKind.LessThan, right, left, operation);
            case BinaryOperatorKind.LessThan:
                return Compare(BinaryOperatorKind.LessThan, left, right, operation);
        }
        return _values.Binary(kind, left, right, operation.Type);
    }

    /// <summary>left &lt; right, decided where both are known numbers.</summary>
    private Value Compare(BinaryOperatorKind kind, Value left, Value right, IOperation operation)
    {
        if (Number(left) is { } a && Number(right) is { } b)
            return a < b ? _values.True : _values.False;
        return _values.Binary(kind, left, right, operation.Type);

        long? Number(Value value) => (WorldJoin.About(_w, value)?.Is) switch
        {
            int n => n,
            long n => n,
            short n => n,
            byte n => n,
            uint n => n,
            _ => null,
        };
    }

    private Value Opaque(IOperation site, BinaryOperatorKind? kind = null, Value? left = null, Value? right = null)
    {
        if (kind is { } known && left is not null && right is not null)
        {
            bool? a = WorldAssumptions.Truth(_w, left), b = WorldAssumptions.Truth(_w, right);
            if (known == BinaryOperatorKind.And)
            {
                if (a == false || b == false)
                    return _values.False;
                if (a == true)
                    return right;
                if (b == true)
                    return left;
            }
            else
            {
                if (a == true || b == true)
                    return _values.True;
                if (a == false)
                    return right;
                if (b == false)
                    return left;
            }
        }
        var value = _values.Result(site, null);
        WorldRenaming.Refresh(_w, value, _values);
        return value;
    }

    private static bool IsSameType(ITypeSymbol? a, ITypeSymbol? b) =>
        a is not null && b is not null && SymbolEqualityComparer.Default.Equals(a, b);
}
