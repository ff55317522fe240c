using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;
using MmLock.Analyzers.Symbols;

namespace MmLock.Analyzers.Contracts;

/// <summary>What is a type: a lock, a guard, counted by references, the giver of a class?</summary>
internal sealed class TypeFacts(AnnotatedAssemblies assemblies, ExternalContracts external)
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, Facts> _facts = new(SymbolEqualityComparer.Default);

    public LockType? LockTypeOf(ITypeSymbol type) => Of(type).Lock;

    public bool IsScopedGuard(ITypeSymbol type) => Of(Unwrapped(type)).IsGuard;

    public bool IsRefCounted(ITypeSymbol type) => Of(type).IsRefCounted;

    /// <summary><c>[LockClass]</c> as written on the type or on what it derives from.</summary>
    public Annotation? ClassName(ITypeSymbol type) => Of(type).Class;

    private static ITypeSymbol Unwrapped(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : type;

    private Facts Of(ITypeSymbol type)
    {
        switch (type)
        {
            case INamedTypeSymbol named:
                return named.TypeKind is TypeKind.Enum or TypeKind.Delegate or TypeKind.Error
                    ? Facts.None
                    : _facts.TryGetValue(named.OriginalDefinition, out var known) ? known : _facts.GetOrAdd(named.OriginalDefinition, Read);
            case ITypeParameterSymbol parameter:
                foreach (var level in MemberLookup.Levels(parameter))
                {
                    if (level is INamedTypeSymbol constraint && Of(constraint) is { IsNone: false } facts)
                        return facts;
                }

                return Facts.None;
            default:
                return Facts.None;
        }
    }

    private Facts Read(INamedTypeSymbol type)
    {
        var facts = Facts.None;
        var depth = 0;
        for (var level = type; level is not null && depth < 64; level = level.BaseType?.OriginalDefinition, depth++)
        {
            if (level.SpecialType == SpecialType.None)
                facts = Add(facts, level);
        }

        foreach (var contract in type.AllInterfaces)
        {
            if (contract.SpecialType == SpecialType.None)
                facts = Add(facts, contract.OriginalDefinition);
        }

        return facts;
    }

    /// <summary>What is said first, nearest to the type, stands.</summary>
    private Facts Add(Facts facts, INamedTypeSymbol level)
    {
        var words = external.Of(level, out var byUser);
        foreach (var word in words)
            facts = Add(facts, word, byUser);
        if (assemblies.Contains(level.ContainingAssembly))
        {
            foreach (var word in AttributeReader.Of(level))
                facts = Add(facts, word, true);
        }

        return facts;
    }

    private static Facts Add(Facts facts, Annotation word, bool isAnnotated) => word.Name switch
    {
        "LockType" => facts.Lock is null ? facts with { Lock = Lock(word, isAnnotated) } : facts,
        "ScopedLock" => facts with { IsGuard = true },
        "RefCounted" => facts with { IsRefCounted = true },
        "LockClass" => facts.Class is null ? facts with { Class = word } : facts,
        _ => facts,
    };

    private static LockType? Lock(Annotation word, bool isAnnotated)
    {
        if (!Enum.TryParse<LockKind>(word[0], out var kind) || !Enum.IsDefined(typeof(LockKind), kind))
            return null;
        var affine = word["ThreadAffine"] is { } said
            ? string.Equals(said, "true", StringComparison.OrdinalIgnoreCase)
            : kind is not (LockKind.Bit or LockKind.Token);
        return new(kind, word.Says("Reentrant"), affine, isAnnotated);
    }

    private sealed record Facts(LockType? Lock, bool IsGuard, bool IsRefCounted, Annotation? Class)
    {
        public static Facts None { get; } = new(null, false, false, null);

        public bool IsNone => Lock is null && !IsGuard && !IsRefCounted && Class is null;
    }
}
