using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;
using RefKind = Microsoft.CodeAnalysis.RefKind;

namespace MmLock.Analyzers.Contracts;

/// <summary>Which outcome does an annotation depend on: <c>On</c>, <c>OnValue</c>, <c>Result</c>?</summary>
internal static class OutcomeReader
{
    /// <param name="always">It depends on an outcome even when nothing is said of one (a try).</param>
    /// <param name="outcome">Null where it does not depend on one.</param>
    /// <returns>False when the outcome does not exist; what is wrong has been said.</returns>
    public static bool TryRead(Annotation word, IMethodSymbol method, bool always, ProblemSink problems, out OutcomeTest? outcome)
    {
        outcome = null;
        var (on, value, result) = (word["On"], word["OnValue"], word["Result"]);
        if (!always && on is null && string.IsNullOrEmpty(value) && string.IsNullOrEmpty(result))
            return true;

        var ordinal = -1;
        var type = BindingScope.Of(method).Result;
        if (!string.IsNullOrEmpty(result) && result != "return")
        {
            var parameter = method.Parameters.FirstOrDefault(candidate => candidate.Name == result);
            if (parameter is null)
            {
                problems.Add(
                    BindFailure.Bad(
                        result!, $"'{result}' is no parameter",
                        NearestName.Find(result!, method.Parameters.Select(static candidate => candidate.Name))),
                    word, "Result");
                return false;
            }

            if (parameter.RefKind is not (RefKind.Out or RefKind.Ref))
            {
                problems.Add(BindFailure.Bad(result!, $"'{result}' is no 'out' or 'ref' parameter"), word, "Result");
                return false;
            }

            (ordinal, type) = (parameter.Ordinal, parameter.Type);
        }
        else if (type is null)
        {
            problems.Add(
                new(
                    ContractDefect.Contradiction, method.Name,
                    $"[{word.Name}] has no outcome to depend on: nothing is returned and no 'Result' is named", 0, 0),
                word);
            return false;
        }

        if (!string.IsNullOrEmpty(value))
        {
            if (ConstantNamed(value!, type, method) is { } constant)
            {
                outcome = new(OutcomeKind.Value, ordinal, constant);
                return true;
            }

            problems.Add(
                BindFailure.Bad(value!, $"'{value}' is no constant of the outcome", NearestName.Find(value!, ConstantNames(type))),
                word, "OnValue");
            return false;
        }

        var test = InTermsOf(type, Enum.TryParse<OutcomeKind>(on, out var kind) ? kind : OutcomeKind.True);
        if (!CanBe(type, test))
        {
            problems.Add(
                new(
                    ContractDefect.Contradiction, method.Name,
                    $"[{word.Name}] depends on '{test}', which a value of type '{type!.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}' never is",
                    0, 0),
                word);
            return false;
        }

        outcome = new(test, ordinal);
        return true;
    }

    /// <summary>Values of the type can come out like this.</summary>
    private static bool CanBe(ITypeSymbol? type, OutcomeKind kind) => type switch
    {
        { SpecialType: SpecialType.System_Boolean } => kind is OutcomeKind.True or OutcomeKind.False,
        { TypeKind: TypeKind.Enum } or { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 } =>
            kind is OutcomeKind.Zero or OutcomeKind.NonZero,
        { IsReferenceType: true, TypeKind: not (TypeKind.Error or TypeKind.TypeParameter) } => kind is OutcomeKind.Null or OutcomeKind.NotNull,
        _ => true,
    };

    /// <summary>Yes and no as the type says them: a reference is there or not, a number is zero or not.</summary>
    private static OutcomeKind InTermsOf(ITypeSymbol? type, OutcomeKind kind)
    {
        if (type is null or IErrorTypeSymbol or ITypeParameterSymbol)
            return kind;
        if (type.SpecialType == SpecialType.System_Boolean)
        {
            return kind switch
            {
                OutcomeKind.NonZero => OutcomeKind.True,
                OutcomeKind.Zero => OutcomeKind.False,
                _ => kind,
            };
        }

        var isNumber = type.TypeKind == TypeKind.Enum
            || type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64;
        var mayBeNull = type.IsReferenceType || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        return kind switch
        {
            OutcomeKind.True when isNumber => OutcomeKind.NonZero,
            OutcomeKind.False when isNumber => OutcomeKind.Zero,
            OutcomeKind.True when mayBeNull => OutcomeKind.NotNull,
            OutcomeKind.False when mayBeNull => OutcomeKind.Null,
            _ => kind,
        };
    }

    private static object? ConstantNamed(string name, ITypeSymbol? type, IMethodSymbol method)
    {
        var simple = name.Substring(name.LastIndexOf('.') + 1).Trim();
        foreach (var owner in new[] { type, method.ContainingType })
        {
            foreach (var level in owner is null ? [] : MemberLookup.Levels(Plain(owner)))
            {
                foreach (var member in level.GetMembers(simple))
                {
                    if (member is IFieldSymbol { HasConstantValue: true, ConstantValue: { } constant })
                        return constant;
                }
            }
        }

        if (type is null || !int.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return null;
        try
        {
            return Plain(type).SpecialType switch
            {
                SpecialType.System_Int32 => number,
                SpecialType.System_Int64 => (long)number,
                SpecialType.System_Int16 => checked((short)number),
                SpecialType.System_SByte => checked((sbyte)number),
                SpecialType.System_Byte => checked((byte)number),
                SpecialType.System_UInt16 => checked((ushort)number),
                SpecialType.System_UInt32 => checked((uint)number),
                SpecialType.System_UInt64 => checked((ulong)number),
                _ => null,
            };
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static IEnumerable<string> ConstantNames(ITypeSymbol? type) =>
        type is null
            ? []
            : Plain(type).GetMembers().OfType<IFieldSymbol>().Where(static field => field.HasConstantValue)
                .Select(static field => field.Name);

    private static ITypeSymbol Plain(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : type;
}
