namespace MmLock.Analyzers.Model;

/// <summary>Why one contract does not stand in for another, or for nobody at all, in parts: messages name locks in one place only.</summary>
/// <param name="Verb">What it does or demands, up to the lock.</param>
/// <param name="Lock">The lock as it is written; null where it is not about one.</param>
/// <param name="IsShared">The lock is meant shared.</param>
/// <param name="Rest">What follows the lock.</param>
internal sealed record ContractMismatch(
    string Verb, string? Lock = null, LockClass? Class = null, bool IsShared = false, string Rest = "");
