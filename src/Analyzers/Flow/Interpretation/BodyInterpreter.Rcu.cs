using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <content>
/// RCU: accessors, borrowed values from their dereference to their last use, unlink, grace period, free (Documentation/RCU of
/// the kernel; McKenney).
/// </content>
internal sealed partial class BodyInterpreter
{
    private void ApplyAccessor(IOperation operation, CallSite site, MethodContract contract)
    {
        var role = contract.RcuRole!.Value;
        if (site.Arguments.Length == 0 || PointerOf(site) is not { } place || place.Symbol is not { } member
            || _contracts.Field(member).Rcu is not { } rcu)
        {
            return;
        }
        var owner = OwnerSite(place);
        var flavor = Resolve(rcu.Flavor, owner);
        var update = rcu.UpdateLock is null ? null : Resolve(rcu.UpdateLock, owner);
        bool exempt = IsExempt(place);
        bool holdsUpdate = update is not null && Holds(update, LockMode.Shared);
        bool isReader = flavor is not null && Holds(flavor, LockMode.Shared);

        string? mismatch = null;
        if (contract.RcuFlavor is { } spoken && flavor is not null && Resolve(spoken, site) is { } accessors && !SameFlavor(accessors, flavor))
            mismatch = $"the accessor is of '{accessors.Text}'";
        bool satisfied = exempt || role switch
        {
            RcuRole.Dereference or RcuRole.DereferenceCheck => isReader || holdsUpdate || flavor is null,
            RcuRole.DereferenceProtected => holdsUpdate || update is null,
            RcuRole.Assign => update is null || Holds(update, LockMode.Exclusive),
            _ => true,
        };
        if (mismatch is null && !satisfied && role is RcuRole.Dereference or RcuRole.DereferenceCheck && OtherReader(flavor!) is { } other)
            mismatch = $"the reader that is entered is of '{other.Text}'";
        if (Emitting)
            RaiseAccess(operation, member, role, rcu, flavor, update, satisfied || exempt, exempt ? null : mismatch);

        switch (role)
        {
            case RcuRole.Assign:
                Republish(operation, site, place, flavor);
                // rcu_replace_pointer: what it returns is what the pointer held.
                if (!exempt && site.Method is { ReturnsVoid: false } && site.Result is { Kind: not (ValueKind.Lost or ValueKind.Constant) } old
                    && old.Type?.IsReferenceType != false)
                {
                    _w.Unpublished = _w.Unpublished.Set(old, new Unpublishing(Publication.Unpublished, flavor, operation));
                }
                break;
            case RcuRole.Initialize:
                break;
            default:
                if (site.Result is { Kind: not ValueKind.Lost } result && !exempt)
                    Lend(result, place, flavor, update, isReader, holdsUpdate, role == RcuRole.Peek, operation);
                break;
        }
    }

    private void RaiseAccess(
        IOperation operation, ISymbol member, RcuRole role, RcuGuard rcu, Capability? flavor, Capability? update, bool satisfied,
        string? mismatch)
    {
        bool asked = false;
        if (!satisfied && mismatch is null)
        {
            var missing = ImmutableArray.CreateBuilder<Capability>();
            if (role is RcuRole.Dereference or RcuRole.DereferenceCheck && flavor is not null)
                missing.Add(flavor);
            if (update is not null)
                missing.Add(update);
            asked = AskCallers(
                missing.ToImmutable(), role == RcuRole.Assign ? LockMode.Exclusive : LockMode.Shared, anyOf: true, operation,
                role == RcuRole.Assign ? DemandKind.Held : DemandKind.RcuProtection, [], rcu.Declaration);
        }
        Raise(new RcuEvent(_w, operation, member, role == RcuRole.Assign ? RcuTouch.Assign : RcuTouch.Dereference, rcu)
        {
            Satisfied = satisfied, Mismatch = mismatch, Flavor = flavor, UpdateLock = update, Role = role, IsAskedOfCallers = asked,
        });
    }

    /// <summary>The pointer that an accessor is given: a place by reference, or the one RCU pointer of the object given.</summary>
    private Value? PointerOf(CallSite site)
    {
        if (site.Places[0] is { } place)
            return place;
        if (site.Arguments[0] is not { Type: INamedTypeSymbol type } owner)
            return null;
        ISymbol? only = null;
        foreach (var member in type.GetMembers())
        {
            if (member is IFieldSymbol or IPropertySymbol && !member.IsStatic && _contracts.Field(member).Rcu is not null)
            {
                if (only is not null)
                    return null;
                only = member;
            }
        }
        return only is null ? null : _values.Member(owner, Canonical(only), TypeOf(only));
    }

    private bool SameFlavor(Capability a, Capability b) =>
        a.Equals(b) || _options.MergedRcuFlavours && IsClassic(a) && IsClassic(b);

    private static bool IsClassic(Capability flavor) =>
        flavor.Context is ContextKind.Rcu or ContextKind.RcuBh or ContextKind.RcuSched;

    /// <summary>A reader of another flavour that was entered explicitly.</summary>
    private Capability? OtherReader(Capability flavor)
    {
        foreach (var held in _w.Held)
        {
            bool isReader = IsClassic(held.Capability) || held.Capability.Type.Kind == LockKind.SleepableContext;
            if (isReader && !SameFlavor(held.Capability, flavor))
                return held.Capability;
        }
        return null;
    }

    /// <summary>A value read through an RCU pointer is lent by the sections and locks that protect it now.</summary>
    private void Lend(
        Value result, Value? place, Capability? flavor, Capability? update, bool isReader, bool holdsUpdate, bool peeked, IOperation operation)
    {
        var protectors = ImmutableArray.CreateBuilder<Capability>();
        if (isReader && flavor is not null)
            AddReaders(flavor, protectors);
        bool fromReader = protectors.Count > 0 && !holdsUpdate;
        if (holdsUpdate && _w.Find(update!) is { } held)
            protectors.Add(held.Capability);
        // Without a protector of its own a private member has it on its callers' terms.
        if (protectors.Count == 0 && !peeked && !_frame.IsInferred)
            return;
        _w.Borrows = _w.Borrows.Set(
            result, new Borrow(protectors.ToImmutable(), peeked, place, flavor, operation, FromReader: fromReader, UpdateLock: update));
    }

    /// <summary>Everything held that makes this CPU a reader of the flavour.</summary>
    private void AddReaders(Capability flavor, ImmutableArray<Capability>.Builder protectors)
    {
        bool sched = flavor.Context == ContextKind.RcuSched || _options.MergedRcuFlavours && IsClassic(flavor);
        bool bh = flavor.Context == ContextKind.RcuBh || _options.MergedRcuFlavours && IsClassic(flavor);
        foreach (var held in _w.Held)
        {
            var capability = held.Capability;
            if (SameFlavor(capability, flavor)
                || bh && capability.Context == ContextKind.Bh
                || sched && (capability.Context is ContextKind.Preempt or ContextKind.Bh
                    || capability.Context is null && capability.Type.Kind.ImpliesPreemptionOff(held.Mode)))
            {
                protectors.Add(capability);
            }
        }
        if (sched && _w.Irq.IsOff)
            protectors.Add(Capability.OfContext(ContextKind.Irq));
    }

    /// <summary>A value is used: read, followed, passed. Values reached through a dead one are dead with it.</summary>
    private void UseBorrowed(Value value, IOperation operation, bool followed)
    {
        if (_dead)
            return;
        if (followed && _frame.IsInferred && Emitting && value.Kind is ValueKind.Parameter or ValueKind.Captured)
            Recorder.Follow(value);
        if (_w.Borrows.Count == 0)
            return;
        // In one expression the object itself speaks; a variable speaks for what it was reached through as well.
        bool isVariable = Unwrap(operation) is not (IMemberReferenceOperation or IInvocationOperation or IArrayElementReferenceOperation);
        for (Value? part = value; part is not null; part = isVariable && IsReachedThroughOwner(part) ? part.First : null)
        {
            if (!_w.Borrows.TryGet(part, out var borrow))
            {
                if (!isVariable)
                    return;
                continue;
            }
            // What was upgraded and then given up is a matter of its reference.
            if (_w.Refs.TryGet(part, out var reference) && (reference.Owned > 0 || reference.Standing == RefStanding.Released)
                || WorldAssumptions.IsNull(_w, part) == true)
            {
                return;
            }
            if (Emitting)
            {
                string? how = borrow.IsDead
                    ? borrow.FromReader ? "used after the reader ended" : "used after its protection was let go"
                    : null;
                Raise(new BorrowEvent(_w, operation, borrow, how, borrow.Peeked && followed));
            }
            return;
        }
    }

    /// <summary>
    /// What was reached through an object goes with it: only the reader kept the object there, and with it what it points to. Text
    /// is a copy, and what has a guard of its own is a matter of that guard.
    /// </summary>
    private bool IsReachedThroughOwner(Value value) => value.Kind == ValueKind.Element
        || value is { Kind: ValueKind.Member, Symbol: { } member } && value.Type?.SpecialType != SpecialType.System_String
            && _contracts.Field(member).Guards.IsEmpty;

    /// <summary>A value from a reader is stored where it outlives the reader.</summary>
    private void CheckBorrowStored(
        Value value, IOperation operation, string how = "stored where it outlives the reader", Location? place = null)
    {
        foreach (var part in PartsOf(value))
            CheckBorrowStored(part, operation, how, place);
        if (_dead || !_w.Borrows.TryGet(value, out var borrow) || borrow.Peeked
            || _w.Refs.TryGet(value, out var reference) && reference.Owned > 0 || WorldAssumptions.IsNull(_w, value) == true)
        {
            return;
        }
        if (!Emitting)
            return;
        bool returned = place is not null;
        string? what = borrow.IsDead && !returned ? "used after the reader ended" : borrow.FromReader || borrow.IsDead ? how : null;
        Raise(new BorrowEvent(_w, operation, borrow, what, false) { Place = place });
    }

    /// <summary>A value from a reader is returned: fine where the contract keeps the caller in the section.</summary>
    private void CheckBorrowReturned(Value value, IOperation operation, Location? place = null)
    {
        foreach (var part in PartsOf(value))
            CheckBorrowReturned(part, operation, place);
        if (!_w.Borrows.TryGet(value, out var borrow))
            return;
        foreach (var protector in borrow.Protectors)
        {
            if (IsKeptOnExit(protector))
                return;
        }
        CheckBorrowStored(value, operation, "returned, and outlives the reader", place);
    }

    /// <summary>What an object or tuple that was made here is known to be made of.</summary>
    private List<Value> PartsOf(Value whole)
    {
        if (_w.Borrows.Count == 0 || whole.Kind is not (ValueKind.Result or ValueKind.Fresh))
            return [];
        var parts = new List<Value>();
        for (int i = 0; i < _w.Env.Count; i++)
        {
            if (_w.Env.KeyAt(i) is { Kind: ValueKind.Member } member && ReferenceEquals(member.First, whole) && !ReferenceEquals(_w.Env.ValueAt(i), whole))
                parts.Add(_w.Env.ValueAt(i));
        }
        return parts;
    }

    private void Republish(IOperation operation, CallSite site, Value place, Capability? flavor)
    {
        // What the pointer held belongs to the updater now; readers may still see it.
        for (int i = _w.Borrows.Count - 1; i >= 0; i--)
        {
            var value = _w.Borrows.KeyAt(i);
            var borrow = _w.Borrows.ValueAt(i);
            if (borrow.IsDead || !ReferenceEquals(borrow.Place, place))
                continue;
            if (site.Arguments.Length > 1 && ReferenceEquals(site.Arguments[1], value))
                continue;
            // What was only peeked at is not to be followed even so.
            if (!borrow.Peeked)
                _w.Borrows = _w.Borrows.Remove(value);
            _w.Unpublished = _w.Unpublished.Set(value, new Unpublishing(Publication.Unpublished, borrow.Flavor ?? flavor, operation));
        }
        if (site.Arguments.Length > 1 && site.Arguments[1] is { } published && site.ArgumentOperations[1] is { } argument)
        {
            _w.Unpublished = _w.Unpublished.Remove(published);
            HandOnInto(place, published);
            EscapeInto(place, published, argument);
        }
    }

    private void WaitForReaders(IOperation operation, CallSite site, ContractClause clause)
    {
        foreach (var expression in clause.Locks)
        {
            if (Resolve(expression, site) is not { } flavor || AsksNothingNull(flavor))
                continue;
            if (Emitting)
                Raise(new GraceEvent(_w, operation, flavor, Holds(flavor, LockMode.Shared), null) { Callee = site.Method });
            EndGracePeriod(flavor);
        }
    }

    /// <summary>Every reader of the flavour that ran when the wait began has ended.</summary>
    private void EndGracePeriod(Capability flavor)
    {
        if (_frame.IsInferred && !_w.Waited.Contains(flavor))
            _w.Waited = _w.Waited.Add(flavor);
        for (int i = 0; i < _w.Unpublished.Count; i++)
        {
            var state = _w.Unpublished.ValueAt(i);
            if (state.Stage == Publication.GraceOver)
                continue;
            bool fits = state.Flavor is null || SameFlavor(state.Flavor, flavor);
            _w.Unpublished = _w.Unpublished.Set(
                _w.Unpublished.KeyAt(i), state with { Stage = fits ? Publication.GraceOver : Publication.WrongGrace });
        }
    }

    /// <summary>What a private callee does about RCU, as far as its own body tells: it waits, follows, returns.</summary>
    private void ApplyInferredRcu(IOperation operation, CallSite site, MethodSummary summary)
    {
        foreach (var wait in summary.Waits)
        {
            if (Materialize(wait, site) is not { } flavor || AsksNothingNull(flavor))
                continue;
            // In a reader that may not sleep MML4001 says it already.
            if (Emitting && flavor.Type.Kind == LockKind.SleepableContext)
                Raise(new GraceEvent(_w, operation, flavor, Holds(flavor, LockMode.Shared), null) { Callee = site.Method });
            EndGracePeriod(flavor);
        }
        foreach (var path in summary.Follows)
        {
            var value = path.Root == PortableRoot.Parameter && path.Anchor is int ordinal && ordinal < site.Arguments.Length
                ? site.Arguments[ordinal]
                : Materialize(path, site);
            if (value is null)
                continue;
            var place = path.Root == PortableRoot.Parameter && site.ArgumentOperations[(int)path.Anchor!] is { } argument ? argument : operation;
            UseBorrowed(value, place, followed: true);
        }
        if (summary.Returned is { } returned && site.Result is { Kind: not ValueKind.Lost } result
            && returned.Flavor is { } named && Materialize(named, site) is { } readers)
        {
            var update = returned.UpdateLock is null ? null : Materialize(returned.UpdateLock, site);
            var pointer = returned.Place is null ? null : Materialize(returned.Place, site);
            Lend(
                result, pointer, readers, update, Holds(readers, LockMode.Shared), update is not null && Holds(update, LockMode.Shared),
                returned.Peeked, operation);
        }
    }

    private void ChangePublication(IOperation operation, CallSite site, ContractClause clause)
    {
        foreach (var expression in clause.Locks)
        {
            if (ValueOf(expression, site) is not { } value || value.Kind is ValueKind.Lost or ValueKind.Constant)
                continue;
            var known = _w.Unpublished.GetOrDefault(value);
            switch (clause.Kind)
            {
                case ClauseKind.Unpublishes:
                    var flavor = _w.Borrows.GetOrDefault(value)?.Flavor ?? FlavorOfType(value);
                    _w.Unpublished = _w.Unpublished.Set(value, new Unpublishing(Publication.Unpublished, flavor, operation));
                    // Taken off its list, it is the updater's.
                    _w.Borrows = _w.Borrows.Remove(value);
                    break;
                case ClauseKind.Frees:
                    if (Emitting)
                        Raise(new FreeEvent(_w, operation, TextOf(value), known) { Callee = site.Method });
                    _w.Unpublished = _w.Unpublished.Remove(value);
                    _w.Borrows = _w.Borrows.Remove(value);
                    break;
                default:
                    _w.Unpublished = _w.Unpublished.Remove(value);
                    _w.Borrows = _w.Borrows.Remove(value);
                    break;
            }
        }
    }

    /// <summary>The flavour of the links of an object that was not itself read through a pointer.</summary>
    private Capability? FlavorOfType(Value value)
    {
        if (value.Type is not INamedTypeSymbol type)
            return null;
        foreach (var member in type.GetMembers())
        {
            if (member is IFieldSymbol or IPropertySymbol && _contracts.Field(member).Rcu is { } rcu && SymbolEqualityComparer.Default.Equals(TypeOf(member), type))
                return Resolve(rcu.Flavor, new CallSite(null, 0) { Receiver = value, IsEntry = true });
        }
        return null;
    }
}
