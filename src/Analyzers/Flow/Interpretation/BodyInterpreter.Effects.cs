using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <content>Effects: what a contract asks and does at a call, in the order in which a callee does it.</content>
internal sealed partial class BodyInterpreter
{
    private void ApplyContract(IOperation operation, CallSite site, MethodContract contract)
    {
        if (!contract.HasEffectsOrDemands && contract.SameLocks.IsEmpty)
            return;
        if (IsNoLock(site, contract))
            return;
        contract = WithoutEndlessTries(contract, site);
        foreach (var (first, second) in contract.SameLocks)
            Equate(first, second, site);
        CheckRequirements(operation, site, contract);
        if (contract.RunsIn is { } runsIn && Emitting)
        {
            Raise(new ContextEvent(_w, operation, runsIn, _frame.Contract.RunsIn) { Callee = site.Method });
        }
        RequireReferences(operation, site, contract);

        var outcome = ChooseOutcome(operation, site, contract);
        if (_dead)
            return;
        var guard = contract.MakesGuard ? site.Result : null;
        if (guard is not null && guard.Kind == ValueKind.Lost)
            guard = null;

        // What a callee has released does not count for what it does next: do_wp_page drops the page-table lock, then sleeps.
        foreach (var clause in contract.Clauses)
        {
            if (clause.Kind == ClauseKind.Releases && Applies(clause.Outcome, outcome))
                ReleaseAll(operation, site, clause);
        }
        if (contract.DisposesGuard && site.Receiver is { } disposed)
            DisposeGuard(operation, disposed, contract);
        foreach (var change in contract.Switches)
        {
            if (Applies(change.Outcome, outcome))
                SwitchOn(operation, site, change);
        }
        // What it takes in the end it did not have when it slept: lock_page sleeps, then has the page.
        if (Emitting && ChangesHoldings(contract))
            site.Inside = Snapshot();
        // Neither does what is dropped and taken back: cond_resched_lock sleeps without the lock.
        var around = _w.Held;
        var irqAround = _w.Irq;
        LetGoMeanwhile(site, contract);
        foreach (var clause in contract.Clauses)
        {
            switch (clause.Kind)
            {
                case ClauseKind.WaitsForReaders:
                    WaitForReaders(operation, site, clause);
                    break;
                case ClauseKind.MayAcquire:
                    Announce(operation, site, clause);
                    break;
                case ClauseKind.Acquires when clause.Outcome is null || clause.Waits:
                    SleepForLocks(operation, site, clause);
                    break;
            }
        }
        if (contract.MaySleep && !contract.NeverSleeps)
            Sleep(operation, "Calling '" + NameOf(site.Method) + "'", site.Method, contract.SleepDeclaration);
        _w.Held = around;
        _w.Irq = irqAround;
        foreach (var clause in contract.Clauses)
        {
            if (clause.Kind == ClauseKind.Drops)
                Drop(operation, site, clause);
        }

        foreach (var change in contract.Switches)
        {
            if (Applies(change.Outcome, outcome))
                SwitchOff(operation, site, change, guard);
        }
        MeetOutputs(operation, site, contract);
        foreach (var clause in contract.Clauses)
        {
            switch (clause.Kind)
            {
                case ClauseKind.Acquires when Applies(clause.Outcome, outcome):
                    AcquireAll(operation, site, clause, contract, guard);
                    break;
                case ClauseKind.AssertsHeld when Applies(clause.Outcome, outcome):
                    foreach (var expression in clause.Locks)
                        AssertHeld(expression, site, clause.Mode, operation);
                    break;
                case ClauseKind.AssertsHeld when clause.Outcome is not null:
                    // The other outcome of a question: it is not held.
                    foreach (var expression in clause.Locks)
                        DenyHeld(expression, site, clause.Mode);
                    break;
                case ClauseKind.AssertsNotHeld when Applies(clause.Outcome, outcome):
                    foreach (var expression in clause.Locks)
                    {
                        if (Resolve(expression, site) is { } free)
                            _w.RemoveHeld(free);
                    }
                    break;
                case ClauseKind.Governs:
                    Govern(clause, site, guard);
                    break;
                case ClauseKind.Upgrades or ClauseKind.Downgrades when Applies(clause.Outcome, outcome):
                    ChangeMode(operation, site, clause);
                    break;
                case ClauseKind.Unpublishes or ClauseKind.Frees or ClauseKind.FreesAfterGracePeriod:
                    ChangePublication(operation, site, clause);
                    break;
            }
            if (_dead)
                return;
        }
        ApplyReferences(operation, site, contract, outcome);
        if (contract.RcuRole is not null)
            ApplyAccessor(operation, site, contract);
        foreach (var clause in contract.Clauses)
        {
            if (clause.Kind == ClauseKind.ReturnsLock && clause.Locks.Length == 1 && ValueOf(clause.Locks[0], site) is { } named)
                site.Result = named;
        }
        AssignTakenFlag(site, contract);
    }

    /// <summary>What is said of an <c>out</c> parameter's lock is about the object that comes out.</summary>
    private void MeetOutputs(IOperation operation, CallSite site, MethodContract contract)
    {
        foreach (var clause in contract.Clauses)
        {
            foreach (var expression in clause.Locks)
            {
                if (expression is PathExpression { Root: { Kind: PathRootKind.Parameter, Ordinal: var ordinal } }
                    && ordinal < site.Places.Length && site.Places[ordinal] is not null
                    && site.Method?.Parameters[ordinal].RefKind == Microsoft.CodeAnalysis.RefKind.Out)
                {
                    site.Arguments[ordinal] = OutcomeValue(operation, site, ordinal);
                }
            }
        }
    }

    private void LetGoMeanwhile(CallSite site, MethodContract contract)
    {
        foreach (var clause in contract.Clauses)
        {
            if (clause.Kind != ClauseKind.Drops)
                continue;
            foreach (var expression in clause.Locks)
            {
                if (Resolve(expression, site) is not { } capability)
                    continue;
                if (capability.Context is ContextKind.Irq)
                    _w.Irq = IrqState.On;
                else
                    _w.RemoveHeld(capability);
            }
        }
    }

    /// <summary>Every form that a clause does not condition, or that came out as it says.</summary>
    private static bool Applies(OutcomeTest? test, ChosenOutcome? outcome) => test is null || outcome?.Matches(test) == true;

    /// <summary>A try with an infinite limit is an acquire.</summary>
    private MethodContract WithoutEndlessTries(MethodContract contract, CallSite site)
    {
        var clauses = contract.Clauses;
        for (int i = 0; i < clauses.Length; i++)
        {
            var clause = clauses[i];
            if (clause.Outcome is { } outcome && clause.TimeoutOrdinal is >= 0 and var limit && limit < site.ArgumentOperations.Length
                && site.ArgumentOperations[limit] is { } argument && IsEndless(argument))
            {
                if (outcome.Kind is OutcomeKind.True or OutcomeKind.False && OutcomeValue(site.Operation!, site, outcome.ResultOrdinal) is { } value)
                    WorldAssumptions.Assume(_w, value, outcome.Kind == OutcomeKind.True, _values);
                clauses = clauses.SetItem(i, clause with { Outcome = null });
            }
        }
        return clauses == contract.Clauses ? contract : contract with { Clauses = clauses };
    }

    private static bool IsEndless(IOperation limit)
    {
        limit = Unwrap(limit);
        return limit.ConstantValue is { HasValue: true, Value: -1 or -1L }
            || limit is IFieldReferenceOperation { Field: { Name: "InfiniteTimeSpan", ContainingType.Name: "Timeout" } };
    }

    /// <summary>A semaphore is a lock only where it is seen to be made with a count of one, or named as one.</summary>
    private bool IsNoLock(CallSite site, MethodContract contract) =>
        contract.IsExternal && site.Method?.ContainingType is { Name: "SemaphoreSlim" } && site.Receiver is { } receiver
        && !DotNetCreation.IsBinarySemaphore(receiver, _contracts, _cancellation);

    private void CheckRequirements(IOperation operation, CallSite site, MethodContract contract)
    {
        foreach (var clause in contract.Clauses)
        {
            switch (clause.Kind)
            {
                case ClauseKind.MustHold or ClauseKind.Drops:
                    Require(operation, site, clause, clause.Mode, anyOf: false);
                    break;
                case ClauseKind.MustHoldAny:
                    Require(operation, site, clause, LockMode.Shared, anyOf: true);
                    break;
                case ClauseKind.MustNotHold:
                    foreach (var expression in clause.Locks)
                    {
                        if (Emitting && Resolve(expression, site) is { } excluded)
                            Exclude(operation, site.Method, excluded, [], clause.Declaration);
                    }
                    break;
            }
        }
    }

    /// <summary>What must not be held; a private member asks it of its callers too, unless it has let go by then.</summary>
    private void Exclude(
        IOperation operation, IMethodSymbol? callee, Capability excluded, ImmutableArray<IMethodSymbol> chain, Location? declaration,
        Location? origin = null)
    {
        var held = FindExcluded(excluded);
        Raise(new ExcludeEvent(_w, operation, excluded, held) { Callee = callee, Chain = chain, Declaration = declaration, Origin = origin });
        if (held is null && chain.Length < FlowLimits.ChainLength && (excluded.Lock is null || !_w.Deficits.TryGet(excluded.Lock, out _)))
        {
            AskCallers(
                [excluded], LockMode.Shared, false, operation, Summaries.DemandKind.NotHeld, callee is null ? chain : chain.Insert(0, callee),
                declaration);
        }
    }

    private Held? FindExcluded(Capability capability)
    {
        if (capability.Context is { } context)
            return _w.InSection(context, _options.MergedRcuFlavours) ? Held.Once(capability, LockMode.Shared, HeldReason.Taken, null) : null;
        if (capability.Lock is not null)
            return _w.Find(capability);
        foreach (var held in _w.Held)
        {
            if (Equals(held.Capability.Class, capability.ByClass))
                return held;
        }
        return null;
    }

    private void Require(IOperation operation, CallSite site, ContractClause clause, LockMode mode, bool anyOf)
    {
        var needed = ImmutableArray.CreateBuilder<Capability>(clause.Locks.Length);
        foreach (var expression in clause.Locks)
        {
            if (Resolve(expression, site) is { } capability && !AsksNothing(capability))
                needed.Add(capability);
            else if (anyOf)
                return;
        }
        Require(operation, site.Method, needed.ToImmutable(), mode, anyOf, [], Summaries.DemandKind.Held, clause.Declaration);
    }

    private void Require(
        IOperation operation, IMethodSymbol? callee, ImmutableArray<Capability> needed, LockMode mode, bool anyOf,
        ImmutableArray<IMethodSymbol> chain, Summaries.DemandKind kind, Location? declaration)
    {
        if (needed.IsEmpty)
            return;
        var missing = ImmutableArray.CreateBuilder<Capability>();
        foreach (var capability in needed)
        {
            if (!Holds(capability, mode))
                missing.Add(capability);
        }
        bool satisfied = anyOf ? missing.Count < needed.Length : missing.Count == 0;
        if (!Emitting)
            return;
        var lacking = satisfied ? [] : missing.ToImmutable();
        bool asked = !satisfied && AskCallers(lacking, mode, anyOf, operation, kind, callee is null ? chain : chain.Insert(0, callee), declaration);
        Raise(new RequireEvent(_w, operation, needed, mode, anyOf, satisfied)
        {
            Callee = callee, Chain = chain, Missing = lacking, IsAskedOfCallers = asked, Declaration = declaration,
        });
    }

    private void AcquireAll(IOperation operation, CallSite site, ContractClause clause, MethodContract contract, Value? guard)
    {
        foreach (var expression in clause.Locks)
        {
            if (expression is GovernedExpression)
            {
                Retake(operation, site, isTry: clause.Outcome is not null && !clause.Waits);
                continue;
            }
            if (Resolve(expression, site) is not { } capability || AsksNothingNull(capability))
                continue;
            bool switchesIrq = false, switchesBh = false;
            foreach (var change in contract.Switches)
            {
                switchesIrq |= change.Kind is SwitchKind.DisablesIrq or SwitchKind.SavesIrq;
                switchesBh |= change.Kind is SwitchKind.DisablesBh;
            }
            bool granted = Acquire(
                operation, site.Method, capability, clause.Mode, isTry: clause.Outcome is not null && !clause.Waits, guard,
                switchesIrq, switchesBh);
            if (guard is not null && !_dead)
            {
                // What holds a lock is no null.
                WorldAssumptions.AssumeNull(_w, guard, false);
                // An inner guard over what was held already governs nothing.
                if (granted)
                {
                    var list = _w.Guards.GetOrDefault(guard);
                    _w.Guards = _w.Guards.Set(guard, (list.IsDefault ? [] : list).Add(new Governed(capability, clause.Mode, true)));
                }
            }
        }
    }

    private bool AsksNothingNull(Capability capability)
    {
        for (var part = capability.Lock; part is not null; part = part.Kind is ValueKind.Member or ValueKind.Element ? part.First : null)
        {
            if (part.Kind == ValueKind.Lost || WorldAssumptions.IsNull(_w, part) == true)
                return true;
        }
        return false;
    }

    /// <summary>Takes a lock. False when it was held already and nothing was added.</summary>
    private bool Acquire(
        IOperation operation, IMethodSymbol? callee, Capability capability, LockMode mode, bool isTry, Value? guard,
        bool irqOff = false, bool bhOff = false)
    {
        if (capability.Context is ContextKind.Irq)
        {
            if (!_w.Irq.IsOff)
                _w.Irq = new IrqState(IrqOpener.Disable, null, operation, guard);
            return true;
        }
        if (capability.Type.Kind.Nests())
            mode = LockMode.Shared;
        bool isBack = HeldWithAll(capability) is not null && IsMissingFromAll(capability);
        var held = _w.Find(capability) ?? (isBack || PromiseCovering(capability, ClauseKind.Acquires) is not null ? null : HeldWithAll(capability));
        bool conflicts = held is not null && IsOneObject(capability) && Conflicts(held, mode);
        if (conflicts && isTry)
        {
            // The task already has it: the try fails.
            Kill();
            return false;
        }
        RecordAcquire(capability, mode, operation, callee, isTry, held, irqOff, bhOff, isAnnounced: false);
        if (Emitting)
        {
            Raise(new AcquireEvent(_w, operation, capability, mode)
            {
                Callee = callee, IsTry = isTry, Conflict = conflicts ? held : null, IrqOff = irqOff, BhOff = bhOff,
                IsFresh = capability.Lock is { } made && IsOfFresh(made),
            });
        }
        if (capability.Lock is { } lockValue)
        {
            NoteLockedThrough(lockValue, operation);
            if (capability.IsPlain && Emitting && !_frame.IsThroughVariable)
                Recorder.PlainTaken.Add(capability);
        }
        if (conflicts)
        {
            // Counts as held once, in the stronger mode: one release lets it go.
            var stronger = held!.Mode >= mode ? held.Mode : mode;
            _w.SetHeld(Held.Once(held.Capability, stronger, held.Reason, held.Site, held.Guard));
            return false;
        }
        if (held is null)
            LookAgain(capability, operation);
        if (guard is null && AcquireIntoAll(capability, mode, operation))
            return true;
        _w.SetHeld(held is null ? Held.Once(capability, mode, HeldReason.Taken, operation, guard) : held.Add(mode, 1));
        return true;
    }

    /// <summary>"Some lock of a class" is another one each time, unless the class is only a name.</summary>
    private static bool IsOneObject(Capability capability) => capability.ByClass is not { Declaration: not null };

    private static bool Conflicts(Held held, LockMode mode)
    {
        var type = held.Capability.Type;
        if (type.Kind.Nests())
            return false;
        if (type.Kind == LockKind.ReaderWriterSemaphore)
        {
            // Reading or writing inside the upgradeable mode is what that mode is for.
            if (held.Upgradeable > 0 && held.Exclusive == 0 && held.Shared == 0 && mode != LockMode.Upgradeable)
                return false;
            if (type.Reentrant)
                return held.Exclusive == 0 && held.Upgradeable == 0 && held.Shared > 0 && mode != LockMode.Shared;
            return true;
        }
        return !type.Reentrant && !type.Kind.AllowsNested(held.Mode, mode);
    }

    private void ReleaseAll(IOperation operation, CallSite site, ContractClause clause)
    {
        foreach (var expression in clause.Locks)
        {
            if (expression is GovernedExpression)
                ReleaseGoverned(operation, site);
            else if (Resolve(expression, site) is { } capability && !AsksNothingNull(capability))
                Release(operation, site.Method, capability, clause.Mode, clause.AnyMode);
        }
    }

    private void Release(IOperation operation, IMethodSymbol? callee, Capability capability, LockMode mode, bool anyMode)
    {
        if (capability.Context is ContextKind.Irq)
        {
            EnableIrq(operation, callee);
            return;
        }
        if (capability.Type.Kind.Nests())
            mode = LockMode.Shared;
        var held = _w.Find(capability) ?? FindByClass(capability);
        if (capability.IsPlain && Emitting)
            Recorder.PlainLetGo.Add(capability);
        if (capability.IsPlain && held is not null && ShowsIntent(held))
            _w.PlainLetGo = _w.PlainLetGo.Add(capability);
        if (held is null && ReleaseFromAll(capability, operation))
            return;
        if (held is null)
        {
            if (capability.IsPlain && !_options.StrictDotNetLocks)
            {
                // Held on entry, if the balance returns: judged at the exits.
                var deficit = _w.Deficits.GetOrDefault(capability.Lock!);
                _w.Deficits = _w.Deficits.Set(capability.Lock!, deficit is null
                    ? new Deficit(capability, mode, 1, operation)
                    : deficit with { Count = System.Math.Min(deficit.Count + 1, FlowLimits.Count) });
                return;
            }
            if (Emitting && !IsOfGuard(capability))
                Raise(new ReleaseEvent(_w, operation, capability, mode, ReleaseOutcome.NotHeld, null) { Callee = callee });
            return;
        }
        if (anyMode)
            mode = held.Mode;
        bool right = held.CountOf(mode) > 0;
        if (Emitting)
        {
            Raise(new ReleaseEvent(_w, operation, capability, mode, right ? ReleaseOutcome.Fine : ReleaseOutcome.WrongMode, held) { Callee = callee });
        }
        if (capability.Lock is { } lockValue)
            SettleStaleLocks(lockValue);
        if (right)
            _w.SetHeld(held.Add(mode, -1));
        else
            _w.RemoveHeld(held.Capability);
        if (_w.Find(held.Capability) is null)
            OnLetGo(held.Capability, operation);
    }

    /// <summary>What a delegate in a variable lets go shows what the method means only where the delegate took it too.</summary>
    private bool ShowsIntent(Held held) =>
        !_frame.IsThroughVariable || held.Site is { } site && _frame.Root.Span.Contains(site.Syntax.Span) && site.Syntax.SyntaxTree == _frame.Root.SyntaxTree;

    /// <summary>A path may let go what the contract only names by class, and the reverse.</summary>
    private Held? FindByClass(Capability capability)
    {
        foreach (var held in _w.Held)
        {
            if (capability.Lock is not null
                ? held.Capability.ByClass is not null && Equals(held.Capability.ByClass, capability.Class)
                : capability.ByClass is not null && Equals(held.Capability.Class, capability.ByClass))
            {
                return held;
            }
            if (held.Capability.Lock?.Kind == ValueKind.Lost && Equals(held.Capability.Class, capability.Class) && capability.Lock is not null)
                return held;
        }
        return null;
    }

    private void Drop(IOperation operation, CallSite site, ContractClause clause)
    {
        foreach (var expression in clause.Locks)
        {
            if (Resolve(expression, site) is { } capability && (_w.Find(capability) is not null || capability.Context is not null))
                OnLetGo(capability, operation, hint: true);
        }
    }

    private void Announce(IOperation operation, CallSite site, ContractClause clause)
    {
        foreach (var expression in clause.Locks)
        {
            if (Resolve(expression, site) is not { } capability || AsksNothing(capability))
                continue;
            var held = _w.Find(capability);
            bool conflicts = held is not null && IsOneObject(capability) && Conflicts(held, LockMode.Exclusive);
            RecordAcquire(capability, LockMode.Exclusive, operation, site.Method, isTry: false, held, false, false, isAnnounced: true);
            if (Emitting)
            {
                Raise(new AcquireEvent(_w, operation, capability, LockMode.Exclusive)
                {
                    Callee = site.Method, IsAnnounced = true, Conflict = conflicts ? held : null,
                });
            }
        }
    }

    private void SleepForLocks(IOperation operation, CallSite site, ContractClause clause)
    {
        foreach (var expression in clause.Locks)
        {
            if (Resolve(expression, site) is { } capability && capability.Context is null
                && capability.ByClass is not { Declaration: null } && capability.Type.Kind.AcquireMaySleep())
                Sleep(operation, "Taking '" + capability.Text + "'", site.Method);
        }
    }

    private void Sleep(IOperation operation, string what, IMethodSymbol? callee, Location? declaration = null)
    {
        if (!Emitting)
            return;
        Raise(new SleepEvent(_w, operation, what) { Callee = callee, Declaration = declaration });
        var snapshot = Snapshot();
        var location = PlaceOfFinding(operation);
        if (Recorder.IsNew(location, snapshot, "sleep"))
            Recorder.Sleeps.Add(new Summaries.SleepRecord(what, location, snapshot));
    }

    private void AssertHeld(LockExpression expression, CallSite site, LockMode mode, IOperation operation)
    {
        if (Resolve(expression, site) is not { } capability)
            return;
        if (capability.Context is ContextKind.Irq)
        {
            if (!_w.Irq.IsOff)
                _w.Irq = new IrqState(IrqOpener.Entry, null, operation);
            return;
        }
        if (capability.Context is { } context ? _w.InSection(context, _options.MergedRcuFlavours) : Holds(capability, mode))
            return;
        _w.RemoveHeld(capability);
        _w.SetHeld(Held.Once(capability, capability.Type.Kind.Nests() ? LockMode.Shared : mode, HeldReason.Asserted, operation));
        _w.Asserted = _w.Asserted.Add(capability);
    }

    private void DenyHeld(LockExpression expression, CallSite site, LockMode mode)
    {
        if (Resolve(expression, site) is { } capability && _w.Find(capability) is { } held && held.CountOf(mode) > 0)
            Kill();
    }

    private void ChangeMode(IOperation operation, CallSite site, ContractClause clause)
    {
        bool up = clause.Kind == ClauseKind.Upgrades;
        foreach (var expression in clause.Locks)
        {
            if (Resolve(expression, site) is not { } capability || AsksNothingNull(capability))
                continue;
            var held = _w.Find(capability);
            bool right = held is not null && (up ? held.Exclusive == 0 : held.Exclusive > 0);
            if (Emitting)
            {
                var outcome = right ? ReleaseOutcome.Fine : held is null && !up ? ReleaseOutcome.NotHeld : ReleaseOutcome.WrongMode;
                Raise(new ReleaseEvent(_w, operation, capability, up ? LockMode.Shared : LockMode.Exclusive, outcome, held)
                {
                    Callee = site.Method, Kind = up ? ReleaseKind.Upgrade : ReleaseKind.Downgrade,
                });
            }
            if (right)
            {
                _w.SetHeld(up
                    ? held! with { Exclusive = 1, Shared = System.Math.Max(0, held.Shared - 1), Upgradeable = held.Upgradeable }
                    : held! with { Exclusive = 0, Shared = System.Math.Max(1, held.Shared) });
            }
        }
    }

    /// <summary>Two expressions of a method's <c>[SameLock]</c> are one value from here on, what is held included.</summary>
    private void Equate(LockExpression first, LockExpression second, CallSite site)
    {
        if (ValueOf(first, site) is { Kind: not ValueKind.Lost } one && ValueOf(second, site) is { Kind: not ValueKind.Lost } other
            && !ReferenceEquals(one, other))
        {
            WorldAssumptions.Unify(_w, one, other, _values);
        }
    }

    /// <summary><c>Monitor.Enter(x, ref taken)</c> always takes, and says so.</summary>
    private void AssignTakenFlag(CallSite site, MethodContract contract)
    {
        foreach (var clause in contract.Clauses)
        {
            if (clause is { Kind: ClauseKind.Acquires, Outcome: null, FlagOrdinal: >= 0 and var flag } && flag < site.Places.Length
                && site.Places[flag] is { } place)
            {
                Assign(place, _values.True);
                site.OutputsDone[flag] = true;
            }
        }
    }

    private static string NameOf(IMethodSymbol? method) =>
        method is null ? "" : method.ContainingType is { Name.Length: > 0 } type && method.MethodKind != MethodKind.LocalFunction
            ? type.Name + "." + (method.AssociatedSymbol ?? method).Name : method.Name;
}
