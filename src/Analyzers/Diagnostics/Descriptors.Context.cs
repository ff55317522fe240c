using Microsoft.CodeAnalysis;

namespace MmLock.Analyzers.Diagnostics;

/// <summary>The Context family.</summary>
internal static partial class Descriptors
{
    /// <summary>MML4001.</summary>
    /// <remarks>
    /// 0: what may sleep: a call, or taking a lock of a sleeping kind;
    /// 1: what forbids it, naming the lock and its class;
    /// 2: the chain of callees, or nothing;
    /// 3: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor SleepInAtomic = DescriptorFactory.Create(
        id: RuleIds.SleepInAtomic,
        title: "May sleep where sleeping is forbidden",
        messageFormat: "{0} may sleep{2}, but {1}{3}",
        category: RuleFamily.Context,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "Under a spinlock, inside a reader, with preemption or interrupts off the processor cannot be given " +
                     "to another task.");

    /// <summary>MML4001 at the end of the compilation, through callees beyond the type.</summary>
    /// <inheritdoc cref="SleepInAtomic" path="/remarks"/>
    public static readonly DiagnosticDescriptor SleepInAtomicAtBuild = DescriptorFactory.AtBuild(SleepInAtomic);

    /// <summary>MML4002.</summary>
    /// <remarks>
    /// 0: the lock;
    /// 1: 'Takes' or 'Goes on holding';
    /// 2: 'interrupts' or 'soft interrupts';
    /// 3: the chain of callees, or nothing;
    /// 4: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor IrqUnsafeAcquire = DescriptorFactory.Create(
        id: RuleIds.IrqUnsafeAcquire,
        title: "Lock that interrupts take is held with interrupts on",
        messageFormat: "{1} {0}{3} with {2} on{4}, and {2} take its class too",
        category: RuleFamily.Context,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "An interrupt on the processor that holds the lock would wait for it for ever.");

    /// <summary>MML4002 at the end of the compilation, through callees beyond the type.</summary>
    /// <inheritdoc cref="IrqUnsafeAcquire" path="/remarks"/>
    public static readonly DiagnosticDescriptor IrqUnsafeAcquireAtBuild = DescriptorFactory.AtBuild(IrqUnsafeAcquire);

    /// <summary>MML4003.</summary>
    /// <remarks>
    /// 0: who opened it: the caller, or an outer save;
    /// 1: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor IrqEnabledInside = DescriptorFactory.Create(
        id: RuleIds.IrqEnabledInside,
        title: "Interrupts enabled inside an outer section",
        messageFormat: "Enables interrupts inside the '@irq' section that {0} opened{1}",
        category: RuleFamily.Context,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "An unconditional enable ends the section of somebody who still relies on it. Save and restore " +
                     "instead.");

    /// <summary>MML4004.</summary>
    /// <remarks>
    /// 0: the flags;
    /// 1: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor IrqStateMismatch = DescriptorFactory.Create(
        id: RuleIds.IrqStateMismatch,
        title: "Restored interrupt state is of another section",
        messageFormat: "Restores the interrupt state '{0}', which this '@irq' section did not save{1}",
        category: RuleFamily.Context,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "A restore pairs with the save that opened the section, by the value saved.");

    /// <summary>MML4005.</summary>
    /// <remarks>
    /// 0: the callee;
    /// 1: its [RunsIn] as written;
    /// 2: the context here;
    /// 3: the chain of callees, or nothing;
    /// 4: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor WrongContext = DescriptorFactory.Create(
        id: RuleIds.WrongContext,
        title: "Called from a context that is ruled out",
        messageFormat: "Calling '{0}'{3} is ruled out by {1}, because {2}{4}",
        category: RuleFamily.Context,
        defaultSeverity: DiagnosticSeverity.Error,
        description: "The callee says in which context it runs, and this is another one.");

    /// <summary>MML4006.</summary>
    /// <remarks>
    /// 0: the lock taken;
    /// 1: the lock held;
    /// 2: 'interrupts' or 'soft interrupts';
    /// 3: the chain of callees, or nothing;
    /// 4: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor IrqOrderInversion = DescriptorFactory.Create(
        id: RuleIds.IrqOrderInversion,
        title: "Interrupt-taken lock is held around one taken with interrupts on",
        messageFormat: "Takes {0}{3} while holding {1}{4}, but {2} take the class held, and the class taken is elsewhere " +
                       "taken with {2} on",
        category: RuleFamily.Context,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "While this task waits for the inner lock, its holder can be interrupted on its own processor by " +
                     "somebody who waits for the outer one.",
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    /// <summary>MML4007.</summary>
    /// <remarks>
    /// 0: the lock;
    /// 1: what forbids it: a raw spinlock held, or hard interrupt context;
    /// 2: the chain of callees, or nothing;
    /// 3: the suffix.
    /// </remarks>
    public static readonly DiagnosticDescriptor WaitTypeNesting = DescriptorFactory.Create(
        id: RuleIds.WaitTypeNesting,
        title: "Sleeping spinlock taken where a real-time kernel cannot wait",
        messageFormat: "Takes {0}{2} although {1}{3}, where a real-time kernel cannot wait",
        category: RuleFamily.Context,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "On a real-time kernel a plain spinlock sleeps, so it cannot be taken under a raw spinlock or in " +
                     "hard interrupt context.",
        isEnabledByDefault: false);
}
