using Microsoft.CodeAnalysis;

namespace MmLock.Analyzers.Diagnostics;

/// <summary>The Ref family.</summary>
internal static partial class Descriptors
{
    /// <summary>MML5001.</summary>
    /// <remarks>
    /// 0: the object;
    /// 1: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor UseAfterRelease = DescriptorFactory.Create(
        id: RuleIds.UseAfterRelease,
        title: "Used after its reference was given up",
        messageFormat: "Uses '{0}' after its reference was given up{1}",
        category: RuleFamily.Ref,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "With the reference went the right to touch the object: it may be freed already.");

    /// <summary>MML5002.</summary>
    /// <remarks>
    /// 0: the callee;
    /// 1: the object;
    /// 2: the chain of callees, or nothing;
    /// 3: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor ReferenceNotHeld = DescriptorFactory.Create(
        id: RuleIds.ReferenceNotHeld,
        title: "Call needs a reference that is not held",
        messageFormat: "Calling '{0}'{2} requires a reference to '{1}', which is not held{3}",
        category: RuleFamily.Ref,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "The reference was never taken, or only tried for and the outcome not looked at.");

    /// <summary>MML5003.</summary>
    /// <remarks>
    /// 0: the object;
    /// 1: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor ReferenceLeak = DescriptorFactory.Create(
        id: RuleIds.ReferenceLeak,
        title: "Owned reference is lost",
        messageFormat: "The reference to '{0}' is lost{1}: it is neither released nor handed on",
        category: RuleFamily.Ref,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "The last owner of a reference goes away without giving it up: the object is never freed.");

    /// <summary>MML5004.</summary>
    /// <remarks>
    /// 0: the callee;
    /// 1: the object;
    /// 2: the chain of callees, or nothing;
    /// 3: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor ExcludedReferenceHeld = DescriptorFactory.Create(
        id: RuleIds.ExcludedReferenceHeld,
        title: "Call while owning a reference that its contract excludes",
        messageFormat: "Calling '{0}'{2} is not allowed while owning a reference to '{1}'{3}",
        category: RuleFamily.Ref,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "The callee waits for the references to go, or for somebody who does: with one in hand it waits for " +
                     "ever.");
}
