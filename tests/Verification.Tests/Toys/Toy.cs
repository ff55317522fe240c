using Microsoft.CodeAnalysis;

namespace MmLock.Verification.Tests;

/// <summary>Rules for the toys.</summary>
internal static class Toy
{
    public static DiagnosticDescriptor Rule(string id, string message, params string[] tags)
        => new(id, "A toy", message, "Toys", DiagnosticSeverity.Warning, isEnabledByDefault: true, customTags: tags);

    public static DiagnosticDescriptor Rule(string id, string message, bool enabled)
        => new(id, "A toy", message, "Toys", DiagnosticSeverity.Warning, enabled);

    public static DiagnosticDescriptor Rule(string id, string message, DiagnosticSeverity severity)
        => new(id, "A toy", message, "Toys", severity, isEnabledByDefault: true);
}
