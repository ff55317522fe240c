using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <content>Ways out: what is still held where a body ends, and whether anybody is to have it.</content>
internal sealed partial class BodyInterpreter
{
    /// <summary>What was passed for a parameter; of the caller's own variable, what it holds now.</summary>
    private Value Passed(BodyFrame frame, IParameterSymbol parameter) => !frame.Assigned.Contains(parameter)
        ? Content(_values.LocalPlace(parameter, parameter.Type))
        : frame.Passed.Length > parameter.Ordinal ? frame.Passed[parameter.Ordinal] : _values.Parameter(parameter);

    /// <summary>Leaves the body on a normal path; <paramref name="place"/> is the return statement or closing brace.</summary>
    public void Leave(World world, Value? returned, IOperation operation, Location place)
    {
        if (_sink is null)
            return;
        Run(world, () => LeaveOnce(returned, operation, place), static _ => { });
    }

    /// <summary>Leaves a lambda that runs here: only what its delegate type promises is judged, the rest is the outer body's.</summary>
    public void LeaveInlined(World world, Value? returned, IOperation operation, Location place)
    {
        if (_sink is null || _frame.Lent.Count == 0)
            return;
        Run(world, () =>
        {
            var site = EntrySite(_frame);
            site.Result = returned ?? _values.Lost;
            var broken = ImmutableArray.CreateBuilder<BrokenPromise>();
            foreach (var wanted in Expected(site))
            {
                if (_dead)
                    return;
                if (_frame.Lent.Find(l => Resolve(l.Expression, site)?.Equals(wanted.Capability) == true) is not { } lent)
                    continue;
                var held = _w.Find(wanted.Capability);
                if (wanted.Count > 0 && held is null && !IsVacuous(wanted.Capability))
                    broken.Add(new BrokenPromise(wanted.Promise, $"'{wanted.Capability.Text}' is not held", wanted.Capability, wanted.Declaration));
                else if (wanted.Count == 0 && held is not null)
                    broken.Add(new BrokenPromise(wanted.Promise, $"'{held.Capability.Text}' is still held", held.Capability, wanted.Declaration));
            }
            if (Emitting)
                Raise(new ExitEvent(_w, operation, place) { Broken = broken.ToImmutable(), Inlined = _frame.Method });
        }, static _ => { });
    }

    /// <summary>Leaves the body by an exception that nothing here catches.</summary>
    public void LeaveByException(World world, IOperation operation)
    {
        if (_sink is null)
            return;
        _w = world;
        _dead = false;
        var surplus = ImmutableArray.CreateBuilder<Held>();
        foreach (var held in world.Held)
        {
            if (held.Reason == HeldReason.Taken && !IsKeptOnExit(held.Capability))
                surplus.Add(held);
        }
        Raise(new ExitEvent(world, operation, operation.Syntax.GetLocation()) { IsExceptional = true, Surplus = surplus.ToImmutable() });
    }

    private void LeaveOnce(Value? returned, IOperation operation, Location place)
    {
        SettleStaleLocks(null);
        if (Emitting)
            Recorder.PlainReleased.UnionWith(_w.PlainLetGo);
        if (returned is not null)
        {
            CheckBorrowReturned(returned, operation);
            if (!ReturnsUnreferenced())
                UseReference(returned, operation);
            DelegateEscapes(returned);
        }
        if (_frame.Method is { } method && _w.Borrows.Count > 0)
        {
            foreach (var parameter in method.Parameters)
            {
                if (IsCallersVariable(parameter) && _w.Env.TryGet(_values.LocalPlace(parameter, parameter.Type), out var content))
                    CheckBorrowReturned(content, operation, place);
            }
        }
        var site = EntrySite(_frame);
        site.Result = returned ?? _values.Lost;
        var broken = ImmutableArray.CreateBuilder<BrokenPromise>();
        var expected = Expected(site);
        if (_dead)
            return;
        _w.Held = _w.Held.RemoveAll(h => IsAxiom(h.Capability));
        var surplus = ImmutableArray.CreateBuilder<Held>();
        var seen = new HashSet<Capability>();
        foreach (var held in _w.Held)
        {
            var wanted = expected.Find(e => e.Capability.Equals(held.Capability) || CoversClass(e.Capability, held.Capability));
            if (wanted is null)
            {
                if (held.Reason != HeldReason.Asserted && !_w.Asserted.Contains(held.Capability) && !IsOfGuard(held.Capability))
                    surplus.Add(held);
                continue;
            }
            seen.Add(wanted.Capability);
            if (wanted.Count == 0 && IsVacuous(wanted.Capability))
                continue;
            if (wanted.Count == 0)
                broken.Add(new BrokenPromise(wanted.Promise, $"'{held.Capability.Text}' is still held", held.Capability, wanted.Declaration));
            else if (!wanted.AnyMode && !held.Capability.Type.Kind.Nests() && held.Mode != wanted.Mode)
                broken.Add(new BrokenPromise(wanted.Promise, $"'{held.Capability.Text}' is held in another mode", held.Capability, wanted.Declaration));
            else if (held.Count > wanted.Count && !held.IsMany)
                surplus.Add(held);
        }
        foreach (var wanted in expected)
        {
            if (wanted.Count > 0 && !seen.Contains(wanted.Capability) && _w.Find(wanted.Capability) is null && !IsVacuous(wanted.Capability))
                broken.Add(new BrokenPromise(wanted.Promise, $"'{wanted.Capability.Text}' is not held", wanted.Capability, wanted.Declaration));
        }
        bool irqSurplus = CheckIrqOnExit(site, broken);
        CheckReferencesOnExit(site, broken, out var lost);
        var plain = PlainBalance(surplus, out var unbalanced);
        if (_frame.IsInferred && Emitting)
        {
            Recorder.ExitWaited(_w.Waited);
            if (returned is not null && WorldAssumptions.IsNull(_w, returned) != true)
                Recorder.ExitReturns(LentToCallers(returned));
            Recorder.Exit(returned is null ? null : WorldAssumptions.Truth(_w, returned), plain);
        }
        if (Emitting)
        {
            Raise(new ExitEvent(_w, operation, place)
            {
                Surplus = surplus.ToImmutable(),
                IrqSurplus = irqSurplus,
                Broken = broken.ToImmutable(),
                Unbalanced = unbalanced,
                LostReferences = lost,
            });
        }
    }

    /// <summary>A guard's own methods act on what the guard governs; a lock type's on itself: their contracts are axioms.</summary>
    private bool IsOfGuard(Capability capability) => IsGuardBody && capability.Lock?.Root.Kind == ValueKind.This;

    private bool IsGuardBody =>
        _frame.Method?.ContainingType is { } type && _contracts.IsScopedGuard(type)
        && (_frame.Contract.DisposesGuard || System.Linq.Enumerable.Any(_frame.Contract.Clauses, c => System.Linq.Enumerable.Any(c.Locks, l => l is GovernedExpression)));

    private bool IsAxiom(Capability capability) =>
        capability.Lock?.Kind == ValueKind.This && _frame.Method?.ContainingType is { } type && _contracts.LockTypeOf(type) is { IsAnnotated: true };

    private static bool CoversClass(Capability expected, Capability held) =>
        expected.ByClass is not null && Equals(expected.ByClass, held.Class)
        || expected.IsAnyElement && IsCoveredBy(held.Lock, expected.Lock);

    /// <summary>
    /// The lock that a promise is about. Where parameters were swapped on some paths, which is which is forgotten: then what
    /// they hold now has been locked for what was passed.
    /// </summary>
    private Capability? Promised(LockExpression expression, CallSite site)
    {
        var passed = Resolve(expression, site);
        if (_frame.Assigned.Count == 0 || passed is null || _w.Find(passed) is not null
            || expression is not PathExpression { Root: { Kind: PathRootKind.Parameter, Ordinal: var ordinal } })
        {
            return passed;
        }
        var parameter = _frame.Method!.Parameters[ordinal];
        var now = Content(_values.LocalPlace(parameter, parameter.Type));
        if (now.Kind != ValueKind.Phi)
            return passed;
        var before = site.Arguments[ordinal];
        site.Arguments[ordinal] = now;
        var swapped = Resolve(expression, site);
        site.Arguments[ordinal] = before;
        return swapped is not null && _w.Find(swapped) is not null ? swapped : passed;
    }

    /// <summary>A call may leave by an exception: where to, the walker knows.</summary>
    public System.Action<World, IOperation>? OnThrow { get; set; }

    private void NoteThrow(IOperation operation)
    {
        if (!_dead)
            OnThrow?.Invoke(_w, operation);
    }
}
