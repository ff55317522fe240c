using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;
using RefKind = MmLock.Analyzers.Model.RefKind;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <content>References as capabilities: owned, borrowed, tried, unreferenced, given up.</content>
internal sealed partial class BodyInterpreter
{
    private static Value? ValueAt(CallSite site, int ordinal) => ordinal switch
    {
        RefClause.Receiver => site.Receiver,
        RefClause.Result => site.Result,
        _ => ordinal < site.Arguments.Length ? site.Arguments[ordinal] : null,
    };

    private static string TextAt(CallSite site, int ordinal) => ordinal switch
    {
        RefClause.Receiver => site.ReceiverText.Length > 0 ? site.ReceiverText : "this",
        RefClause.Result => "the result",
        _ => ordinal < site.ArgumentOperations.Length && site.ArgumentOperations[ordinal] is { } argument
            ? Short(argument.Syntax.ToString()) : "the argument",
    };

    /// <summary>What is read from a field, element or collection is of unknown standing unless the member says otherwise.</summary>
    private static bool IsOfUnknownStanding(Value value) =>
        value.Kind is ValueKind.Member or ValueKind.Static or ValueKind.Element or ValueKind.Reread or ValueKind.Lost or ValueKind.Constant
            or ValueKind.Captured or ValueKind.This;

    private void NoteUnreferenced(Value value, IOperation operation)
    {
        if (value.Kind is not (ValueKind.Lost or ValueKind.Constant) && !_w.Refs.Contains(value))
            _w.Refs = _w.Refs.Set(value, new RefState(RefStanding.Unreferenced, 0, operation));
    }

    private void RequireReferences(IOperation operation, CallSite site, MethodContract contract)
    {
        foreach (var clause in contract.References)
        {
            if (clause.Kind is not (RefKind.MustHold or RefKind.MustNotHold) || ValueAt(site, clause.Ordinal) is not { } value
                || !_w.Refs.TryGet(value, out var state) || WorldAssumptions.IsNull(_w, value) == true
                || state.IsTried && IsReadAgain(site, clause.Ordinal))
            {
                continue;
            }
            var problem = clause.Kind == RefKind.MustHold
                ? state.Standing switch
                {
                    RefStanding.Unreferenced => RefProblem.NotHeld,
                    RefStanding.Released => RefProblem.UsedAfterRelease,
                    _ => RefProblem.None,
                }
                : state.Owned > 0 ? RefProblem.Excluded : RefProblem.None;
            RaiseRef(operation, site, clause.Ordinal, problem, state, clause.Declaration);
        }
    }

    /// <summary>A field or element that is read again may hold another object than the one that was tried.</summary>
    private static bool IsReadAgain(CallSite site, int ordinal)
    {
        var operation = ordinal == RefClause.Receiver
            ? (site.Operation as IInvocationOperation)?.Instance
            : ordinal >= 0 && ordinal < site.ArgumentOperations.Length ? site.ArgumentOperations[ordinal] : null;
        return operation is not null && Unwrap(operation) is IMemberReferenceOperation or IArrayElementReferenceOperation;
    }

    private void RaiseRef(
        IOperation operation, CallSite site, int ordinal, RefProblem problem, RefState? state, Location? declaration = null)
    {
        if (Emitting)
            Raise(new RefEvent(_w, operation, TextAt(site, ordinal), problem) { Callee = site.Method, State = state, Declaration = declaration });
    }

    private void ApplyReferences(IOperation operation, CallSite site, MethodContract contract, ChosenOutcome? outcome)
    {
        foreach (var clause in contract.References)
        {
            // A reference that comes out by a parameter is one to what the parameter holds after the call.
            bool comesOut = clause.Kind is RefKind.Acquires or RefKind.TryAcquires or RefKind.Unreferenced && clause.Ordinal >= 0
                && site.Method?.Parameters[clause.Ordinal].RefKind is Microsoft.CodeAnalysis.RefKind.Out or Microsoft.CodeAnalysis.RefKind.Ref;
            var subject = comesOut ? OutcomeValue(operation, site, clause.Ordinal) : ValueAt(site, clause.Ordinal);
            if (subject is not { } value || value.Kind is ValueKind.Lost or ValueKind.Constant || WorldAssumptions.IsNull(_w, value) == true)
            {
                continue;
            }
            var state = _w.Refs.GetOrDefault(value);
            switch (clause.Kind)
            {
                case RefKind.Acquires:
                    if (clause.Ordinal != RefClause.Result && state?.Standing == RefStanding.Released)
                        RaiseRef(operation, site, clause.Ordinal, RefProblem.UsedAfterRelease, state);
                    Own(value, state, operation);
                    break;
                case RefKind.TryAcquires when Applies(clause.Outcome, outcome):
                    if (state?.Standing == RefStanding.Released)
                        RaiseRef(operation, site, clause.Ordinal, RefProblem.UsedAfterRelease, state);
                    Own(value, state, operation);
                    break;
                case RefKind.TryAcquires:
                    // That it failed tells, whatever was known before.
                    if (state is null && value.Kind is not (ValueKind.This or ValueKind.Captured) || state?.Standing == RefStanding.Unreferenced)
                    {
                        _w.Refs = _w.Refs.Set(value, new RefState(
                            RefStanding.Unreferenced, 0, operation, IsTried: state?.IsTried ?? IsOfUnknownStanding(value)));
                    }
                    break;
                case RefKind.Releases when Applies(clause.Outcome, outcome):
                    GiveUp(operation, site, clause.Ordinal, value, state);
                    break;
                case RefKind.Unreferenced:
                    _w.Refs = _w.Refs.Set(value, new RefState(RefStanding.Unreferenced, 0, operation));
                    break;
            }
        }
    }

    private void Own(Value value, RefState? state, IOperation operation) =>
        _w.Refs = _w.Refs.Set(value, new RefState(
            RefStanding.Owned, System.Math.Min((state?.Owned ?? 0) + 1, FlowLimits.Count), operation,
            state?.Standing == RefStanding.Borrowed || state?.WasBorrowed == true));

    private void GiveUp(IOperation operation, CallSite site, int ordinal, Value value, RefState? state)
    {
        var problem = state?.Standing switch
        {
            RefStanding.Released => RefProblem.UsedAfterRelease,
            RefStanding.Borrowed or RefStanding.Unreferenced => RefProblem.NotHeld,
            _ => RefProblem.None,
        };
        if (state is not null && !(state.IsTried && IsReadAgain(site, ordinal)))
            RaiseRef(operation, site, ordinal, problem, state);
        if (state is null && IsOfUnknownStanding(value))
            return;
        int left = (state?.Owned ?? 0) - 1;
        _w.Refs = _w.Refs.Set(value, left > 0
            ? state! with { Owned = left }
            : new RefState(state?.WasBorrowed == true ? RefStanding.Borrowed : RefStanding.Released, 0, operation, state?.WasBorrowed == true));
        if (left <= 0 && state?.WasBorrowed != true)
        {
            // What a try-get upgraded is as good as dead again, unless its reader is still there.
            if (_w.Borrows.TryGet(value, out var borrow) && !borrow.IsDead)
                _w.Refs = _w.Refs.Remove(value);
        }
    }

    /// <summary>An object is used: not after its last reference was given up.</summary>
    private void UseReference(Value value, IOperation operation)
    {
        if (_dead || _w.Refs.Count == 0)
            return;
        // The object itself only: what is read from its fields is of unknown standing.
        if (Emitting && _w.Refs.TryGet(value, out var state) && WorldAssumptions.IsNull(_w, value) != true)
        {
            Raise(new RefEvent(
                _w, operation, Short(operation.Syntax.ToString()),
                state.Standing == RefStanding.Released ? RefProblem.UsedAfterRelease : RefProblem.None)
            {
                State = state,
            });
        }
    }

    /// <summary>Somebody else answers for the reference from here on.</summary>
    private void HandOn(Value value)
    {
        if (_w.Refs.TryGet(value, out var state) && state.Owned > 0)
            _w.Refs = _w.Refs.Set(value, new RefState(RefStanding.HandedOn, 0, state.Site, state.WasBorrowed));
    }

    /// <summary>A place that holds no references (<c>[Unreferenced]</c>) takes over none.</summary>
    private void HandOnInto(Value place, Value value)
    {
        if (place.Symbol is not { } member || !_contracts.Field(member).Unreferenced)
            HandOn(value);
    }

    /// <summary>The last name of an owned object gets another object.</summary>
    private void LoseOverwritten(Value place, Value value, IOperation statement)
    {
        if (place.Kind != ValueKind.LocalPlace || _w.Refs.Count == 0 || !_w.Env.TryGet(place, out var old) || ReferenceEquals(old, value))
            return;
        Lose(old, place, statement, null);
    }

    /// <summary>A name of an owned object goes; when it was the last one, the reference is lost.</summary>
    private void Lose(Value value, Value place, IOperation? statement, Location? where)
    {
        if (!_w.Refs.TryGet(value, out var state) || state.Owned == 0 || WorldAssumptions.IsNull(_w, value) == true)
            return;
        for (int i = 0; i < _w.Env.Count; i++)
        {
            if (!ReferenceEquals(_w.Env.KeyAt(i), place) && _w.Env.KeyAt(i).Kind is not ValueKind.CapturePlace
                && ReferenceEquals(_w.Env.ValueAt(i), value))
            {
                return;
            }
        }
        // A parameter keeps its name whatever the local does.
        if (value.Kind is ValueKind.Parameter or ValueKind.This || System.Array.IndexOf(_exchanged, value) >= 0)
            return;
        if (Emitting && (statement ?? state.Site) is { } operation)
            Raise(new RefEvent(_w, operation, place.Symbol?.Name ?? TextOf(value), RefProblem.Lost) { State = state, Place = where });
        _w.Refs = _w.Refs.Set(value, new RefState(RefStanding.HandedOn, 0, state.Site, state.WasBorrowed));
    }
}
