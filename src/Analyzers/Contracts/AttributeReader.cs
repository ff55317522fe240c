using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;
using MmLock.Analyzers.Symbols;

namespace MmLock.Analyzers.Contracts;

/// <summary>What do the attributes of a symbol say, as plain words? The only place that reads attributes.</summary>
internal static class AttributeReader
{
    /// <summary>The annotations in a list of attributes, in the order they are written.</summary>
    public static void Collect(
        ImmutableArray<AttributeData> attributes, List<Annotation> into,
        AnnotationTarget target = AnnotationTarget.Member, int ordinal = -1)
    {
        foreach (var attribute in attributes)
        {
            if (KnownTypeNames.AnnotationName(attribute.AttributeClass) is { } name)
                into.Add(Read(attribute, name, target, ordinal));
            else if (KnownTypeNames.ReturnFactName(attribute.AttributeClass) is { } fact)
                into.Add(Read(attribute, fact, target, ordinal));
        }
    }

    /// <summary>The annotations on a symbol.</summary>
    public static ImmutableArray<Annotation> Of(ISymbol symbol)
    {
        var attributes = symbol.GetAttributes();
        if (attributes.IsDefaultOrEmpty)
            return [];
        // Most attributes are not ours.
        ImmutableArray<Annotation>.Builder? found = null;
        foreach (var attribute in attributes)
        {
            if ((KnownTypeNames.AnnotationName(attribute.AttributeClass) ?? KnownTypeNames.ReturnFactName(attribute.AttributeClass)) is { } name)
                (found ??= ImmutableArray.CreateBuilder<Annotation>()).Add(Read(attribute, name, AnnotationTarget.Member, -1));
        }
        return found?.ToImmutable() ?? [];
    }

    /// <summary>Everything that is written on a method: on itself, its property, its delegate type, its result, its parameters.</summary>
    public static ImmutableArray<Annotation> OfMethod(IMethodSymbol method)
    {
        var found = new List<Annotation>();
        Collect(method.GetAttributes(), found);
        if (method.AssociatedSymbol is { } associated)
            Collect(associated.GetAttributes(), found);
        else if (method.MethodKind == MethodKind.DelegateInvoke)
            Collect(method.ContainingType.GetAttributes(), found);

        Collect(method.GetReturnTypeAttributes(), found, AnnotationTarget.Return);
        foreach (var parameter in method.Parameters)
            Collect(parameter.GetAttributes(), found, AnnotationTarget.Parameter, parameter.Ordinal);
        return found.Count == 0 ? [] : [.. found];
    }

    /// <summary>Bears an annotation of that name.</summary>
    public static bool Has(ISymbol symbol, string name)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (KnownTypeNames.AnnotationName(attribute.AttributeClass) == name)
                return true;
        }

        return false;
    }

    private static Annotation Read(AttributeData attribute, string name, AnnotationTarget target, int ordinal)
    {
        var arguments = ImmutableArray.CreateBuilder<string>();
        foreach (var argument in attribute.ConstructorArguments)
            Spell(argument, arguments);

        var named = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Value.Kind is not (TypedConstantKind.Array or TypedConstantKind.Error) && !argument.Value.IsNull)
                named.Add((argument.Key, Spell(argument.Value)));
        }

        return new(
            name, arguments.ToImmutable(), named.ToImmutable(), target, ordinal, attribute.ApplicationSyntaxReference);
    }

    private static void Spell(TypedConstant constant, ImmutableArray<string>.Builder into)
    {
        switch (constant.Kind)
        {
            case TypedConstantKind.Error:
                break;
            case TypedConstantKind.Array:
                foreach (var element in constant.IsNull ? [] : constant.Values)
                    Spell(element, into);
                break;
            default:
                into.Add(Spell(constant));
                break;
        }
    }

    /// <summary>Enum members by name: the user's own enum need not have our numbers.</summary>
    private static string Spell(TypedConstant constant)
    {
        if (constant.IsNull || constant.Value is null)
            return "";
        if (constant.Kind == TypedConstantKind.Enum && constant.Type is { } type)
        {
            var members = type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue).ToList();
            if (members.Find(field => Equals(field.ConstantValue, constant.Value)) is { } exact)
                return exact.Name;
            var bits = Bits(constant.Value);
            return string.Join(
                ", ", members.Where(field => Bits(field.ConstantValue) is var bit and not 0 && (bits & bit) == bit)
                    .Select(field => field.Name));
        }

        return Convert.ToString(constant.Value, CultureInfo.InvariantCulture);
    }

    private static ulong Bits(object? value) => value switch
    {
        null => 0,
        ulong number => number,
        _ => unchecked((ulong)Convert.ToInt64(value, CultureInfo.InvariantCulture)),
    };
}
