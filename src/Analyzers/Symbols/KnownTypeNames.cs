using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MmLock.Analyzers.Symbols;

/// <summary>Names of the annotations and of the few framework attributes that say something about locks.</summary>
internal static class KnownTypeNames
{
    public const string Namespace = "MmLock";
    public const string AnnotationsAssembly = "MmLock.Annotations";
    public const string AttributeSuffix = "Attribute";

    /// <summary>Every annotation, without its suffix.</summary>
    public static ImmutableHashSet<string> Annotations { get; } = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "LockType", "LockClass", "ScopedLock", "Governs", "LockHierarchy", "AcquiredBefore", "AcquiredAfter", "SameLock",
        "ExternalContract",
        "MustHold", "MustHoldShared", "MustHoldAny", "MustNotHold", "Acquires", "AcquiresShared", "TryAcquires",
        "TryAcquiresShared", "Releases", "ReleasesShared", "ReleasesAny", "MayAcquire", "Drops", "Downgrades", "Upgrades",
        "AssertsHeld", "AssertsHeldShared", "AssertsNotHeld", "ReturnsLock", "InvokedHere", "NoLockAnalysis",
        "MaySleep", "NeverSleeps", "RunsIn", "DisablesIrq", "EnablesIrq", "SavesIrq", "RestoresIrq", "DisablesPreemption",
        "EnablesPreemption", "DisablesBh", "EnablesBh", "WaitsForReaders",
        "GuardedBy", "StableUnder", "WriteGuardedBy", "PointeeGuardedBy",
        "RcuGuarded", "RcuAccessor", "FreesAfterGracePeriod", "Frees", "Unpublishes",
        "RefCounted", "AcquiresRef", "TryAcquiresRef", "ReleasesRef", "MustHoldRef", "MustNotHoldRef", "Unreferenced");

    /// <summary>The annotation that an attribute class is, without its suffix; null for all others.</summary>
    /// <remarks>By full name, not by looked-up symbol: users may declare the attributes in source, and twice.</remarks>
    public static string? AnnotationName(INamedTypeSymbol? attributeClass)
    {
        if (attributeClass is not { ContainingType: null, ContainingNamespace: { Name: Namespace } space }
            || space.ContainingNamespace is not { IsGlobalNamespace: true }
            || !attributeClass.Name.EndsWith(AttributeSuffix, StringComparison.Ordinal))
        {
            return null;
        }

        var name = attributeClass.Name.Substring(0, attributeClass.Name.Length - AttributeSuffix.Length);
        return Annotations.TryGetValue(name, out var known) ? known : null;
    }

    /// <summary><c>DoesNotReturn</c> or <c>DoesNotReturnIf</c>, whoever declares it; null for all others.</summary>
    public static string? ReturnFactName(INamedTypeSymbol? attributeClass) => attributeClass switch
    {
        { Name: "DoesNotReturnAttribute", ContainingNamespace: { Name: "CodeAnalysis" } } => "DoesNotReturn",
        { Name: "DoesNotReturnIfAttribute", ContainingNamespace: { Name: "CodeAnalysis" } } => "DoesNotReturnIf",
        _ => null,
    };
}
