using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace MmLock.Analyzers.Contracts;

/// <summary>Members of a type by name, whatever their accessibility: a contract may name what only its type can see.</summary>
internal static class MemberLookup
{
    /// <summary>The member that an expression names; a method or nested type only if nothing else has the name.</summary>
    public static ISymbol? Find(ITypeSymbol type, string name)
    {
        ISymbol? other = null;
        foreach (var level in Levels(type))
        {
            foreach (var member in level.GetMembers(name))
            {
                if (member is IFieldSymbol or IEventSymbol or IPropertySymbol { IsIndexer: false })
                    return member;
                other ??= member;
            }
        }

        return other;
    }

    /// <summary>The type of an element; null for what has none.</summary>
    public static ITypeSymbol? ElementType(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        IPointerTypeSymbol pointer => pointer.PointedAtType,
        _ => Levels(type).SelectMany(static level => level.GetMembers()).OfType<IPropertySymbol>()
            .FirstOrDefault(static property => property is { IsIndexer: true, Parameters.Length: 1 })?.Type,
    };

    /// <summary>The type of a field, property or event.</summary>
    public static ITypeSymbol? TypeOf(ISymbol member) => member switch
    {
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        IEventSymbol @event => @event.Type,
        IParameterSymbol parameter => parameter.Type,
        ILocalSymbol local => local.Type,
        _ => null,
    };

    /// <summary>The one symbol that stands for a member: its definition, the property of a backing field, and of
    /// overriding members the one that all others override.</summary>
    public static ISymbol Canonical(ISymbol member)
    {
        member = member.OriginalDefinition;
        if (member is IFieldSymbol { AssociatedSymbol: { } owner })
            member = owner.OriginalDefinition;
        if (member is IPropertySymbol { PartialDefinitionPart: { } definition })
            member = definition;
        for (var steps = 0; steps < MaximumDepth; steps++)
        {
            ISymbol? overridden = member switch
            {
                IPropertySymbol property => property.OverriddenProperty,
                IEventSymbol @event => @event.OverriddenEvent,
                _ => null,
            };
            if (overridden is null)
                return member;
            member = overridden.OriginalDefinition;
        }

        return member;
    }

    /// <summary>The field behind an auto-property; null behind any other, and in assemblies that keep it to themselves.</summary>
    public static IFieldSymbol? BackingField(IPropertySymbol property)
    {
        foreach (var member in property.ContainingType?.GetMembers($"<{property.Name}>k__BackingField") ?? [])
        {
            if (member is IFieldSymbol { AssociatedSymbol: { } owner } field && SymbolEqualityComparer.Default.Equals(owner, property))
                return field;
        }

        return null;
    }

    /// <summary>Two symbols name one member: by definition, by overriding, or by implementing.</summary>
    public static bool IsSame(ISymbol first, ISymbol second)
    {
        first = Canonical(first);
        second = Canonical(second);
        return SymbolEqualityComparer.Default.Equals(first, second) || Implements(first, second) || Implements(second, first);
    }

    /// <summary>What a class has in the place of an interface's member; null when it has nothing.</summary>
    public static ISymbol? Implementation(INamedTypeSymbol type, ISymbol member)
    {
        if (member.ContainingType is not { TypeKind: TypeKind.Interface } declared || type.TypeKind == TypeKind.Interface)
            return null;
        foreach (var candidate in type.AllInterfaces)
        {
            if (!SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, declared.OriginalDefinition))
                continue;
            foreach (var constructed in candidate.GetMembers(member.Name))
            {
                if (SymbolEqualityComparer.Default.Equals(constructed.OriginalDefinition, member.OriginalDefinition)
                    && type.FindImplementationForInterfaceMember(constructed) is { } implementation)
                {
                    return implementation;
                }
            }
        }

        return null;
    }

    /// <summary>What an object of the type has in the place of a member: its override or implementation, else the member.</summary>
    public static ISymbol Actual(ISymbol member, ITypeSymbol? type)
    {
        if (member is not IPropertySymbol property || type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } actual
            || SymbolEqualityComparer.Default.Equals(member.ContainingType?.OriginalDefinition, actual.OriginalDefinition))
        {
            return member;
        }
        if (property.ContainingType is { TypeKind: TypeKind.Interface })
            return Implementation(actual, member) ?? member;
        if (!property.IsVirtual && !property.IsAbstract && !property.IsOverride)
            return member;
        var canonical = Canonical(member);
        var depth = 0;
        for (var level = actual; level is not null && depth < MaximumDepth; level = level.BaseType, depth++)
        {
            foreach (var candidate in level.GetMembers(member.Name))
            {
                if (candidate is IPropertySymbol && SymbolEqualityComparer.Default.Equals(Canonical(candidate), canonical))
                    return candidate;
            }
        }
        return member;
    }

    /// <summary>A type with its bases and, where members come from there, its interfaces and constraints.</summary>
    public static IEnumerable<ITypeSymbol> Levels(ITypeSymbol type)
    {
        if (type is ITypeParameterSymbol parameter)
        {
            foreach (var constraint in parameter.ConstraintTypes)
            {
                // A constraint may be a parameter again; the compiler forbids circles, half-typed code may have them.
                foreach (var level in constraint is ITypeParameterSymbol ? [constraint] : Levels(constraint))
                    yield return level;
            }

            yield break;
        }

        var depth = 0;
        for (var level = type; level is not null && depth < MaximumDepth; level = level.BaseType, depth++)
            yield return level;
        if (type.TypeKind == TypeKind.Interface)
        {
            foreach (var inherited in type.AllInterfaces)
                yield return inherited;
        }
    }

    private static bool Implements(ISymbol member, ISymbol declared) =>
        member.ContainingType is { } type && Implementation(type, declared) is { } implementation
        && SymbolEqualityComparer.Default.Equals(Canonical(implementation), member);

    private const int MaximumDepth = 256;
}
