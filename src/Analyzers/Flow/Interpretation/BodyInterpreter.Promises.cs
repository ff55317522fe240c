using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;
using RefKind = MmLock.Analyzers.Model.RefKind;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <content>What a body owes at its exits: locks, interrupts, references.</content>
internal sealed partial class BodyInterpreter
{
    private sealed record ExpectedHold(Capability Capability, LockMode Mode, int Count, string Promise, bool AnyMode = false, Location? Declaration = null,
        bool ChangesMode = false);

    /// <summary>What the contract wants to be held on this exit.</summary>
    private List<ExpectedHold> Expected(CallSite site)
    {
        var expected = new List<ExpectedHold>();
        var contract = _frame.Contract;
        foreach (var capability in _w.EntryAlternatives)
            Set(new ExpectedHold(capability, LockMode.Shared, 1, $"[MustHoldAny(\"{capability.Text}\")]", AnyMode: true));
        foreach (var clause in contract.Clauses)
        {
            bool applies = clause.Outcome is null || OutcomeHolds(clause.Outcome, site);
            if (_dead)
                return expected;
            foreach (var expression in clause.Locks)
            {
                if (Promised(expression, site) is not { } capability || AsksNothingNull(capability) || capability.Context is ContextKind.Irq || IsAxiom(capability))
                    continue;
                var mode = capability.Type.Kind.Nests() ? LockMode.Shared : clause.Mode;
                var promise = Attribute(clause, expression);
                switch (clause.Kind)
                {
                    case ClauseKind.MustHold or ClauseKind.Drops:
                        Set(new ExpectedHold(capability, mode, 1, promise, AnyMode: clause.Kind == ClauseKind.Drops, Declaration: clause.Declaration));
                        break;
                    case ClauseKind.Acquires when applies:
                        Add(capability, mode, promise, clause.Declaration);
                        break;
                    case ClauseKind.Releases when applies:
                        Set(new ExpectedHold(capability, mode, 0, promise, Declaration: clause.Declaration));
                        break;
                    case ClauseKind.Releases:
                        Set(new ExpectedHold(capability, mode, 1, promise, AnyMode: clause.AnyMode, Declaration: clause.Declaration));
                        break;
                    case ClauseKind.Downgrades:
                        Set(new ExpectedHold(capability, LockMode.Shared, 1, promise, Declaration: clause.Declaration, ChangesMode: true));
                        break;
                    case ClauseKind.Upgrades:
                        Set(new ExpectedHold(capability, LockMode.Exclusive, 1, promise, Declaration: clause.Declaration, ChangesMode: true));
                        break;
                }
            }
        }
        foreach (var change in contract.Switches)
        {
            bool applies = change.Outcome is null || OutcomeHolds(change.Outcome, site);
            switch (change.Kind)
            {
                case SwitchKind.DisablesPreemption when applies:
                    Add(Capability.OfContext(ContextKind.Preempt), LockMode.Shared, "DisablesPreemption");
                    break;
                case SwitchKind.DisablesBh when applies:
                    Add(Capability.OfContext(ContextKind.Bh), LockMode.Shared, "DisablesBh");
                    break;
                case SwitchKind.EnablesPreemption when applies:
                    Set(new ExpectedHold(Capability.OfContext(ContextKind.Preempt), LockMode.Shared, 0, "EnablesPreemption"));
                    break;
                case SwitchKind.EnablesBh when applies:
                    Set(new ExpectedHold(Capability.OfContext(ContextKind.Bh), LockMode.Shared, 0, "EnablesBh"));
                    break;
            }
        }
        if (contract.RunsIn == RunContext.Softirq)
            Set(new ExpectedHold(Capability.OfContext(ContextKind.Bh), LockMode.Shared, 1, "RunsIn"));
        return expected;

        void Set(ExpectedHold hold)
        {
            int at = expected.FindIndex(e => e.Capability.Equals(hold.Capability));
            if (at < 0)
                expected.Add(hold);
            else if (expected[at].Count > 0 && (hold.Count == 0 || IsStronger(hold, expected[at])))
                expected[at] = hold;
        }

        // A change of mode says how it ends; of two requirements the stronger one does.
        static bool IsStronger(ExpectedHold one, ExpectedHold than) =>
            !than.ChangesMode && (one.ChangesMode || !one.AnyMode && (than.AnyMode || one.Mode > than.Mode));

        void Add(Capability capability, LockMode mode, string promise, Location? declaration = null)
        {
            int at = expected.FindIndex(e => e.Capability.Equals(capability));
            if (at < 0)
                expected.Add(new ExpectedHold(capability, mode, 1, promise, Declaration: declaration));
            else
                expected[at] = new ExpectedHold(capability, mode, expected[at].Count + 1, promise);
        }
    }

    private static string Attribute(ContractClause clause, LockExpression expression)
    {
        string name = clause.Kind switch
        {
            ClauseKind.MustHold => clause.Mode == LockMode.Shared ? "MustHoldShared" : "MustHold",
            ClauseKind.Acquires => (clause.Outcome is null ? "Acquires" : "TryAcquires") + (clause.Mode == LockMode.Shared ? "Shared" : ""),
            ClauseKind.Releases => clause.AnyMode ? "ReleasesAny" : clause.Mode == LockMode.Shared ? "ReleasesShared" : "Releases",
            var kind => kind.ToString(),
        };
        return $"[{name}(\"{expression.Text}\")]";
    }

    /// <summary>Whether the value returned here is the outcome asked for; both ways where it is not known.</summary>
    private bool OutcomeHolds(OutcomeTest test, CallSite site)
    {
        var value = test.ResultOrdinal < 0
            ? site.Result!
            : Content(Aliased(_values.LocalPlace(_frame.Method!.Parameters[test.ResultOrdinal], _frame.Method.Parameters[test.ResultOrdinal].Type)));
        if (value.Kind == ValueKind.Lost)
            return Choose(2) == 0;
        var copy = _w.Clone();
        bool can = AssumeOutcome(value, test, true);
        _w = copy.Clone();
        bool canNot = AssumeOutcome(value, test, false);
        _w = copy;
        if (can && canNot)
        {
            bool so = Choose(2) == 0;
            AssumeOutcome(value, test, so);
            return so;
        }
        return can;
    }

    private bool CheckIrqOnExit(CallSite site, ImmutableArray<BrokenPromise>.Builder broken)
    {
        bool disables = false, enables = false;
        // Under [RunsIn(Any)] a task may have come with interrupts on: what was saved here is restored here.
        bool entryOff = _frame.Contract.RunsIn is RunContext.Hardirq;
        foreach (var change in _frame.Contract.Switches)
        {
            bool applies = change.Outcome is null || OutcomeHolds(change.Outcome, site);
            if (_dead)
                return false;
            disables |= applies && change.Kind is (SwitchKind.DisablesIrq or SwitchKind.SavesIrq);
            enables |= applies && change.Kind is (SwitchKind.EnablesIrq or SwitchKind.RestoresIrq);
            // Kept off, where the contract ends the caller's section for another outcome only.
            entryOff |= !applies && change.Kind is (SwitchKind.EnablesIrq or SwitchKind.RestoresIrq);
        }
        foreach (var clause in _frame.Contract.Clauses)
        {
            foreach (var expression in clause.Locks)
            {
                if (expression is ContextExpression { Context: ContextKind.Irq })
                {
                    disables |= clause.Kind == ClauseKind.Acquires;
                    enables |= clause.Kind == ClauseKind.Releases;
                    entryOff |= clause.Kind is ClauseKind.MustHold or ClauseKind.Drops or ClauseKind.MustHoldAny;
                    if (clause.Kind is ClauseKind.MustHold or ClauseKind.Drops && !_w.Irq.IsOff)
                        broken.Add(new BrokenPromise(Attribute(clause, expression), "interrupts are on", Capability.OfContext(ContextKind.Irq), clause.Declaration));
                }
            }
        }
        if (disables && !_w.Irq.IsOff)
            broken.Add(new BrokenPromise(Promise(off: true), "interrupts are on", Capability.OfContext(ContextKind.Irq), null));
        if (enables && !disables && _w.Irq.IsOff)
            broken.Add(new BrokenPromise(Promise(off: false), "interrupts are still off", Capability.OfContext(ContextKind.Irq), null));
        return _w.Irq.IsOff && !disables && !entryOff && !enables && !_w.Irq.IsEnded && _w.Irq.Opener != IrqOpener.Entry;

        string Promise(bool off)
        {
            foreach (var change in _frame.Contract.Switches)
            {
                if (off == change.Kind is SwitchKind.DisablesIrq or SwitchKind.SavesIrq)
                    return $"[{change.Kind}]";
            }
            return off ? "[Acquires(\"@irq\")]" : "[Releases(\"@irq\")]";
        }
    }

    private void CheckReferencesOnExit(
        CallSite site, ImmutableArray<BrokenPromise>.Builder broken, out ImmutableArray<(Value, RefState)> lost)
    {
        var left = _w.Refs;
        bool promisesResult = false;
        foreach (var clause in _frame.Contract.References)
        {
            promisesResult |= clause.Ordinal == RefClause.Result && clause.Kind is RefKind.Acquires or RefKind.TryAcquires;
            var value = clause.Ordinal switch
            {
                RefClause.Receiver => ThisValue,
                RefClause.Result => site.Result,
                _ => AtExit(_frame.Method!.Parameters[clause.Ordinal]),
            };
            if (value is null || value.Kind is ValueKind.Lost or ValueKind.Constant || WorldAssumptions.IsNull(_w, value) == true)
                continue;
            bool applies = clause.Outcome is null || OutcomeHolds(clause.Outcome, site);
            if (_dead)
                break;
            left.TryGet(value, out var state);
            switch (clause.Kind)
            {
                case RefKind.Acquires or RefKind.TryAcquires when applies:
                    if (state?.Owned > 0)
                        left = left.Set(value, state with { Owned = state.Owned - 1 });
                    else if (state is not null && value.Kind != ValueKind.This)
                        broken.Add(new BrokenPromise($"[{(clause.Kind == RefKind.Acquires ? "AcquiresRef" : "TryAcquiresRef")}]", $"no reference to '{TextOf(value)}' is owned", null, clause.Declaration));
                    break;
                case RefKind.Releases when applies && value.Kind != ValueKind.This:
                    if (state?.Owned > 0)
                    {
                        broken.Add(new BrokenPromise("[ReleasesRef]", $"the reference to '{TextOf(value)}' is still owned", null, clause.Declaration));
                        left = left.Remove(value);
                    }
                    break;
                case RefKind.Releases when !applies:
                    if (state?.Owned > 0)
                        left = left.Remove(value);
                    break;
            }
        }
        var builder = ImmutableArray.CreateBuilder<(Value, RefState)>();
        for (int i = 0; i < left.Count; i++)
        {
            var value = left.KeyAt(i);
            // Without a contract the result takes one reference along.
            int handedOn = ReferenceEquals(value, site.Result) && !promisesResult ? 1 : 0;
            if (left.ValueAt(i).Owned > handedOn && WorldAssumptions.IsNull(_w, value) != true && !IsHandedOut(value))
                builder.Add((value, left.ValueAt(i)));
        }
        lost = builder.ToImmutable();
    }

    private bool ReturnsUnreferenced()
    {
        foreach (var clause in _frame.Contract.References)
        {
            if (clause is { Ordinal: RefClause.Result, Kind: RefKind.Unreferenced })
                return true;
        }
        return false;
    }

    /// <summary>What was read through an RCU pointer and neither upgraded nor protected by this body alone.</summary>
    private Borrow? LentToCallers(Value returned) =>
        _w.Borrows.TryGet(returned, out var borrow) && !borrow.IsDead && borrow.Protectors.IsEmpty
        && !(_w.Refs.TryGet(returned, out var reference) && reference.Owned > 0)
            ? borrow : null;

    /// <summary>What a parameter holds at the exit: what was passed, unless it is the caller's variable.</summary>
    private Value AtExit(IParameterSymbol parameter) =>
        IsCallersVariable(parameter) && _w.Env.TryGet(_values.LocalPlace(parameter, parameter.Type), out var content)
            ? content : _values.Parameter(parameter);

    /// <summary>An <c>out</c> or <c>ref</c> parameter holds it: it is returned like a result.</summary>
    private bool IsHandedOut(Value value)
    {
        if (_frame.Method is not { } method)
            return false;
        foreach (var parameter in method.Parameters)
        {
            if (IsCallersVariable(parameter) && ReferenceEquals(AtExit(parameter), value))
                return true;
        }
        return false;
    }

    private static bool IsCallersVariable(IParameterSymbol parameter) =>
        parameter.RefKind is Microsoft.CodeAnalysis.RefKind.Out or Microsoft.CodeAnalysis.RefKind.Ref;

    /// <summary>Plain locks held or owed here; what cancels out is removed from the surplus.</summary>
    private ImmutableArray<(PortableLock, LockMode, bool)> PlainBalance(
        ImmutableArray<Held>.Builder surplus, out ImmutableArray<Deficit> unbalanced)
    {
        var effects = ImmutableArray.CreateBuilder<(PortableLock, LockMode, bool)>();
        var owed = ImmutableArray.CreateBuilder<Deficit>();
        for (int i = 0; i < _w.Deficits.Count; i++)
        {
            var deficit = _w.Deficits.ValueAt(i);
            var held = _w.Find(deficit.Capability);
            if (held is not null && held.Count == deficit.Count)
            {
                for (int j = surplus.Count - 1; j >= 0; j--)
                {
                    if (surplus[j].Capability.Equals(held.Capability))
                        surplus.RemoveAt(j);
                }
            }
            else if (held is null || held.Count < deficit.Count)
            {
                owed.Add(deficit);
                if (Emitting)
                    effects.Add((Recorder.Portable(deficit.Capability), deficit.Mode, false));
            }
        }
        if (Emitting)
        {
            foreach (var held in surplus)
            {
                if (held.Capability.IsPlain)
                    effects.Add((Recorder.Portable(held.Capability), held.Mode, true));
            }
        }
        unbalanced = owed.ToImmutable();
        return effects.ToImmutable();
    }

    /// <summary>The contract keeps this held, or hands it to the caller, on exit.</summary>
    private bool IsKeptOnExit(Capability capability)
    {
        var site = EntrySite(_frame);
        foreach (var clause in _frame.Contract.Clauses)
        {
            if (clause.Kind is not (ClauseKind.MustHold or ClauseKind.MustHoldAny or ClauseKind.Acquires or ClauseKind.Drops
                or ClauseKind.Upgrades or ClauseKind.Downgrades))
            {
                continue;
            }
            foreach (var expression in clause.Locks)
            {
                if (Resolve(expression, site) is { } kept && kept.Equals(capability))
                    return true;
                if (expression is PathExpression { Root.Kind: PathRootKind.Return } && clause.Kind == ClauseKind.Acquires
                    && capability.Lock is not null)
                {
                    return true;
                }
            }
        }
        return capability.Context is ContextKind.Irq && _frame.Contract.RunsIn is RunContext.Hardirq or RunContext.Any
            || capability.Context is ContextKind.Bh && _frame.Contract.RunsIn is RunContext.Softirq;
    }
}
