using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using static MmLock.Analyzers.Diagnostics.Descriptors;

namespace MmLock.Analyzers.Diagnostics;

/// <summary>Which analyzer reports what.</summary>
/// <remarks>A class of its own: the parts of a partial class initialize their statics in no order.</remarks>
internal static class DescriptorCatalog
{
    /// <summary>What <c>LockFlowAnalyzer</c> reports.</summary>
    public static ImmutableArray<DiagnosticDescriptor> OfFlow { get; } =
    [
        LockOrderViolation, LockOrderViolationAtBuild, LockOrderCycle, UnorderedNesting, UnorderedNestingAtBuild,
        DoubleAcquire, DoubleAcquireAtBuild, UndeclaredOrder,
        RequiredLockNotHeld, ExcludedLockHeld, GuardedReadUnlocked, GuardedWriteUnlocked, ReleaseNotHeld, HeldAtExit,
        HeldOnException, LoopChangesLocks, ContractNotKept, TryAcquireIgnored, WrongMode, OverrideContract, GuardedEscape,
        HeldAcrossSuspension, StaleGuardedValue,
        RcuPlainRead, RcuDereferenceUnprotected, RcuPlainWrite, RcuUpdateUnlocked, RcuPointerEscapes, RcuWaitInReader,
        RcuFlavourMismatch, RcuPeekFollowed, RcuFreeWithoutGracePeriod,
        SleepInAtomic, SleepInAtomicAtBuild, IrqUnsafeAcquire, IrqUnsafeAcquireAtBuild, IrqEnabledInside, IrqStateMismatch,
        WrongContext, IrqOrderInversion, WaitTypeNesting,
        UseAfterRelease, ReferenceNotHeld, ReferenceLeak, ExcludedReferenceHeld,
        InferredGuard, InferredContract,
        AnalysisIncomplete,
    ];

    /// <summary>What <c>DeclarationAnalyzer</c> reports.</summary>
    public static ImmutableArray<DiagnosticDescriptor> OfDeclarations { get; } =
    [
        OverrideContract,
        BadLockExpression, NotALock, HierarchyCycle, UnknownLockClass, ContradictoryContract,
    ];
}
