using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <content>Accesses: what a read or write of a guarded place asks for.</content>
internal sealed partial class BodyInterpreter
{
    /// <summary>The place is the argument of an RCU accessor: touching it is what the accessor is for.</summary>
    private bool _isAccessorArgument;

    /// <summary>A place is read or written: it and the structs that it is part of.</summary>
    private void Access(Value place, IOperation operation, bool isWrite, bool compound = false)
    {
        if (_dead)
            return;
        bool isAccessor = _isAccessorArgument;
        // The read half of x ??= y: the expression writes, and is one finding.
        if (!isWrite && operation.Syntax.Parent is Microsoft.CodeAnalysis.CSharp.Syntax.AssignmentExpressionSyntax assignment
            && assignment.Left == operation.Syntax && assignment.OperatorToken.Text == "??=")
        {
            isWrite = true;
        }
        for (var part = place; ; part = part.First!)
        {
            if (part.Kind is ValueKind.Member or ValueKind.Static && part.Symbol is { } member)
                AccessMember(part, member, operation, isWrite, isAccessor);
            if (part.Kind is ValueKind.Member or ValueKind.Element && part.First is { } container)
            {
                if (container.IsPlace && container.Type?.IsValueType == true && container.Kind != ValueKind.LocalPlace)
                    continue;
                if (!(part.Symbol is { Name: "Length" or "LongLength" or "Count" } && container.Type is IArrayTypeSymbol))
                    AccessPointee(container, operation, isWrite);
            }
            break;
        }
        if (!isWrite)
            NoteRead(place, Content(place), operation);
        _ = compound;
    }

    private void AccessMember(Value place, ISymbol member, IOperation operation, bool isWrite, bool isAccessor)
    {
        var contract = _contracts.Field(member);
        if (contract.IsEmpty)
        {
            if (Emitting && member is IFieldSymbol { IsReadOnly: false, IsConst: false } && !IsExempt(place))
                RecordAccess(place, member, operation, isWrite);
            return;
        }
        if (contract.Unreferenced && !isWrite)
            NoteUnreferenced(Content(place), operation);
        if (IsExempt(place))
            return;
        if (contract.Rcu is { } rcu && !isAccessor)
        {
            var flavor = Resolve(rcu.Flavor, OwnerSite(place));
            if (Emitting)
            {
                Raise(new RcuEvent(_w, operation, member, isWrite ? RcuTouch.PlainWrite : RcuTouch.PlainRead, rcu)
                {
                    Satisfied = false,
                    Flavor = flavor,
                });
            }
        }
        foreach (var guard in contract.Guards)
        {
            if (guard.Kind != GuardKind.PointeeGuardedBy)
                CheckGuard(guard, place, member, operation, isWrite);
        }
    }

    /// <summary>What a guarded reference points to is read or written.</summary>
    private void AccessPointee(Value reference, IOperation operation, bool isWrite)
    {
        var place = reference.Kind is ValueKind.Member or ValueKind.Static ? reference : _origins.TryGetValue(reference, out var origin) ? origin : null;
        if (place?.Symbol is not { } member || IsExempt(place))
            return;
        foreach (var guard in _contracts.Field(member).Guards)
        {
            if (guard.Kind == GuardKind.PointeeGuardedBy)
                CheckGuard(guard, place, member, operation, isWrite);
        }
    }

    private void CheckGuard(FieldGuard guard, Value place, ISymbol member, IOperation operation, bool isWrite)
    {
        if (guard.Kind == GuardKind.WriteGuardedBy && !isWrite)
            return;
        var site = OwnerSite(place);
        var needed = ImmutableArray.CreateBuilder<Capability>(guard.Locks.Length);
        var missing = ImmutableArray.CreateBuilder<Capability>();
        bool anyOf = guard.Kind == GuardKind.StableUnder && !isWrite;
        bool satisfied = anyOf ? guard.Optimistic : true;
        bool unknown = false;
        foreach (var expression in guard.Locks)
        {
            if (Resolve(expression, site) is not { } capability)
            {
                unknown = true;
                continue;
            }
            needed.Add(capability);
            bool holds = Holds(capability, isWrite ? LockMode.Exclusive : LockMode.Shared, guardedPlace: place);
            if (!holds)
                missing.Add(capability);
            satisfied = anyOf ? satisfied || holds : satisfied && holds;
        }
        if (!satisfied && guard.Exclusive is { } exclusive && Resolve(exclusive, site) is { } token
            && Holds(token, anyOf ? LockMode.Shared : LockMode.Exclusive))
        {
            satisfied = true;
        }
        if (unknown && !satisfied && (anyOf || missing.Count == 0))
            satisfied = true;
        if (!Emitting)
            return;
        var happening = new AccessEvent(_w, operation, member, isWrite, satisfied)
        {
            Guard = guard,
            Needed = needed.ToImmutable(),
            Missing = satisfied ? [] : missing.ToImmutable(),
        };
        if (!satisfied && AskCallers(missing.ToImmutable(), isWrite ? LockMode.Exclusive : LockMode.Shared, anyOf, operation, DemandKind.Held, [], guard.Declaration))
            happening = happening with { IsAskedOfCallers = true };
        Raise(happening);
    }

    /// <summary>The lock expressions of a member's guards are rooted in the member's object.</summary>
    private CallSite OwnerSite(Value place) => new(null, 0)
    {
        Receiver = place.Kind == ValueKind.Member ? place.First : null,
        ReceiverText = place.Kind == ValueKind.Member ? TextOf(place.First!) : "",
        IsEntry = true,
    };

    /// <summary>Own constructor, initializer or finalizer, and objects made here that nobody else can see.</summary>
    private bool IsExempt(Value place)
    {
        bool isBehindReference = false;
        for (var part = place; part is not null; part = part.Kind is ValueKind.Member or ValueKind.Element ? part.First : null)
        {
            if (part.Kind is ValueKind.Lost || _w.Fresh.Contains(part))
                return true;
            // A struct local is nobody else's; what its references lead to may be.
            if (part.Kind is ValueKind.LocalPlace && part != place && part.Type?.IsValueType == true && !isBehindReference)
                return true;
            isBehindReference |= part != place && part.Type?.IsReferenceType == true;
            if (part.Kind == ValueKind.Static && _frame.IsStaticInitializer && IsOwnType(part.Symbol?.ContainingType))
                return true;
        }
        return false;
    }

    /// <summary>The guards of the place itself, or of what it points to, are left behind.</summary>
    private void EscapeGuarded(Value place, IOperation operation, string wayOut, bool isPointee)
    {
        if (place.Kind is not (ValueKind.Member or ValueKind.Static) && _origins.TryGetValue(place, out var origin))
            place = origin;
        if (place.Symbol is not { } member || place.Kind is not (ValueKind.Member or ValueKind.Static))
            return;
        foreach (var guard in _contracts.Field(member).Guards)
        {
            if (isPointee != (guard.Kind == GuardKind.PointeeGuardedBy))
                continue;
            var guards = ImmutableArray.CreateBuilder<Capability>();
            bool kept = true;
            foreach (var expression in guard.Locks)
            {
                if (Resolve(expression, OwnerSite(place)) is not { } capability)
                    continue;
                guards.Add(capability);
                kept &= IsKeptOnExit(capability);
            }
            if (guards.Count > 0)
                Raise(new EscapeEvent(_w, operation, member, wayOut, !kept || wayOut != "a ref return")
                {
                    Guards = guards.ToImmutable(), Declaration = guard.Declaration,
                });
        }
    }
}
