using System.Collections.Generic;
using System.Collections.Immutable;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Contracts;

/// <summary>Do two expressions on related declarations name one lock?</summary>
internal static class LockExpressionIdentity
{
    public static bool Same(LockExpression first, LockExpression second) => (first, second) switch
    {
        (ContextExpression one, ContextExpression two) => one.Context == two.Context,
        (ClassExpression one, ClassExpression two) => one.Class.Equals(two.Class),
        (GovernedExpression, GovernedExpression) => true,
        (PathExpression one, PathExpression two) => one.Root == two.Root && Same(one.Steps, two.Steps),
        _ => false,
    };

    /// <summary>One of the locks is the same; equality as records would compare the arrays inside by reference.</summary>
    public static bool Includes(this ImmutableArray<LockExpression> locks, LockExpression wanted)
    {
        foreach (var expression in locks)
        {
            if (Same(expression, wanted))
                return true;
        }

        return false;
    }

    /// <summary>The sections that are entered wherever this one is.</summary>
    public static IEnumerable<ContextKind> Implied(ContextKind context)
    {
        yield return context;
        if (context is ContextKind.Irq or ContextKind.Bh)
            yield return ContextKind.Preempt;
        if (context is ContextKind.Irq or ContextKind.Bh or ContextKind.Preempt)
            yield return ContextKind.RcuSched;
        if (context == ContextKind.Bh)
            yield return ContextKind.RcuBh;
    }

    private static bool Same(ImmutableArray<PathStep> first, ImmutableArray<PathStep> second)
    {
        if (first.Length != second.Length)
            return false;
        for (var index = 0; index < first.Length; index++)
        {
            var same = (first[index], second[index]) switch
            {
                (MemberStep one, MemberStep two) => MemberLookup.IsSame(one.Member, two.Member),
                (HiddenStep one, HiddenStep two) => one.Name == two.Name,
                (MemberStep one, HiddenStep two) => one.Member.Name == two.Name,
                (HiddenStep one, MemberStep two) => one.Name == two.Member.Name,
                var (one, two) => one.Equals(two),
            };
            if (!same)
                return false;
        }

        return true;
    }
}
