namespace MmLock.CodeFixes;

/// <summary>Equivalence keys: one per kind of change, so that fix-all finds its kin. Hosts store them; they never change.</summary>
public static class FixKeys
{
    /// <summary>Take the lock around the smallest region.</summary>
    public const string AcquireAround = "MmLock.AcquireAround";

    /// <summary>Require the lock from the callers.</summary>
    public const string DeclareMustHold = "MmLock.DeclareMustHold";

    /// <summary>Release what is still held where the method is left.</summary>
    public const string ReleaseOnExits = "MmLock.ReleaseOnExits";

    /// <summary>Remove a second acquisition or a surplus release.</summary>
    public const string RemoveCall = "MmLock.RemoveCall";

    /// <summary>Take or release in the mode that fits.</summary>
    public const string MatchMode = "MmLock.MatchMode";

    /// <summary>Take the lock with interrupts off.</summary>
    public const string TakeWithInterruptsOff = "MmLock.TakeWithInterruptsOff";

    /// <summary>Restore the interrupt state that was saved.</summary>
    public const string MatchSavedFlags = "MmLock.MatchSavedFlags";

    /// <summary>Look at the outcome of a try.</summary>
    public const string TestOutcome = "MmLock.TestOutcome";

    /// <summary>Wait instead of trying.</summary>
    public const string WaitInstead = "MmLock.WaitInstead";

    /// <summary>Try instead of waiting.</summary>
    public const string TryInstead = "MmLock.TryInstead";

    /// <summary>Take two locks in the declared order.</summary>
    public const string SwapAcquisitions = "MmLock.SwapAcquisitions";

    /// <summary>Use the RCU accessor that fits.</summary>
    public const string UseAccessor = "MmLock.UseAccessor";

    /// <summary>Free after a grace period, deferred.</summary>
    public const string FreeDeferred = "MmLock.FreeDeferred";

    /// <summary>Wait for the readers before the free.</summary>
    public const string WaitForReaders = "MmLock.WaitForReaders";

    /// <summary>Put a reference that nobody answers for.</summary>
    public const string PutOnExits = "MmLock.PutOnExits";

    /// <summary>Hand the lock to the caller.</summary>
    public const string DeclareAcquires = "MmLock.DeclareAcquires";

    /// <summary>Take the lock over from the caller.</summary>
    public const string DeclareReleases = "MmLock.DeclareReleases";

    /// <summary>List one more class that may be taken.</summary>
    public const string DeclareMayAcquire = "MmLock.DeclareMayAcquire";

    /// <summary>Say that a method may sleep.</summary>
    public const string DeclareMaySleep = "MmLock.DeclareMaySleep";

    /// <summary>Write down the guard that nearly every access holds.</summary>
    public const string WriteDownGuard = "MmLock.WriteDownGuard";

    /// <summary>Write the nearest known name.</summary>
    public const string CorrectName = "MmLock.CorrectName";

    /// <summary>Remove an annotation that contradicts another.</summary>
    public const string RemoveContradiction = "MmLock.RemoveContradiction";

    /// <summary>Put the selection under a lock.</summary>
    public const string WrapInLock = "MmLock.WrapInLock";

    /// <summary>Take a lock in another form: guard, <c>lock</c>, or <c>try</c>/<c>finally</c>.</summary>
    public const string ChangeLockForm = "MmLock.ChangeLockForm";

    /// <summary>Make a requirement of assertions.</summary>
    public const string RequireInsteadOfAssert = "MmLock.RequireInsteadOfAssert";

    /// <summary>Write names as <c>nameof</c>.</summary>
    public const string UseNameOf = "MmLock.UseNameOf";

    /// <summary>Take a reference while the reader protects the object.</summary>
    public const string TakeReference = "MmLock.TakeReference";

    /// <summary>Remember in a flag whether a lock is held, and ask it.</summary>
    public const string RememberHeld = "MmLock.RememberHeld";

    /// <summary>Take a lock back before a jump.</summary>
    public const string TakeAgain = "MmLock.TakeAgain";

    /// <summary>Take a lock whatever the condition says.</summary>
    public const string TakeInAnyCase = "MmLock.TakeInAnyCase";

    /// <summary>Release once, behind a loop.</summary>
    public const string ReleaseBehindLoop = "MmLock.ReleaseBehindLoop";

    /// <summary>Do something before a section begins.</summary>
    public const string MoveBefore = "MmLock.MoveBefore";

    /// <summary>Do something after a section has ended.</summary>
    public const string MoveAfter = "MmLock.MoveAfter";

    /// <summary>Leave a section around something, and enter it again.</summary>
    public const string LetGoAround = "MmLock.LetGoAround";

    /// <summary>Do something while the lock is held that it needs.</summary>
    public const string MoveInto = "MmLock.MoveInto";

    /// <summary>Remove what names nothing.</summary>
    public const string RemoveUnknown = "MmLock.RemoveUnknown";

    /// <summary>Do at the exit what the contract promises.</summary>
    public const string KeepPromise = "MmLock.KeepPromise";

    /// <summary>Change the contract to what the body does.</summary>
    public const string CorrectContract = "MmLock.CorrectContract";

    /// <summary>Write the contract of the overridden member on the override.</summary>
    public const string AdoptBaseContract = "MmLock.AdoptBaseContract";

    /// <summary>Write the contract of the override on the overridden member.</summary>
    public const string AdoptOverrideContract = "MmLock.AdoptOverrideContract";

    /// <summary>Use the flavour of the pointer.</summary>
    public const string MatchFlavor = "MmLock.MatchFlavor";
}
