using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Contracts;

/// <summary>From the words on a field, property or type to the guards of data.</summary>
internal static class FieldContractReader
{
    public static bool IsGuard(Annotation word) =>
        word.Name is "GuardedBy" or "StableUnder" or "WriteGuardedBy" or "PointeeGuardedBy" or "RcuGuarded";

    /// <summary>What the words say, bound in the scope of what bears them.</summary>
    public static FieldContract Read(
        ContractCache cache, ImmutableArray<Annotation> words, BindingScope scope, ProblemSink problems)
    {
        if (words.IsEmpty)
            return FieldContract.None;
        var expressions = new ExpressionReader(cache, scope, problems);
        var guards = ImmutableArray.CreateBuilder<FieldGuard>();
        RcuGuard? rcu = null;
        var unreferenced = false;
        foreach (var word in words)
        {
            switch (word.Name)
            {
                case "Unreferenced":
                    unreferenced = true;
                    break;
                case "RcuGuarded":
                    var flavor = string.IsNullOrEmpty(word[0])
                        ? new ContextExpression(ContextKind.Rcu.Spell(), ContextKind.Rcu)
                        : expressions.One(word, 0);
                    var update = expressions.Named(word, "UpdateLock");
                    if (flavor is not null)
                        rcu ??= new(flavor, update, word.Place());
                    break;
                case var _ when IsGuard(word):
                    if (Guard(word, expressions) is { } guard)
                        guards.Add(guard);
                    break;
            }
        }

        return guards.Count == 0 && rcu is null && !unreferenced
            ? FieldContract.None
            : new() { Guards = guards.ToImmutable(), Rcu = rcu, Unreferenced = unreferenced };
    }

    /// <summary>The guards of a type as they bear on one of its members.</summary>
    public static ImmutableArray<FieldGuard> Inherited(ContractCache cache, ISymbol member, FieldContract ofType)
    {
        if (ofType.Guards.IsEmpty || !IsMutable(member) || MemberLookup.TypeOf(member) is not { } type
            || cache.LockTypeOf(type) is not null)
        {
            return [];
        }

        return
        [
            .. ofType.Guards.Where(
                guard => guard.Locks.All(
                    expression => !(expression is PathExpression path
                        && ((member.IsStatic && path.Root.Kind == PathRootKind.This)
                            || (path.Steps.Length > 0 && path.Steps[0] is MemberStep step
                                && SymbolEqualityComparer.Default.Equals(step.Member, MemberLookup.Canonical(member))))))),
        ];
    }

    private static FieldGuard? Guard(Annotation word, ExpressionReader expressions)
    {
        var locks = expressions.All(word, orThis: false, out var isComplete);
        var kind = (GuardKind)Enum.Parse(typeof(GuardKind), word.Name);
        var exclusive = expressions.Named(word, "Exclusive");

        // Of several alternatives any is enough: without those that did not bind it would ask for more than was meant.
        if (locks.IsEmpty || (kind == GuardKind.StableUnder && !isComplete))
            return null;
        return new(kind, locks, word.Says("Optimistic"), exclusive, word.Place());
    }

    /// <summary>A field that can change, or an auto-property that can.</summary>
    private static bool IsMutable(ISymbol member) => member switch
    {
        IFieldSymbol field => !field.IsReadOnly && !field.IsConst && !field.IsImplicitlyDeclared,
        IPropertySymbol { SetMethod: { IsInitOnly: false }, IsIndexer: false } property =>
            MemberLookup.BackingField(property) is not null,
        _ => false,
    };
}
