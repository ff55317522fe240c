namespace MmLock.CodeFixes;

/// <summary>Equivalence keys: one per kind of change, so that fix-all finds its kin. Hosts store them; they never change.</summary>
public static class FixKeys
{
    /// <summary>Take the lock around the smallest region.</summary>
    public const string AcquireAround = "MmLock.AcquireAround";

    /// <summary>Require the lock from the callers.</summary>
    public const string DeclareMustHold = "MmLock.DeclareMustHold";
}
