using Microsoft.CodeAnalysis;

namespace MmLock.Analyzers.Diagnostics;

/// <summary>The Rcu family.</summary>
internal static partial class Descriptors
{
    /// <summary>MML3001.</summary>
    /// <remarks>
    /// 0: the pointer;
    /// 1: its flavour;
    /// 2: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor RcuPlainRead = DescriptorFactory.Create(
        id: RuleIds.RcuPlainRead,
        title: "RCU pointer read without an accessor",
        messageFormat: "Reads RCU pointer '{0}', protected by {1}, without an accessor{2}",
        category: RuleFamily.Rcu,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "Readers of an RCU pointer need the ordering that a dereference accessor gives, and the accessor " +
                     "checks that a reader is entered.");

    /// <summary>MML3002.</summary>
    /// <remarks>
    /// 0: the pointer;
    /// 1: what would protect it: the reader, the update lock and its class;
    /// 2: the chain of callees, or nothing;
    /// 3: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor RcuDereferenceUnprotected = DescriptorFactory.Create(
        id: RuleIds.RcuDereferenceUnprotected,
        title: "RCU pointer dereferenced without protection",
        messageFormat: "Dereferences RCU pointer '{0}'{2} without {1}{3}",
        category: RuleFamily.Rcu,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "Outside a reader and without the update lock the object behind the pointer may be freed at any " +
                     "moment.");

    /// <summary>MML3003.</summary>
    /// <remarks>
    /// 0: the pointer;
    /// 1: its flavour;
    /// 2: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor RcuPlainWrite = DescriptorFactory.Create(
        id: RuleIds.RcuPlainWrite,
        title: "RCU pointer written without an accessor",
        messageFormat: "Writes RCU pointer '{0}', protected by {1}, without an accessor{2}",
        category: RuleFamily.Rcu,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "Publishing an object needs the ordering that an assign accessor gives; otherwise readers can see " +
                     "it before it is initialized.");

    /// <summary>MML3004.</summary>
    /// <remarks>
    /// 0: the pointer;
    /// 1: the update lock;
    /// 2: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor RcuUpdateUnlocked = DescriptorFactory.Create(
        id: RuleIds.RcuUpdateUnlocked,
        title: "RCU pointer assigned without the update lock",
        messageFormat: "Assigns RCU pointer '{0}' without holding its update lock {1}{2}",
        category: RuleFamily.Rcu,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "Updates of an RCU pointer exclude each other by its update lock.");

    /// <summary>MML3005.</summary>
    /// <remarks>
    /// 0: the RCU pointer;
    /// 1: its flavour;
    /// 2: what happens to it, such as 'used after the reader ended';
    /// 3: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor RcuPointerEscapes = DescriptorFactory.Create(
        id: RuleIds.RcuPointerEscapes,
        title: "RCU pointer leaves its reader",
        messageFormat: "The pointer read from '{0}' is {2}{3}, but {1} protects it inside the reader only and no reference " +
                       "was taken",
        category: RuleFamily.Rcu,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "What a reader found is safe until the reader ends. Beyond that it needs a reference of its own.");

    /// <summary>MML3006.</summary>
    /// <remarks>
    /// 0: the callee;
    /// 1: the flavour;
    /// 2: the chain of callees, or nothing;
    /// 3: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor RcuWaitInReader = DescriptorFactory.Create(
        id: RuleIds.RcuWaitInReader,
        title: "Waits for readers inside a reader",
        messageFormat: "Calling '{0}'{2} waits for the readers of {1} inside such a reader{3}",
        category: RuleFamily.Rcu,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "The wait ends when every reader that was there has ended, this one included: it never does.");

    /// <summary>MML3007.</summary>
    /// <remarks>
    /// 0: the RCU pointer or object;
    /// 1: its flavour;
    /// 2: what is of another flavour, and which;
    /// 3: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor RcuFlavourMismatch = DescriptorFactory.Create(
        id: RuleIds.RcuFlavourMismatch,
        title: "RCU flavours do not match",
        messageFormat: "'{0}' is protected by {1}, but {2}{3}",
        category: RuleFamily.Rcu,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "Readers, accessors and grace periods protect pointers of their own flavour only.");

    /// <summary>MML3008.</summary>
    /// <remarks>
    /// 0: the RCU pointer;
    /// 1: its flavour;
    /// 2: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor RcuPeekFollowed = DescriptorFactory.Create(
        id: RuleIds.RcuPeekFollowed,
        title: "Peeked RCU pointer is followed",
        messageFormat: "The value peeked from '{0}', protected by {1}, is followed{2}",
        category: RuleFamily.Rcu,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "A peeked value may be compared. Following it needs a dereference accessor inside a reader or under " +
                     "the update lock.");

    /// <summary>MML3009.</summary>
    /// <remarks>
    /// 0: the object;
    /// 1: the flavour;
    /// 2: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor RcuFreeWithoutGracePeriod = DescriptorFactory.Create(
        id: RuleIds.RcuFreeWithoutGracePeriod,
        title: "RCU object freed without a grace period",
        messageFormat: "Frees '{0}' at once, but readers of {1} may still see it{2}",
        category: RuleFamily.Rcu,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "An object that was taken out of where readers find it may be freed only after those readers have " +
                     "ended.");
}
