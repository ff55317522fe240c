using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <content>Taking a lock and letting it go.</content>
internal sealed partial class BodyInterpreter
{
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
}
