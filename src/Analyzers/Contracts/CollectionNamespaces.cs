using System;
using Microsoft.CodeAnalysis;

namespace MmLock.Analyzers.Contracts;

/// <summary>Is a type a .NET collection that can change?</summary>
internal static class CollectionNamespaces
{
    public static bool IsMutable(INamedTypeSymbol type)
    {
        var outer = type;
        while (outer.ContainingType is { } next)
            outer = next;
        if (outer.ContainingNamespace is not { } space)
            return false;
        if (!IsUnderCollections(space))
            return false;

        // What these "change" is a copy; their builders change themselves.
        return space.Name is not ("Immutable" or "Frozen") || type.Name == "Builder";
    }

    private static bool IsUnderCollections(INamespaceSymbol space)
    {
        for (var inner = space; !inner.IsGlobalNamespace; inner = inner.ContainingNamespace)
        {
            if (inner is { Name: "Collections", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } })
                return true;
        }

        return false;
    }
}
