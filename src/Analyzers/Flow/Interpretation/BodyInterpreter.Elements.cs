using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <content>
/// Locks that are elements of a collection: met one by one in a loop, or all together as <c>Stripes[*]</c>. A body that promises
/// to take or to let go all of them does it in a loop; the lattice has no "the first n", so such a loop counts from its first
/// round on as all of it, and no round at all means that there was none to take.
/// </content>
internal sealed partial class BodyInterpreter
{
    /// <summary>The enumerator of a collection of locks remembers the collection.</summary>
    private Value? EnumeratorOf(Value collection, IInvocationOperation invocation)
    {
        if (!invocation.IsImplicit || invocation.TargetMethod.Name != "GetEnumerator")
            return null;
        NoteAllMet(collection);
        return ElementType(invocation.Instance is { } instance ? Unwrap(instance).Type : null) is { } element
            && collection.Symbol is { } member && (_contracts.LockTypeOf(element) is not null || _contracts.ClassOf(member) is not null)
            && !IsOfFresh(collection)
            && _values.Member(collection, invocation.TargetMethod, element) is { Kind: ValueKind.Member } enumerator
            ? enumerator
            : null;
    }

    /// <summary>The current element of such an enumeration: another one each round.</summary>
    private Value? ElementMet(Value? enumerator, IPropertyReferenceOperation current)
    {
        // Once only: a variable that was never given a value holds no other than itself.
        if (enumerator is { Kind: ValueKind.LocalPlace or ValueKind.CapturePlace })
            enumerator = Content(enumerator);
        return enumerator is { Kind: ValueKind.Member, Symbol: IMethodSymbol { Name: "GetEnumerator" } } && IsCursor(current.Property)
            ? _values.Element(enumerator.First!, Yield(current), enumerator.Type)
            : null;
    }

    private static ITypeSymbol? ElementType(ITypeSymbol? collection)
    {
        if (collection is IArrayTypeSymbol array)
            return array.ElementType;
        if (collection is not INamedTypeSymbol named)
            return null;
        if (named is { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T })
            return named.TypeArguments[0];
        foreach (var contract in named.AllInterfaces)
        {
            if (contract.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
                return contract.TypeArguments[0];
        }
        return null;
    }

    /// <summary>The body goes through all elements from here on, or asks how many there are in order to do so.</summary>
    private void NoteAllMet(Value collection)
    {
        if (PromisesAll(collection, ClauseKind.Acquires) is { } taken && Marked(taken) is null)
            Mark(taken, _values.True);
        if (PromisesAll(collection, ClauseKind.Releases) is { } letGo && Marked(letGo) is null)
            Mark(letGo, _values.True);
    }

    /// <summary>No element at all is all of them, in a world that has looked at the collection.</summary>
    private bool IsVacuous(Capability all) => all is { IsAnyElement: true, Lock: not null } && Marked(all) is not null;

    // Kept beside the variables, under the name of an element that the lock does not have: what loops forget are facts.
    private void Mark(Capability capability, Value mark) => _w.Env = _w.Env.Set(_values.Element(capability.Lock!, _values.Null, null), mark);

    private Value? Marked(Capability capability) => _w.Env.TryGet(_values.Element(capability.Lock!, _values.Null, null), out var mark)
        && mark.Kind == ValueKind.Constant ? mark : null;

    private void Unmark(Capability capability) => _w.Env = _w.Env.Remove(_values.Element(capability.Lock!, _values.Null, null));

    /// <summary>All elements of the collection, as the contract of this body promises something of them.</summary>
    private Capability? PromisesAll(Value collection, ClauseKind kind)
    {
        foreach (var all in OwnPromises(kind))
        {
            for (var part = all.Lock; part is not null; part = part.Kind is ValueKind.Member or ValueKind.Element ? part.First : null)
            {
                if (part.Kind == ValueKind.Element && part.Second!.IsNull && ReferenceEquals(part.First, collection))
                    return all;
            }
        }
        return null;
    }

    /// <summary>The promise of this body that a lock is part of.</summary>
    private Capability? PromiseCovering(Capability capability, ClauseKind kind)
    {
        foreach (var all in OwnPromises(kind))
        {
            if (IsCoveredBy(capability.Lock, all.Lock))
                return all;
        }
        return null;
    }

    private System.Collections.Generic.IEnumerable<Capability> OwnPromises(ClauseKind kind)
    {
        foreach (var clause in _frame.Contract.Clauses)
        {
            if (clause.Kind != kind)
                continue;
            foreach (var expression in clause.Locks)
            {
                if (expression is PathExpression { Steps: var steps } && System.Linq.Enumerable.Any(steps, static step => step is AnyElementStep)
                    && Resolve(expression, EntrySite(_frame)) is { Lock: not null } all)
                {
                    yield return all;
                }
            }
        }
    }

    /// <summary>Every element is held as a whole, and this is one of them.</summary>
    private Held? HeldWithAll(Capability capability)
    {
        foreach (var held in _w.Held)
        {
            if (held.Capability.IsAnyElement && IsCoveredBy(capability.Lock, held.Capability.Lock))
                return held;
        }
        return null;
    }

    /// <summary>The lock is what the pattern becomes with some index in the place of <c>*</c>.</summary>
    private static bool IsCoveredBy(Value? value, Value? pattern)
    {
        while (value is not null && pattern is not null && value.Kind == pattern.Kind)
        {
            if (value.Kind == ValueKind.Element && pattern.Second!.IsNull)
                return !ReferenceEquals(value, pattern) && ReferenceEquals(value.First, pattern.First);
            if (value.Kind == ValueKind.Element && !ReferenceEquals(value.Second, pattern.Second)
                || value.Kind == ValueKind.Member && !SymbolEqualityComparer.Default.Equals(value.Symbol, pattern.Symbol)
                || value.Kind is not (ValueKind.Member or ValueKind.Element))
            {
                return false;
            }
            value = value.First;
            pattern = pattern.First;
        }
        return false;
    }

    /// <summary>
    /// An element of what is held as a whole is let go for a while, or for good by the body that lets go all. False when it is no
    /// such element.
    /// </summary>
    private bool ReleaseFromAll(Capability capability, IOperation operation)
    {
        if (PromiseCovering(capability, ClauseKind.Releases) is { } promised)
        {
            if (_w.Find(promised) is { } whole)
            {
                _w.RemoveHeld(whole.Capability);
                Mark(promised, _values.False);
                OnLetGo(capability, operation);
                OnLetGo(whole.Capability, operation);
                return true;
            }
            return ReferenceEquals(Marked(promised), _values.False);
        }
        if (HeldWithAll(capability) is null || IsMissingFromAll(capability))
            return false;
        Mark(capability, _values.False);
        OnLetGo(capability, operation);
        return true;
    }

    /// <summary>The element was let go while all others are held on.</summary>
    private bool IsMissingFromAll(Capability capability) => ReferenceEquals(Marked(capability), _values.False);

    /// <summary>Takes an element back, or as one of those that the body promises to take. False when it is a lock of its own.</summary>
    private bool AcquireIntoAll(Capability capability, LockMode mode, IOperation operation)
    {
        if (HeldWithAll(capability) is not null && IsMissingFromAll(capability))
        {
            Unmark(capability);
            return true;
        }
        if (capability.Lock is null || PromiseCovering(capability, ClauseKind.Acquires) is not { } promised)
            return false;
        if (_w.Find(promised) is null)
            _w.SetHeld(Held.Once(promised, mode, HeldReason.Taken, operation));
        return true;
    }
}
