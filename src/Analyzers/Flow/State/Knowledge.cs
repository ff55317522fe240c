using System;
using System.Collections.Immutable;

namespace MmLock.Analyzers.Flow.State;

/// <summary>What one world knows about one value.</summary>
/// <param name="Null">Known to be null or not to be; unknown when null.</param>
/// <param name="Truth">The boolean it is known to be.</param>
/// <param name="Is">The constant it is known to be.</param>
/// <param name="IsNot">Constants it is known not to be.</param>
internal sealed record Knowledge(bool? Null = null, bool? Truth = null, object? Is = null, ImmutableArray<object> IsNot = default)
{
    private const int Alternatives = 8;

    /// <summary>The constants that it may be, where only these are possible; default when anything is.</summary>
    public ImmutableArray<object> OneOf { get; init; }

    public static Knowledge NotNull { get; } = new(Null: false);

    public static Knowledge IsNull { get; } = new(Null: true);

    public static Knowledge IsTrue { get; } = new(Null: false, Truth: true, Is: true);

    public static Knowledge IsFalse { get; } = new(Null: false, Truth: false, Is: false);

    /// <summary>What holds in both of two worlds; null when nothing does.</summary>
    public static Knowledge? Common(Knowledge? a, Knowledge? b)
    {
        if (a is null || b is null)
            return null;
        if (ReferenceEquals(a, b) || a.Equals(b))
            return a;
        var common = new Knowledge(
            a.Null == b.Null ? a.Null : null,
            a.Truth == b.Truth ? a.Truth : null,
            Equals(a.Is, b.Is) ? a.Is : null,
            CommonExclusions(a, b))
        {
            OneOf = CommonAlternatives(a, b),
        };
        return common.Null is null && common.Truth is null && common.Is is null && common.IsNot.IsDefaultOrEmpty && common.OneOf.IsDefault
            ? null
            : common;
    }

    public bool Excludes(object constant) =>
        !IsNot.IsDefaultOrEmpty && IsNot.Contains(constant) || !OneOf.IsDefault && !OneOf.Contains(constant);

    public Knowledge Without(object constant) =>
        Excludes(constant)
            ? this
            : OneOf.IsDefault
                ? this with { IsNot = IsNot.IsDefault ? [constant] : IsNot.Add(constant) }
                : OneOf.Length == 2
                    ? this with { OneOf = default, Is = OneOf[0].Equals(constant) ? OneOf[1] : OneOf[0] }
                    : this with { OneOf = OneOf.Remove(constant) };

    public bool Equals(Knowledge? other)
    {
        if (other is null || Null != other.Null || Truth != other.Truth || !Equals(Is, other.Is) || OneOf.IsDefault != other.OneOf.IsDefault)
            return false;
        if (!OneOf.IsDefault)
        {
            if (OneOf.Length != other.OneOf.Length)
                return false;
            foreach (var constant in OneOf)
            {
                if (!other.OneOf.Contains(constant))
                    return false;
            }
        }
        int n = IsNot.IsDefault ? 0 : IsNot.Length, m = other.IsNot.IsDefault ? 0 : other.IsNot.Length;
        if (n != m)
            return false;
        for (int i = 0; i < n; i++)
        {
            if (!other.IsNot.Contains(IsNot[i]))
                return false;
        }
        return true;
    }

    public override int GetHashCode() =>
        unchecked(((Null?.GetHashCode() ?? 2) * 31 + (Truth?.GetHashCode() ?? 2)) * 31 + (Is?.GetHashCode() ?? 0));

    private static ImmutableArray<object> CommonAlternatives(Knowledge a, Knowledge b)
    {
        if (Possible(a) is not { } first || Possible(b) is not { } second || Equals(a.Is, b.Is))
            return default;
        foreach (var constant in second)
        {
            if (!first.Contains(constant))
                first = first.Add(constant);
        }
        return first.Length > Alternatives ? default : first;

        static ImmutableArray<object>? Possible(Knowledge known) =>
            known.Is is { } constant ? [constant] : known.OneOf.IsDefault ? null : known.OneOf;
    }

    private static ImmutableArray<object> CommonExclusions(Knowledge a, Knowledge b)
    {
        var result = ImmutableArray.CreateBuilder<object>();
        if (!a.IsNot.IsDefaultOrEmpty)
        {
            foreach (var constant in a.IsNot)
            {
                if (b.Excludes(constant) || b.Is is not null && !Equals(b.Is, constant))
                    result.Add(constant);
            }
        }
        if (!b.IsNot.IsDefaultOrEmpty)
        {
            foreach (var constant in b.IsNot)
            {
                if (a.Is is not null && !Equals(a.Is, constant) && !result.Contains(constant))
                    result.Add(constant);
            }
        }
        return result.Count == 0 ? default : result.ToImmutable();
    }
}
