using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MmLock.Analyzers.Model;

/// <summary>What kind of protection a guard attribute states.</summary>
internal enum GuardKind
{
    /// <summary>All of them: shared to read, exclusive to write.</summary>
    GuardedBy,
    /// <summary>Any one of them to read, all of them exclusively to write.</summary>
    StableUnder,
    /// <summary>Nothing to read, all of them to write.</summary>
    WriteGuardedBy,
    /// <summary>As <see cref="GuardedBy"/>, for what the reference points to.</summary>
    PointeeGuardedBy,
}

/// <summary>One guard attribute of a field or property; its expressions are rooted in the field's object.</summary>
/// <param name="Optimistic">May be read with nothing held; the value is stale from birth.</param>
/// <param name="Exclusive">Held alone, it allows the write too.</param>
internal sealed record FieldGuard(
    GuardKind Kind, ImmutableArray<LockExpression> Locks, bool Optimistic = false, LockExpression? Exclusive = null,
    Location? Declaration = null);

/// <summary><c>[RcuGuarded]</c>.</summary>
internal sealed record RcuGuard(LockExpression Flavor, LockExpression? UpdateLock, Location? Declaration = null);

/// <summary>Everything that is said about one field or property as data.</summary>
internal sealed record FieldContract
{
    public static FieldContract None { get; } = new();

    public ImmutableArray<FieldGuard> Guards { get; init; } = [];

    public RcuGuard? Rcu { get; init; }

    /// <summary>What is read from it has no reference (<c>[Unreferenced]</c>).</summary>
    public bool Unreferenced { get; init; }

    public bool IsEmpty => Guards.Length == 0 && Rcu is null && !Unreferenced;
}
