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

/// <content>Ways in and out: what a contract gives a body on entry, and what it has to leave on exit.</content>
internal sealed partial class BodyInterpreter
{
    private ImmutableArray<Capability> _entryHeld = [];
    private bool _entryIrqOff;

    /// <summary>The worlds in which this body may be entered.</summary>
    public List<World> EntryWorlds()
    {
        var frame = _frame;
        var worlds = new List<World>();
        _choices = [];
        Run(new World(), () => Enter(frame), worlds.Add);
        var entry = ImmutableArray.CreateBuilder<Capability>();
        _entryIrqOff = worlds.Count > 0;
        foreach (var world in worlds)
        {
            _entryIrqOff &= world.Irq.IsOff;
            foreach (var held in world.Held)
            {
                if (!entry.Contains(held.Capability))
                    entry.Add(held.Capability);
            }
        }
        _entryHeld = entry.ToImmutable();
        return worlds;
    }

    private void Enter(BodyFrame frame)
    {
        var site = EntrySite(frame);
        var contract = frame.Contract;
        if (frame.Method?.MethodKind is MethodKind.Constructor or MethodKind.Destructor || frame.Owner is not IMethodSymbol && !frame.Owner.IsStatic)
            _w.Fresh = _w.Fresh.Set(ThisValue, true);
        foreach (var (first, second) in contract.SameLocks)
            Equate(first, second, site);
        foreach (var clause in contract.Clauses)
        {
            switch (clause.Kind)
            {
                case ClauseKind.MustHold:
                    foreach (var expression in clause.Locks)
                        HoldOnEntry(expression, clause.Mode, site, mayDrop: false);
                    break;
                case ClauseKind.Drops:
                    foreach (var expression in clause.Locks)
                        HoldOnEntry(expression, AnyMode(expression, site), site, mayDrop: true);
                    break;
                case ClauseKind.MustHoldAny:
                    if (clause.Locks.Length > 0)
                    {
                        var alternative = clause.Locks[clause.Locks.Length == 1 ? 0 : Choose(clause.Locks.Length)];
                        HoldOnEntry(alternative, LockMode.Exclusive, site, mayDrop: false);
                        if (Resolve(alternative, site) is { Context: not ContextKind.Irq } chosen)
                            _w.EntryAlternatives = _w.EntryAlternatives.Add(chosen);
                    }
                    break;
                case ClauseKind.Releases:
                    foreach (var expression in clause.Locks)
                    {
                        HoldOnEntry(expression, clause.AnyMode ? AnyMode(expression, site) : clause.Mode, site, mayDrop: true);
                    }
                    break;
                case ClauseKind.Downgrades:
                    foreach (var expression in clause.Locks)
                        HoldOnEntry(expression, LockMode.Exclusive, site, mayDrop: false);
                    break;
                case ClauseKind.Upgrades:
                    foreach (var expression in clause.Locks)
                        HoldOnEntry(expression, LockMode.Shared, site, mayDrop: false);
                    break;
            }
        }
        foreach (var change in contract.Switches)
            SwitchOnEntry(change, site);
        switch (contract.RunsIn)
        {
            case RunContext.Softirq:
                _w.SetHeld(Held.Once(Capability.OfContext(ContextKind.Bh), LockMode.Shared, HeldReason.Entry, null));
                break;
            case RunContext.Any when Choose(2) == 1:
                // Entered by a task with interrupts on as well: what it takes must be right for both.
                break;
            case RunContext.Hardirq or RunContext.Any:
                _w.Irq = new IrqState(IrqOpener.Entry);
                break;
        }
        if (frame.Method is { } method && _contracts.IsSynchronized(method))
        {
            var monitor = method.IsStatic ? _values.TypeObject(method.ContainingType) : ThisValue;
            var synchronized = CapabilityOf(monitor, method.ContainingType, null, method.IsStatic ? $"typeof({method.ContainingType.Name})" : "this");
            RecordEntry(synchronized, method);
            _w.SetHeld(Held.Once(synchronized, LockMode.Exclusive, HeldReason.Asserted, null));
        }
        EnterReferences(frame, contract);
    }

    /// <summary>Held in either mode: one world for each.</summary>
    private LockMode AnyMode(LockExpression expression, CallSite site) =>
        Resolve(expression, site)?.Type.Kind is LockKind.ReaderWriterSemaphore or LockKind.ReaderWriterSpin && Choose(2) == 1
            ? LockMode.Shared
            : LockMode.Exclusive;

    private CallSite EntrySite(BodyFrame frame)
    {
        var method = frame.Method;
        var site = new CallSite(method, method?.Parameters.Length ?? 0) { IsEntry = true, Receiver = ThisValue };
        for (int i = 0; i < site.Arguments.Length; i++)
            site.Arguments[i] = Passed(frame, method!.Parameters[i]);
        return site;
    }

    /// <summary>What was passed for a parameter; of the caller's own variable, what it holds now.</summary>
    private Value Passed(BodyFrame frame, IParameterSymbol parameter) => !frame.Assigned.Contains(parameter)
        ? Content(_values.LocalPlace(parameter, parameter.Type))
        : frame.Passed.Length > parameter.Ordinal ? frame.Passed[parameter.Ordinal] : _values.Parameter(parameter);

    private void HoldOnEntry(LockExpression expression, LockMode mode, CallSite site, bool mayDrop)
    {
        if (Resolve(expression, site) is not { } capability)
            return;
        if (capability.Context is ContextKind.Irq)
        {
            _w.Irq = new IrqState(mayDrop ? IrqOpener.Disable : IrqOpener.Entry);
            return;
        }
        // A parameter may be null, and then nothing is held through it.
        if (expression is PathExpression { Root: { Kind: PathRootKind.Parameter } root, Steps.Length: > 0 } && mayDrop
            && site.Arguments[root.Ordinal] is { } argument && argument.Type?.IsReferenceType == true)
        {
            bool isNull = Choose(2) == 1;
            if (!WorldAssumptions.AssumeNull(_w, argument, isNull))
                Kill();
            if (isNull)
                return;
        }
        if (capability.Type.Kind.Nests())
            mode = LockMode.Shared;
        // Of two clauses about one lock the stronger one says how it is held.
        if (_w.Find(capability) is { } known && known.Mode >= mode)
            return;
        _w.SetHeld(Held.Once(capability, mode, HeldReason.Entry, null));
        // Who holds what interrupts take has them off.
        if (capability.Class?.TakenIn == IrqContext.Hardirq && !_w.Irq.IsOff)
            _w.Irq = new IrqState(IrqOpener.Entry);
        else if (capability.Class?.TakenIn == IrqContext.Softirq && !_w.Irq.IsOff && _w.SectionCount(ContextKind.Bh) == 0)
            _w.SetHeld(Held.Once(Capability.OfContext(ContextKind.Bh), LockMode.Shared, HeldReason.Asserted, null));
    }

    private void SwitchOnEntry(SwitchClause change, CallSite site)
    {
        switch (change.Kind)
        {
            case SwitchKind.EnablesIrq:
                _w.Irq = new IrqState(IrqOpener.Disable);
                break;
            case SwitchKind.RestoresIrq when change.FlagsOrdinal >= 0 && site.Arguments[change.FlagsOrdinal] is { } flags:
                _w.SavedIrq = _w.SavedIrq.Set(flags, IrqState.On);
                _w.Irq = new IrqState(IrqOpener.Save, flags);
                break;
            case SwitchKind.EnablesPreemption:
                _w.SetHeld(Held.Once(Capability.OfContext(ContextKind.Preempt), LockMode.Shared, HeldReason.Entry, null));
                break;
            case SwitchKind.EnablesBh:
                _w.SetHeld(Held.Once(Capability.OfContext(ContextKind.Bh), LockMode.Shared, HeldReason.Entry, null));
                break;
        }
    }

    private void EnterReferences(BodyFrame frame, MethodContract contract)
    {
        if (frame.Method is { } method)
        {
            foreach (var parameter in method.Parameters)
            {
                if (_contracts.IsRefCounted(parameter.Type))
                    _w.Refs = _w.Refs.Set(_values.Parameter(parameter), new RefState(RefStanding.Borrowed, 0, null, WasBorrowed: true));
            }
        }
        foreach (var clause in contract.References)
        {
            var value = clause.Ordinal switch
            {
                RefClause.Receiver => ThisValue,
                RefClause.Result => null,
                _ => _values.Parameter(frame.Method!.Parameters[clause.Ordinal]),
            };
            if (value is null)
                continue;
            if (clause.Kind == RefKind.Releases && value.Kind != ValueKind.This)
                _w.Refs = _w.Refs.Set(value, new RefState(RefStanding.Owned, 1));
            else if (clause.Kind == RefKind.Unreferenced)
                _w.Refs = _w.Refs.Set(value, new RefState(RefStanding.Unreferenced));
        }
    }

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

    /// <summary>A call may leave by an exception: where to, the walker knows.</summary>
    public System.Action<World, IOperation>? OnThrow { get; set; }

    private void NoteThrow(IOperation operation)
    {
        if (!_dead)
            OnThrow?.Invoke(_w, operation);
    }
}
