using Microsoft.CodeAnalysis;

namespace MmLock.Analyzers.Diagnostics;

/// <summary>The Held family.</summary>
internal static partial class Descriptors
{
    /// <summary>MML2001.</summary>
    /// <remarks>
    /// 0: the callee;
    /// 1: the requirement: locks, classes and modes;
    /// 2: the chain of callees, or nothing;
    /// 3: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor RequiredLockNotHeld = DescriptorFactory.Create(
        id: RuleIds.RequiredLockNotHeld,
        title: "Call without a lock that its contract requires",
        messageFormat: "Calling '{0}'{2} requires {1}, which is not the case{3}",
        category: RuleFamily.Held,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "The contract of the callee, written or inferred, requires locks that the caller does not hold, or " +
                     "holds in a weaker mode.");

    /// <summary>MML2002.</summary>
    /// <remarks>
    /// 0: the callee;
    /// 1: the lock or locks held;
    /// 2: the chain of callees, or nothing;
    /// 3: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor ExcludedLockHeld = DescriptorFactory.Create(
        id: RuleIds.ExcludedLockHeld,
        title: "Call with a lock held that its contract excludes",
        messageFormat: "Calling '{0}'{2} is not allowed while holding {1}{3}",
        category: RuleFamily.Held,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "The contract of the callee excludes a lock that the caller holds, usually because the callee takes " +
                     "it or waits for somebody who does.");

    /// <summary>MML2003.</summary>
    /// <remarks>
    /// 0: the field or property;
    /// 1: the requirement: locks, classes and modes;
    /// 2: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor GuardedReadUnlocked = DescriptorFactory.Create(
        id: RuleIds.GuardedReadUnlocked,
        title: "Guarded data read without its guard",
        messageFormat: "Reading '{0}' requires {1}, which is not the case{2}",
        category: RuleFamily.Held,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "The member is declared to be read under a guard only. Without the guard a concurrent writer can be " +
                     "seen half way.");

    /// <summary>MML2004.</summary>
    /// <remarks>
    /// 0: the field or property;
    /// 1: the requirement: locks, classes and modes;
    /// 2: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor GuardedWriteUnlocked = DescriptorFactory.Create(
        id: RuleIds.GuardedWriteUnlocked,
        title: "Guarded data written without its guard",
        messageFormat: "Writing '{0}' requires {1}, which is not the case{2}",
        category: RuleFamily.Held,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "The member is declared to be written under its guards only, held exclusively.");

    /// <summary>MML2005.</summary>
    /// <remarks>
    /// 0: the lock or section;
    /// 1: the chain of callees, or nothing;
    /// 2: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor ReleaseNotHeld = DescriptorFactory.Create(
        id: RuleIds.ReleaseNotHeld,
        title: "Released lock is not held",
        messageFormat: "Releases {0}{1}, which is not held{2}",
        category: RuleFamily.Held,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "A lock, a section or an isolation is given up that is not held here.");

    /// <summary>MML2006.</summary>
    /// <remarks>
    /// 0: the lock or locks;
    /// 1: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor HeldAtExit = DescriptorFactory.Create(
        id: RuleIds.HeldAtExit,
        title: "Lock still held at an exit",
        messageFormat: "Returns holding {0}{1}, which the contract does not hand to the caller",
        category: RuleFamily.Held,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "The member leaves a lock held that its contract does not mention. State it with [Acquires] if the " +
                     "caller is to release it.");

    /// <summary>MML2007.</summary>
    /// <remarks>
    /// 0: the lock or locks;
    /// 1: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor HeldOnException = DescriptorFactory.Create(
        id: RuleIds.HeldOnException,
        title: "Lock still held when an exception escapes",
        messageFormat: "Holds {0}{1} when an exception escapes here, and the contract does not hand it to the caller",
        category: RuleFamily.Held,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "An exceptional path leaves the member with a lock held that its contract does not mention.",
        isEnabledByDefault: false);

    /// <summary>MML2008.</summary>
    /// <remarks>
    /// 0: the lock or section;
    /// 1: how: held once more, or once less;
    /// 2: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor LoopChangesLocks = DescriptorFactory.Create(
        id: RuleIds.LoopChangesLocks,
        title: "Loop changes the set of held locks",
        messageFormat: "An iteration of this loop ends with {0} {1}{2}, and so does every further one",
        category: RuleFamily.Held,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "Every round of the loop ends with other locks than it began with, without end.");

    /// <summary>MML2009.</summary>
    /// <remarks>
    /// 0: the member;
    /// 1: the attribute as written;
    /// 2: what is the case instead, naming the lock and its class;
    /// 3: the chain of callees, or nothing;
    /// 4: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor ContractNotKept = DescriptorFactory.Create(
        id: RuleIds.ContractNotKept,
        title: "Body does not keep its contract",
        messageFormat: "'{0}' promises {1}, but {2}{3}{4}",
        category: RuleFamily.Held,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "The body does not do on every exit what its contract tells the callers.");

    /// <summary>MML2010.</summary>
    /// <remarks>
    /// 0: the lock or reference;
    /// 1: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor TryAcquireIgnored = DescriptorFactory.Create(
        id: RuleIds.TryAcquireIgnored,
        title: "Outcome of a try-acquire is never looked at",
        messageFormat: "The outcome of trying to take {0} is never looked at{1}",
        category: RuleFamily.Held,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "Only the outcome of a try tells whether the lock is held. Where it is ignored, the code after it " +
                     "runs without the lock half of the time, and never releases it in the other half.");

    /// <summary>MML2011.</summary>
    /// <remarks>
    /// 0: the lock;
    /// 1: the operation, such as 'A shared release';
    /// 2: the mode the operation needs;
    /// 3: the mode it is held in;
    /// 4: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor WrongMode = DescriptorFactory.Create(
        id: RuleIds.WrongMode,
        title: "Lock released, upgraded or downgraded in the wrong mode",
        messageFormat: "{1} of {0} needs it held {2}, but it is held {3}{4}",
        category: RuleFamily.Held,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "A shared hold is released as an exclusive one or the reverse, or the lock is upgraded or " +
                     "downgraded from a mode that it is not held in.");

    /// <summary>MML2012.</summary>
    /// <remarks>
    /// 0: the overriding or converted member;
    /// 1: the member or delegate type that callers see;
    /// 2: what differs, naming the lock and its class.
    /// </remarks>
    public static readonly DiagnosticDescriptor OverrideContract = DescriptorFactory.Create(
        id: RuleIds.OverrideContract,
        title: "Override or conversion changes the contract",
        messageFormat: "'{0}' does not fit the contract of '{1}': it {2}",
        category: RuleFamily.Held,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "Callers go by the contract of the member or delegate type that they see. What really runs may " +
                     "demand less and promise more, not the reverse.");

    /// <summary>MML2013.</summary>
    /// <remarks>
    /// 0: the field or property;
    /// 1: the guard or guards;
    /// 2: the way out, such as 'a ref return';
    /// 3: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor GuardedEscape = DescriptorFactory.Create(
        id: RuleIds.GuardedEscape,
        title: "Guarded data leaves its guard",
        messageFormat: "'{0}' outlives its guard {1} through {2}{3}",
        category: RuleFamily.Held,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A reference to guarded data goes where the guard is not held any more: every access through it is " +
                     "unguarded.");

    /// <summary>MML2014.</summary>
    /// <remarks>
    /// 0: the lock or section;
    /// 1: await, yield return or their kin;
    /// 2: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor HeldAcrossSuspension = DescriptorFactory.Create(
        id: RuleIds.HeldAcrossSuspension,
        title: "Lock held across a suspension",
        messageFormat: "Holds {0} across '{1}'{2}",
        category: RuleFamily.Held,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "The code after the suspension may run on another thread, which does not own the lock; meanwhile " +
                     "everybody else waits for it.");

    /// <summary>MML2015.</summary>
    /// <remarks>
    /// 0: the field or property;
    /// 1: how it was read, naming the guard and its class;
    /// 2: what it is used for;
    /// 3: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor StaleGuardedValue = DescriptorFactory.Create(
        id: RuleIds.StaleGuardedValue,
        title: "Value used after its guard was let go",
        messageFormat: "The value of '{0}', read {1}, is stale here{3}: {2}",
        category: RuleFamily.Held,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A value that was read under a guard is used after the guard was let go, and was neither read again " +
                     "nor compared with a new read.");
}
