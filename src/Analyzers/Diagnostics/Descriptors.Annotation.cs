using Microsoft.CodeAnalysis;

namespace MmLock.Analyzers.Diagnostics;

/// <summary>The Annotation family.</summary>
internal static partial class Descriptors
{
    /// <summary>MML9001.</summary>
    /// <remarks>
    /// 0: the expression;
    /// 1: the attribute;
    /// 2: what is wrong;
    /// 3: the nearest name in parentheses, or nothing.
    /// </remarks>
    public static readonly DiagnosticDescriptor BadLockExpression = DescriptorFactory.Create(
        id: RuleIds.BadLockExpression,
        title: "Lock expression names nothing here",
        messageFormat: "'{0}' in {1} is no lock expression here: {2}{3}",
        category: RuleFamily.Annotation,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "The text of the attribute does not parse as a lock expression, or names nothing that can be seen " +
                     "from the declaration it stands on.");

    /// <summary>MML9002.</summary>
    /// <remarks>
    /// 0: the expression;
    /// 1: the attribute;
    /// 2: what it is.
    /// </remarks>
    public static readonly DiagnosticDescriptor NotALock = DescriptorFactory.Create(
        id: RuleIds.NotALock,
        title: "Named thing is no lock",
        messageFormat: "'{0}' in {1} is {2}, and no lock, context or token",
        category: RuleFamily.Annotation,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "The expression names something that no lock operation can take.");

    /// <summary>MML9003.</summary>
    /// <remarks>
    /// 0: the ring of classes.
    /// </remarks>
    public static readonly DiagnosticDescriptor HierarchyCycle = DescriptorFactory.Create(
        id: RuleIds.HierarchyCycle,
        title: "Declared lock order contradicts itself",
        messageFormat: "The declared lock order contradicts itself: {0}",
        category: RuleFamily.Annotation,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "The declared edges form a ring, so no order keeps them all.");

    /// <summary>MML9004.</summary>
    /// <remarks>
    /// 0: the class name;
    /// 1: the attribute;
    /// 2: the nearest name in parentheses, or nothing.
    /// </remarks>
    public static readonly DiagnosticDescriptor UnknownLockClass = DescriptorFactory.Create(
        id: RuleIds.UnknownLockClass,
        title: "No lock has this class",
        messageFormat: "No lock has class '{0}', which {1} names{2}",
        category: RuleFamily.Annotation,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A class is named in an expression or in the hierarchy, and neither a lock nor a [MayAcquire] has " +
                     "it.",
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    /// <summary>MML9005.</summary>
    /// <remarks>
    /// 0: the member;
    /// 1: the contradiction, naming the lock and its class.
    /// </remarks>
    public static readonly DiagnosticDescriptor ContradictoryContract = DescriptorFactory.Create(
        id: RuleIds.ContradictoryContract,
        title: "Contract cannot be met",
        messageFormat: "No caller could meet the contract of '{0}': {1}",
        category: RuleFamily.Annotation,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "The attributes of the member ask for opposite things.");

    /// <summary>MML9006.</summary>
    /// <remarks>
    /// 0: the member;
    /// 1: the bound that was reached.
    /// </remarks>
    public static readonly DiagnosticDescriptor AnalysisIncomplete = DescriptorFactory.Create(
        id: RuleIds.AnalysisIncomplete,
        title: "Lock analysis is incomplete",
        messageFormat: "The lock analysis of '{0}' is incomplete: {1}",
        category: RuleFamily.Annotation,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "A bound of the analysis was reached in this member, so findings may be missing. What was not " +
                     "analysed is said, never hidden.");
}
