namespace MmLock.Analyzers.Diagnostics;

/// <summary>Every id of the rule table, under its name. Ids are never reused.</summary>
internal static class RuleIds
{
    // Order
    public const string LockOrderViolation = "MML1001";
    public const string LockOrderCycle = "MML1002";
    public const string UnorderedNesting = "MML1003";
    public const string DoubleAcquire = "MML1004";
    public const string UndeclaredOrder = "MML1005";

    // Held
    public const string RequiredLockNotHeld = "MML2001";
    public const string ExcludedLockHeld = "MML2002";
    public const string GuardedReadUnlocked = "MML2003";
    public const string GuardedWriteUnlocked = "MML2004";
    public const string ReleaseNotHeld = "MML2005";
    public const string HeldAtExit = "MML2006";
    public const string HeldOnException = "MML2007";
    public const string LoopChangesLocks = "MML2008";
    public const string ContractNotKept = "MML2009";
    public const string TryAcquireIgnored = "MML2010";
    public const string WrongMode = "MML2011";
    public const string OverrideContract = "MML2012";
    public const string GuardedEscape = "MML2013";
    public const string HeldAcrossSuspension = "MML2014";
    public const string StaleGuardedValue = "MML2015";

    // Rcu
    public const string RcuPlainRead = "MML3001";
    public const string RcuDereferenceUnprotected = "MML3002";
    public const string RcuPlainWrite = "MML3003";
    public const string RcuUpdateUnlocked = "MML3004";
    public const string RcuPointerEscapes = "MML3005";
    public const string RcuWaitInReader = "MML3006";
    public const string RcuFlavourMismatch = "MML3007";
    public const string RcuPeekFollowed = "MML3008";
    public const string RcuFreeWithoutGracePeriod = "MML3009";

    // Context
    public const string SleepInAtomic = "MML4001";
    public const string IrqUnsafeAcquire = "MML4002";
    public const string IrqEnabledInside = "MML4003";
    public const string IrqStateMismatch = "MML4004";
    public const string WrongContext = "MML4005";
    public const string IrqOrderInversion = "MML4006";
    public const string WaitTypeNesting = "MML4007";

    // Ref
    public const string UseAfterRelease = "MML5001";
    public const string ReferenceNotHeld = "MML5002";
    public const string ReferenceLeak = "MML5003";
    public const string ExcludedReferenceHeld = "MML5004";

    // Suggestion
    public const string InferredGuard = "MML6001";
    public const string InferredContract = "MML6002";

    // Annotation
    public const string BadLockExpression = "MML9001";
    public const string NotALock = "MML9002";
    public const string HierarchyCycle = "MML9003";
    public const string UnknownLockClass = "MML9004";
    public const string ContradictoryContract = "MML9005";
    public const string AnalysisIncomplete = "MML9006";
}
