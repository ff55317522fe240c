using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <content>What was read under a guard, and what of it still holds after the guard was let go.</content>
internal sealed partial class BodyInterpreter
{
    /// <summary>Which place a value was last read from, where the value itself does not tell.</summary>
    private readonly Dictionary<Value, Value> _origins = [];

    /// <summary>Remembers under which guards a value was read.</summary>
    private void NoteRead(Value place, Value content, IOperation operation)
    {
        if (_dead || place.Symbol is not { } member || place.Kind is not (ValueKind.Member or ValueKind.Static))
            return;
        var contract = _contracts.Field(member);
        if (contract.IsEmpty)
            return;
        if (!ReferenceEquals(content, place))
            _origins[content] = place;
        if (content.Kind is ValueKind.Constant or ValueKind.Lost || IsExempt(place) || member is IFieldSymbol { IsReadOnly: true })
            return;
        foreach (var guard in contract.Guards)
        {
            if (guard.Kind is GuardKind.WriteGuardedBy or GuardKind.PointeeGuardedBy)
                continue;
            var site = OwnerSite(place);
            var guards = ImmutableArray.CreateBuilder<Capability>();
            foreach (var expression in guard.Locks)
            {
                if (Resolve(expression, site) is { } capability && Holds(capability, LockMode.Shared, guardedPlace: place))
                    guards.Add(capability);
            }
            if (guard.Exclusive is { } exclusive && Resolve(exclusive, site) is { } token && Holds(token, LockMode.Shared))
                guards.Add(token);
            if (guards.Count > 0)
            {
                _w.Reads = _w.Reads.Set(content, new GuardedRead(
                    place, guards.ToImmutable(), guard.Kind == GuardKind.StableUnder, ReadStanding.Current, operation));
            }
            else if (guard.Optimistic)
            {
                _w.Reads = _w.Reads.Set(content, new GuardedRead(place, [], true, ReadStanding.Hint, operation));
            }
        }
    }

    /// <summary>After an optimistic read the place yields another value, to be compared with this one.</summary>
    private Value AgeOptimisticRead(Value place, Value content, IOperation operation)
    {
        if (!_w.Reads.TryGet(content, out var read) || read.Standing != ReadStanding.Hint || read.LetGo is not null
            || !ReferenceEquals(read.Place, place))
        {
            return content;
        }
        var next = _values.Reread(place, operation);
        var seen = ReferenceEquals(content, next) ? _values.Previous(next) : content;
        WorldRenaming.Refresh(_w, next, _values);
        _w.Env = _w.Env.Set(place, next);
        return seen;
    }

    /// <summary>A guard is let go: what was read under it is stale, and the place holds something else from now on.</summary>
    private void OnLetGo(Capability capability, IOperation operation, bool hint = false)
    {
        for (int i = _w.Reads.Count - 1; i >= 0; i--)
        {
            var value = _w.Reads.KeyAt(i);
            var read = _w.Reads.ValueAt(i);
            if (read.Standing != ReadStanding.Current || !read.Guards.Contains(capability))
                continue;
            var left = read.Guards.Remove(capability);
            if (read.AnyOf && left.Length > 0 && !hint)
            {
                _w.Reads = _w.Reads.Set(value, read with { Guards = left });
                continue;
            }
            _w.Reads = _w.Reads.Set(value, read with
            {
                Guards = [],
                Standing = hint ? ReadStanding.Hint : ReadStanding.Stale,
                LetGo = operation,
                LetGoGuard = capability,
            });
            if (ReferenceEquals(Content(read.Place), value))
            {
                var next = _values.Reread(read.Place, operation);
                if (!ReferenceEquals(next, value))
                {
                    WorldRenaming.Refresh(_w, next, _values);
                    _w.Env = _w.Env.Set(read.Place, next);
                }
            }
        }
        ForgetWritten(capability, operation);
        for (int i = _w.Borrows.Count - 1; i >= 0; i--)
        {
            var borrow = _w.Borrows.ValueAt(i);
            if (borrow.IsDead || !borrow.Protectors.Contains(capability))
                continue;
            var left = borrow.Protectors.Remove(capability);
            _w.Borrows = _w.Borrows.Set(
                _w.Borrows.KeyAt(i), borrow with { Protectors = left, Killed = left.Length == 0 ? operation : null });
        }
    }

    /// <summary>What was written under a guard may be overwritten by others once the guard is let go.</summary>
    private void ForgetWritten(Capability capability, IOperation operation)
    {
        for (int i = _w.Env.Count - 1; i >= 0; i--)
        {
            var place = _w.Env.KeyAt(i);
            if (place.Kind is not (ValueKind.Member or ValueKind.Static) || place.Symbol is not { } member
                || _w.Env.ValueAt(i) is { Kind: ValueKind.Reread } || _contracts.Field(member).Guards.IsEmpty || IsExempt(place))
            {
                continue;
            }
            foreach (var guard in _contracts.Field(member).Guards)
            {
                foreach (var expression in guard.Locks)
                {
                    if (Resolve(expression, OwnerSite(place))?.Equals(capability) == true)
                    {
                        var next = _values.Reread(place, operation);
                        WorldRenaming.Refresh(_w, next, _values);
                        _w.Env = _w.Env.Set(place, next);
                        break;
                    }
                }
            }
        }
    }

    /// <summary>
    /// A guard is taken: what its fields held before, as far as this body saw it without the guard, others may have changed until
    /// now. The second look of double-checked locking may find something else.
    /// </summary>
    private void LookAgain(Capability capability, IOperation operation)
    {
        var places = new List<Value>();
        for (int i = 0; i < _w.Facts.Count; i++)
            Collect(_w.Facts.KeyAt(i));
        for (int i = 0; i < _w.Env.Count; i++)
            Collect(_w.Env.ValueAt(i));
        foreach (var place in places)
        {
            if (_w.Env.Contains(place) || IsExempt(place))
                continue;
            foreach (var guard in _contracts.Field(place.Symbol!).Guards)
            {
                foreach (var expression in guard.Locks)
                {
                    if (!_w.Env.Contains(place) && Resolve(expression, OwnerSite(place))?.Equals(capability) == true)
                        _w.Env = _w.Env.Set(place, _values.Reread(place, operation));
                }
            }
        }

        void Collect(Value value)
        {
            if (value.Kind is ValueKind.Member or ValueKind.Static && value.Symbol is not (null or IMethodSymbol or IFieldSymbol { IsReadOnly: true })
                && !places.Contains(value) && !_contracts.Field(value.Symbol).Guards.IsEmpty)
            {
                places.Add(value);
            }
            if (value.Kind is ValueKind.Equal or ValueKind.Not or ValueKind.Binary or ValueKind.Member or ValueKind.Element)
            {
                if (value.First is { } first)
                    Collect(first);
                if (value.Second is { } second)
                    Collect(second);
            }
        }
    }

    /// <summary>A stale value compared with a new read of its place is known again.</summary>
    private void NoteCompared(Value left, Value right)
    {
        Clear(left, right);
        Clear(right, left);

        void Clear(Value stale, Value other)
        {
            if (_w.Reads.TryGet(stale, out var read) && read.Standing != ReadStanding.Current
                && (ReferenceEquals(Content(read.Place), other) || other.Kind is ValueKind.Reread && ReferenceEquals(other.First, read.Place)
                    || _w.Reads.TryGet(other, out var again) && ReferenceEquals(again.Place, read.Place)))
            {
                _w.Reads = _w.Reads.Remove(stale);
            }
        }
    }

    /// <summary>A stale value flows as data into what is written back to where it came from.</summary>
    private void CheckWriteBack(Value place, Value value, IOperation operation)
    {
        for (int i = 0; i < _w.Reads.Count; i++)
        {
            var read = _w.Reads.ValueAt(i);
            var stale = _w.Reads.KeyAt(i);
            if (read.Standing == ReadStanding.Current || !ReferenceEquals(read.Place, place) || !value.IsMadeFrom(stale)
                || value.Kind is ValueKind.Equal or ValueKind.Not)
            {
                continue;
            }
            if (Emitting)
                Raise(new StaleEvent(_w, operation, read, StaleUse.WrittenBack));
        }
    }

    /// <summary>A lock is taken through a stale value: wrong, unless the value is compared with a new read before it matters.</summary>
    private void NoteLockedThrough(Value lockValue, IOperation operation)
    {
        for (int i = 0; i < _w.Reads.Count; i++)
        {
            var read = _w.Reads.ValueAt(i);
            if (read.Standing != ReadStanding.Current && read.LockedThrough is null && lockValue.IsReachedThrough(_w.Reads.KeyAt(i))
                && !IsPinned(_w.Reads.KeyAt(i)))
            {
                _w.Reads = _w.Reads.Set(_w.Reads.KeyAt(i), read with { LockedThrough = operation });
            }
        }

        // Hand over hand: a lock of the object was taken while the read was still current, and is held on.
        bool IsPinned(Value value)
        {
            foreach (var held in _w.Held)
            {
                if (held.Capability.Lock is { } l && !ReferenceEquals(l, lockValue) && l.IsReachedThrough(value))
                    return true;
            }
            return false;
        }
    }

    /// <summary>A lock that was taken through a stale value matters now.</summary>
    private void SettleStaleLocks(Value? lockValue)
    {
        for (int i = _w.Reads.Count - 1; i >= 0; i--)
        {
            var read = _w.Reads.ValueAt(i);
            if (read.LockedThrough is not { } taken || lockValue is not null && !lockValue.IsReachedThrough(_w.Reads.KeyAt(i)))
                continue;
            if (Emitting)
                Raise(new StaleEvent(_w, taken, read, StaleUse.Locked));
            _w.Reads = _w.Reads.Remove(_w.Reads.KeyAt(i));
        }
    }

    /// <summary>An object is followed: a member of it is named or called.</summary>
    private void Follow(Value target, IOperation operation, IOperation reference)
    {
        Deref(target);
        if (_dead)
            return;
        UseBorrowed(target, operation, followed: true);
        UseReference(target, operation);
        if (_w.Reads.TryGet(target, out var read) && read.Standing == ReadStanding.Hint && read.LockedThrough is null
            && !(reference.Type is { } type && IsLockLike(type) && IsTakenHere(reference)))
        {
            if (Emitting)
                Raise(new StaleEvent(_w, operation, read, StaleUse.Followed));
        }
    }

    /// <summary>The lock is named in order to take it: by its own method, a lock statement, a guard.</summary>
    private bool IsTakenHere(IOperation reference)
    {
        var at = reference.Parent;
        while (at is IConversionOperation)
            at = at.Parent;
        return at switch
        {
            IInvocationOperation call => TakesLocks(_contracts.Method(call.TargetMethod, reference.Type)),
            IArgumentOperation or IFlowCaptureOperation => true,
            _ => false,
        };
    }

    private bool IsLockLike(ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_Object || _contracts.LockTypeOf(type) is not null;
}
