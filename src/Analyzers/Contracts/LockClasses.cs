using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Analyzers.Model;
using MmLock.Analyzers.Symbols;

namespace MmLock.Analyzers.Contracts;

/// <summary>Which lock class does a member, a type or an expression give to its locks?</summary>
internal sealed class LockClasses(AnnotatedAssemblies assemblies, ExternalContracts external, TypeFacts types)
{
    private static SymbolDisplayFormat FullName { get; } = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters);

    private readonly ConcurrentDictionary<ISymbol, LockClass?> _members = new(SymbolEqualityComparer.Default);

    /// <summary>The class of what a field, property, event, parameter or local holds; null for a value without one.</summary>
    public LockClass? Of(ISymbol member)
    {
        member = MemberLookup.Canonical(member);
        return _members.TryGetValue(member, out var known) ? known : _members.GetOrAdd(member, Read);
    }

    /// <summary>The class that a type gives to all its instances; null when it leaves that to their places.</summary>
    public LockClass? OfType(ITypeSymbol type) =>
        types.ClassName(type) is { } word ? Named(word, type, types.LockTypeOf(type)) : null;

    /// <summary>The class of a monitor on any value of a class.</summary>
    public LockClass? OfMonitor(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class, SpecialType: not SpecialType.System_Object } named)
            return null;
        return OfType(type)
            ?? new LockClass(
                "monitor " + FullNameOf(named), named.Name, declaration: named.OriginalDefinition, type: LockType.Monitor);
    }

    /// <summary>The class of the lock that a path ends at.</summary>
    public LockClass? Of(LockExpression expression)
    {
        if (expression is ClassExpression named)
            return named.Class;
        if (expression is not PathExpression path)
            return null;
        for (var index = path.Steps.Length - 1; index >= 0; index--)
        {
            switch (path.Steps[index])
            {
                case MemberStep member:
                    return Of(member.Member);
                case HiddenStep { Owner: { } owner } hidden:
                    return Unnamed(owner, hidden.Name, null, null);
                case HiddenStep:
                    return null;
            }
        }

        return (path.Root.Symbol is { } captured ? Of(captured) : null) ?? (path.Type is { } type ? OfType(type) : null);
    }

    /// <summary>The declared attribute on the member itself, wherever C# lets it be written.</summary>
    public Annotation? Written(ISymbol member) => Words(member).FirstOrDefault(static word => word.Name == "LockClass");

    /// <summary>The member's own annotations; a positional record's parameter speaks for its property.</summary>
    public ImmutableArray<Annotation> Words(ISymbol member)
    {
        var words = external.Of(member);
        if (!assemblies.Contains(member.ContainingAssembly))
            return words;
        words = words.AddRange(AttributeReader.Of(member));
        if (member is not IPropertySymbol property)
            return words;
        // Attributes with the target 'field:' of an auto-property.
        if (MemberLookup.BackingField(property) is { } field)
            words = words.AddRange(AttributeReader.Of(field));

        if (property.DeclaringSyntaxReferences.FirstOrDefault() is { } reference && reference.GetSyntax() is ParameterSyntax
            && member.ContainingType is { } type)
        {
            foreach (var constructor in type.InstanceConstructors)
            {
                foreach (var parameter in constructor.Parameters)
                {
                    if (parameter.Name == property.Name && parameter.DeclaringSyntaxReferences.Any(
                            place => place.SyntaxTree == reference.SyntaxTree && place.Span == reference.Span))
                    {
                        words = words.AddRange(AttributeReader.Of(parameter));
                    }
                }
            }
        }

        return words;
    }

    private LockClass? Read(ISymbol member)
    {
        var type = LockTypeIn(MemberLookup.TypeOf(member));
        if (Written(member) is { } word)
            return Named(word, member, type);
        if (MemberLookup.TypeOf(member) is { } declared && types.ClassName(ElementOf(declared)) is { } typeWord)
            return Named(typeWord, ElementOf(declared), type);
        if (member is not (IFieldSymbol or IPropertySymbol or IEventSymbol) || member.ContainingType is not { } owner)
            return null;
        return OfOwnMonitor(member) ?? Unnamed(owner, member.Name, member, type);
    }

    /// <summary>
    /// A monitor on an object whose class is written beside the member's is the one that <c>lock (this)</c> takes there. Of a class
    /// of others only the place is known: two lists are no instances of one design.
    /// </summary>
    private LockClass? OfOwnMonitor(ISymbol member) =>
        MemberLookup.TypeOf(member) is { TypeKind: TypeKind.Class } type && types.LockTypeOf(type) is null
            && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, member.ContainingAssembly)
            && !Words(member).Any(static word => word.Name is "AcquiredBefore" or "AcquiredAfter")
            ? OfMonitor(type)
            : null;

    private static LockClass Unnamed(INamedTypeSymbol owner, string name, ISymbol? member, LockType? type) =>
        new(FullNameOf(owner) + "." + name, owner.Name + "." + name, declaration: member ?? owner, type: type);

    private static string FullNameOf(INamedTypeSymbol type) => type.OriginalDefinition.ToDisplayString(FullName);

    private static LockClass Named(Annotation word, ISymbol declaration, LockType? type)
    {
        var name = word[0] ?? "";
        var nesting = word["Nesting"] == nameof(LockNesting.Ordered) ? LockNesting.Ordered : LockNesting.None;
        var takenIn = word["TakenIn"] switch
        {
            { } said when said.Contains(nameof(IrqContext.Hardirq)) => IrqContext.Hardirq,
            { } said when said.Contains(nameof(IrqContext.Softirq)) => IrqContext.Softirq,
            _ => IrqContext.None,
        };
        return new(name, name, true, nesting, takenIn, declaration, type);
    }

    private LockType? LockTypeIn(ITypeSymbol? type)
    {
        if (type is null)
            return null;
        return types.LockTypeOf(type) ?? types.LockTypeOf(ElementOf(type)) ?? (type.IsReferenceType ? LockType.Monitor : null);
    }

    /// <summary>A class on an array or collection is that of its elements, unless it is a lock itself.</summary>
    private ITypeSymbol ElementOf(ITypeSymbol type) =>
        types.LockTypeOf(type) is null && MemberLookup.ElementType(type) is { } element && types.LockTypeOf(element) is not null
            ? element
            : type;
}
