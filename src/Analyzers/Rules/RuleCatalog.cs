using System.Collections.Immutable;
using MmLock.Analyzers.Rules.Annotation;
using MmLock.Analyzers.Rules.Context;
using MmLock.Analyzers.Rules.Held;
using MmLock.Analyzers.Rules.Order;
using MmLock.Analyzers.Rules.Rcu;
using MmLock.Analyzers.Rules.Ref;
using MmLock.Analyzers.Rules.Suggestion;

namespace MmLock.Analyzers.Rules;

/// <summary>The rules in the order of their ids. A test compares the lists with the classes.</summary>
internal static class RuleCatalog
{
    /// <summary>What is asked of one body.</summary>
    public static ImmutableArray<FlowRule> Flow { get; } =
    [
        new MML1001LockOrderViolation(), new MML1003UnorderedNesting(), new MML1004DoubleAcquire(), new MML1005UndeclaredOrder(),
        new MML2001RequiredLockNotHeld(), new MML2002ExcludedLockHeld(), new MML2003GuardedReadUnlocked(),
        new MML2004GuardedWriteUnlocked(), new MML2005ReleaseNotHeld(), new MML2006HeldAtExit(), new MML2007HeldOnException(),
        new MML2008LoopChangesLocks(), new MML2009ContractNotKept(), new MML2010TryAcquireIgnored(), new MML2011WrongMode(),
        new MML2012OverrideContract(), new MML2013GuardedEscape(), new MML2014HeldAcrossSuspension(), new MML2015StaleGuardedValue(),
        new MML3001RcuPlainRead(), new MML3002RcuDereferenceUnprotected(), new MML3003RcuPlainWrite(), new MML3004RcuUpdateUnlocked(),
        new MML3005RcuPointerEscapes(), new MML3006RcuWaitInReader(), new MML3007RcuFlavourMismatch(), new MML3008RcuPeekFollowed(),
        new MML3009RcuFreeWithoutGracePeriod(), new MML4001SleepInAtomic(), new MML4002IrqUnsafeAcquire(), new MML4003IrqEnabledInside(),
        new MML4004IrqStateMismatch(), new MML4005WrongContext(), new MML4007WaitTypeNesting(), new MML5001UseAfterRelease(),
        new MML5002ReferenceNotHeld(), new MML5003ReferenceLeak(), new MML5004ExcludedReferenceHeld(), new MML6002InferredContract(),
        new MML9006AnalysisIncomplete(),
    ];

    /// <summary>What is asked of one declaration.</summary>
    public static ImmutableArray<DeclarationRule> Declarations { get; } =
    [
        new MML2012OfOverrides(), new MML9001BadLockExpression(), new MML9002NotALock(), new MML9003HierarchyCycle(),
        new MML9004UnknownLockClass(), new MML9005ContradictoryContract(),
    ];

    /// <summary>The same, by what they hear.</summary>
    public static RuleListeners Listeners { get; } = new(Flow);
}
