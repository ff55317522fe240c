using System.Collections.Immutable;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Contracts;

/// <summary>The lock expressions of one annotation, bound; what does not bind is left out and reported.</summary>
internal sealed class ExpressionReader(ContractCache cache, BindingScope scope, ProblemSink problems)
{
    public BindingScope Scope { get; } = scope;

    /// <param name="first">The positional argument to begin with.</param>
    /// <param name="orThis">No expression means the lock that the method belongs to.</param>
    /// <param name="wantsLock">False where any object will do.</param>
    /// <param name="isComplete">Everything was bound.</param>
    public ImmutableArray<LockExpression> All(
        Annotation word, bool orThis, out bool isComplete, int first = 0, bool wantsLock = true)
    {
        isComplete = true;
        var locks = ImmutableArray.CreateBuilder<LockExpression>();
        if (word.Arguments.Length <= first)
        {
            var bound = orThis
                ? cache.Binder.BindImplicit(Scope)
                : BindFailure.Bad("", "no lock is named");
            if (bound.Expression is { } expression)
                locks.Add(expression);
            else if (bound.Failure is { } failure)
                problems.Add(failure, word);
            isComplete = bound.Expression is not null;
        }

        for (var index = first; index < word.Arguments.Length; index++)
        {
            if (One(word, index, wantsLock) is { } expression)
                locks.Add(expression);
            else
                isComplete = false;
        }

        return locks.ToImmutable();
    }

    public LockExpression? One(Annotation word, int index, bool wantsLock = true)
    {
        var bound = cache.Binder.Bind(word[index], Scope, word.Syntax, wantsLock);
        if (bound.Failure is { } failure)
            problems.Add(failure, word, index);
        else if (UnknownClass(bound.Expression) is { } unknown)
            problems.Add(unknown, word, index);
        return bound.Expression;
    }

    public LockExpression? Named(Annotation word, string name)
    {
        if (word[name] is not { } text)
            return null;
        var bound = cache.Binder.Bind(text, Scope, word.Syntax);
        if (bound.Failure is { } failure)
            problems.Add(failure, word, name);
        else if (UnknownClass(bound.Expression) is { } unknown)
            problems.Add(unknown, word, name);
        return bound.Expression;
    }

    private BindFailure? UnknownClass(LockExpression? expression)
    {
        if (expression is not ClassExpression { Class: { Declaration: null } missing })
            return null;
        if (cache.IsKnownClass(missing.Id))
            return null;
        return new(
            ContractDefect.UnknownClass, missing.Id, "", expression.Text.Length - missing.Id.Length, missing.Id.Length,
            NearestName.Find(missing.Id, cache.Index.Names));
    }
}
