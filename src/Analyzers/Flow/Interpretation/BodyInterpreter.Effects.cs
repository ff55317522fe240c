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

    /// <summary>Two expressions of a method's <c>[SameLock]</c> are one value from here on, what is held included.</summary>
    private void Equate(LockExpression first, LockExpression second, CallSite site)
    {
        if (ValueOf(first, site) is { Kind: not ValueKind.Lost } one && ValueOf(second, site) is { Kind: not ValueKind.Lost } other
            && !ReferenceEquals(one, other))
        {
            WorldAssumptions.Unify(_w, one, other, _values);
        }
    }

    private static string NameOf(IMethodSymbol? method) =>
        method is null ? "" : method.ContainingType is { Name.Length: > 0 } type && method.MethodKind != MethodKind.LocalFunction
            ? type.Name + "." + (method.AssociatedSymbol ?? method).Name : method.Name;
}
