using Microsoft.CodeAnalysis;

namespace MmLock.Analyzers.Diagnostics;

/// <summary>The Suggestion family.</summary>
internal static partial class Descriptors
{
    /// <summary>MML6001.</summary>
    /// <remarks>
    /// 0: the field or property;
    /// 1: the lock;
    /// 2: the accesses that hold it;
    /// 3: all accesses.
    /// </remarks>
    public static readonly DiagnosticDescriptor InferredGuard = DescriptorFactory.Create(
        id: RuleIds.InferredGuard,
        title: "Field could be declared as guarded",
        messageFormat: "{2} of {3} accesses to '{0}' hold {1}, which could be declared as its guard",
        category: RuleFamily.Suggestion,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "Nearly every access to the member holds the same lock. Written down with [GuardedBy], the " +
                     "exceptions become findings.",
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    /// <summary>MML6002.</summary>
    /// <remarks>
    /// 0: the member;
    /// 1: the requirement: locks, classes and modes;
    /// 2: the attribute to write.
    /// </remarks>
    public static readonly DiagnosticDescriptor InferredContract = DescriptorFactory.Create(
        id: RuleIds.InferredContract,
        title: "Inferred precondition could be declared",
        messageFormat: "'{0}' requires {1} of its callers, which could be declared with {2}",
        category: RuleFamily.Suggestion,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "The body needs locks that it does not take. Written down, the requirement is documented and is " +
                     "checked here and at the callers.");
}
