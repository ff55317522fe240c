using Microsoft.CodeAnalysis;

namespace MmLock.Analyzers.Diagnostics;

/// <summary>The Order family.</summary>
internal static partial class Descriptors
{
    /// <summary>MML1001.</summary>
    /// <remarks>
    /// 0: the lock taken;
    /// 1: the lock or locks held;
    /// 2: the declared order as classes, outermost first;
    /// 3: the chain of callees, or nothing;
    /// 4: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor LockOrderViolation = DescriptorFactory.Create(
        id: RuleIds.LockOrderViolation,
        title: "Lock taken against the declared order",
        messageFormat: "Takes {0}{3} while holding {1}{4}, but the declared order is {2}",
        category: RuleFamily.Order,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "The hierarchy puts the class of the lock taken outside the class of a lock that is held. Another " +
                     "task that follows the declared order can deadlock with this one.");

    /// <summary>MML1001 at the end of the compilation, through callees beyond the type.</summary>
    /// <inheritdoc cref="LockOrderViolation" path="/remarks"/>
    public static readonly DiagnosticDescriptor LockOrderViolationAtBuild = DescriptorFactory.AtBuild(LockOrderViolation);

    /// <summary>MML1002.</summary>
    /// <remarks>
    /// 0: the lock taken;
    /// 1: the lock held;
    /// 2: the whole ring with its call chains;
    /// 3: the chain of callees, or nothing;
    /// 4: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor LockOrderCycle = DescriptorFactory.Create(
        id: RuleIds.LockOrderCycle,
        title: "Observed lock acquisitions form a ring",
        messageFormat: "Takes {0}{3} while holding {1}{4}, which closes a ring of lock classes: {2}",
        category: RuleFamily.Order,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "The classes that are taken inside each other in this compilation form a ring. Tasks that stand in " +
                     "it at the same time can wait for each other for ever.",
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    /// <summary>MML1003.</summary>
    /// <remarks>
    /// 0: the lock taken;
    /// 1: the lock of the same class that is held;
    /// 2: the chain of callees, or nothing;
    /// 3: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor UnorderedNesting = DescriptorFactory.Create(
        id: RuleIds.UnorderedNesting,
        title: "Two locks of one class nest without a declared order",
        messageFormat: "Takes {0}{2} while holding {1}{3}, and nothing orders the locks of their class",
        category: RuleFamily.Order,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "Two instances of one lock class are held together. Without an order between the instances two " +
                     "tasks can take them in opposite order; declare it with Nesting = LockNesting.Ordered.");

    /// <summary>MML1003 at the end of the compilation, through callees beyond the type.</summary>
    /// <inheritdoc cref="UnorderedNesting" path="/remarks"/>
    public static readonly DiagnosticDescriptor UnorderedNestingAtBuild = DescriptorFactory.AtBuild(UnorderedNesting);

    /// <summary>MML1004.</summary>
    /// <remarks>
    /// 0: the lock taken;
    /// 1: the mode it is taken in;
    /// 2: the mode it is held in, with its other name if it has one;
    /// 3: the chain of callees, or nothing;
    /// 4: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor DoubleAcquire = DescriptorFactory.Create(
        id: RuleIds.DoubleAcquire,
        title: "Lock taken while it is already held",
        messageFormat: "Takes {0} {1}{3}, but it is already held {2}{4}",
        category: RuleFamily.Order,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "A lock that is not reentrant is taken by the task that already holds it: the task waits for " +
                     "itself. Shared in exclusive and exclusive in shared count too.");

    /// <summary>MML1004 at the end of the compilation, through callees beyond the type.</summary>
    /// <inheritdoc cref="DoubleAcquire" path="/remarks"/>
    public static readonly DiagnosticDescriptor DoubleAcquireAtBuild = DescriptorFactory.AtBuild(DoubleAcquire);

    /// <summary>MML1005.</summary>
    /// <remarks>
    /// 0: the lock taken;
    /// 1: the lock held;
    /// 2: the chain of callees, or nothing;
    /// 3: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor UndeclaredOrder = DescriptorFactory.Create(
        id: RuleIds.UndeclaredOrder,
        title: "Nested lock classes have no declared order",
        messageFormat: "Takes {0}{2} while holding {1}{3}, and the hierarchy leaves their classes unordered",
        category: RuleFamily.Order,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "Both classes stand in the declared hierarchy, but no path of it puts one inside the other.",
        isEnabledByDefault: false);
}
