using System.Collections.Immutable;

namespace MmLock.CodeFixes.Locks;

/// <summary>The text with which a region is put under a lock.</summary>
/// <param name="Setup">Statements before the region: the acquisition of a lock that has no scoped form.</param>
/// <param name="Opener">What the braces of the region belong to: <c>lock (x)</c>, <c>using (x.Hold())</c>, <c>try</c>.</param>
/// <param name="Prelude">Statements at the beginning of the region.</param>
/// <param name="Cleanup">What stands in <c>finally</c>; nothing for <c>lock</c> and <c>using</c>.</param>
internal sealed record LockForm(
    ImmutableArray<string> Setup, string Opener, ImmutableArray<string> Prelude, ImmutableArray<string> Cleanup)
{
    /// <summary>A statement that takes and lets go by itself.</summary>
    public static LockForm Scoped(string opener) => new([], opener, [], []);

    /// <summary>A pair of calls.</summary>
    public static LockForm Pair(string acquire, string release) => new([acquire], "try", [], [release]);

    /// <summary>It is one statement, which can stand where a statement can.</summary>
    public bool IsOneStatement => Setup.IsEmpty;
}
