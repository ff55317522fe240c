using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MmLock.Analyzers.Flow.Values;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <content>What a pattern says when it matches.</content>
internal sealed partial class BodyInterpreter
{
    private Value EvalPattern(Value value, IPatternOperation pattern, IOperation site)
    {
        switch (pattern)
        {
            case IConstantPatternOperation constant:
                return _values.Equal(value, Eval(constant.Value));
            case INegatedPatternOperation negated:
                return _values.Not(EvalPattern(value, negated.Pattern, site));
            case IDeclarationPatternOperation declaration:
                if (declaration.DeclaredSymbol is { } declared)
                    Assign(_values.LocalPlace(declared, declaration.MatchedType), value);
                if (declaration.MatchesNull && value.Kind != ValueKind.Lost
                    || IsSameType(declaration.InputType, declaration.MatchedType) && declaration.InputType.IsValueType)
                {
                    return _values.True;
                }
                return IsSameType(declaration.InputType, declaration.MatchedType)
                    ? _values.Not(_values.Equal(value, _values.Null))
                    : TypeTest(value, declaration.MatchedType ?? declaration.NarrowedType, pattern);
            case ITypePatternOperation type:
                return IsSameType(type.InputType, type.MatchedType)
                    ? _values.Not(_values.Equal(value, _values.Null))
                    : TypeTest(value, type.MatchedType, pattern);
            case IRecursivePatternOperation recursive:
                if (recursive.DeclaredSymbol is { } whole)
                    Assign(_values.LocalPlace(whole, recursive.MatchedType), value);
                bool isEmpty = recursive.PropertySubpatterns.Length == 0 && recursive.DeconstructionSubpatterns.Length == 0;
                if (recursive.DeconstructSymbol is IMethodSymbol deconstruct)
                    CallDeconstruct(recursive, deconstruct, value);
                foreach (var part in recursive.PropertySubpatterns)
                    EvalMemberPattern(value, part, site);
                return isEmpty && IsSameType(recursive.InputType, recursive.MatchedType)
                    ? _values.Not(_values.Equal(value, _values.Null))
                    : Opaque(pattern);
            case IRelationalPatternOperation relational:
                return Fold(relational.OperatorKind, value, Eval(relational.Value), site);
            case IDiscardPatternOperation:
                return _values.True;
            case IBinaryPatternOperation binary:
                var left = EvalPattern(value, binary.LeftPattern, site);
                var right = EvalPattern(value, binary.RightPattern, site);
                return Opaque(pattern, binary.OperatorKind == BinaryOperatorKind.And ? BinaryOperatorKind.And : BinaryOperatorKind.Or, left, right);
            default:
                return Opaque(pattern);
        }

        Value TypeTest(Value tested, ITypeSymbol type, IPatternOperation at)
        {
            var result = _values.Binary(type.OriginalDefinition, tested, _values.Null, null);
            return result.Kind == ValueKind.Lost ? Opaque(at) : result;
        }
    }

    /// <summary>A member that a pattern looks at is read.</summary>
    private void EvalMemberPattern(Value value, IPropertySubpatternOperation part, IOperation site)
    {
        if (part.Member is IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } member)
        {
            UseBorrowed(value, member, followed: true);
            UseReference(value, member);
            var place = Merged(_values.Member(value, Canonical(member.Member), member.Type));
            Access(place, member, isWrite: false);
            if (member is IPropertyReferenceOperation property && Getter(property.Property) is { } getter
                && _contracts.Method(getter, value.Type) is var contract && (contract.HasEffectsOrDemands || !IsStored(property)))
            {
                Call(member, new CallSite(getter, 0) { Operation = member, Receiver = value, ReceiverText = TextOf(value), Result = Content(place) }, contract, null);
            }
            EvalPattern(Content(place), part.Pattern, site);
        }
    }
}
