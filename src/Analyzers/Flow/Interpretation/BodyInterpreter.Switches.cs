using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <content>Interrupts, preemption, bottom halves; guard objects that answer for locks and sections.</content>
internal sealed partial class BodyInterpreter
{
    private void SwitchOff(IOperation operation, CallSite site, SwitchClause change, Value? guard)
    {
        switch (change.Kind)
        {
            case SwitchKind.DisablesIrq:
                // Disabling does not nest: who had them off before still has.
                if (!_w.Irq.IsOff)
                    _w.Irq = new IrqState(IrqOpener.Disable, null, operation, guard);
                break;
            case SwitchKind.SavesIrq:
                var flags = change.FlagsOrdinal >= 0 ? OutcomeValue(operation, site, change.FlagsOrdinal) : site.Result!;
                if (flags.Kind == ValueKind.Lost && guard is not null)
                    flags = guard;
                _w.SavedIrq = _w.SavedIrq.Set(flags, _w.Irq);
                _w.Irq = new IrqState(IrqOpener.Save, flags, operation, guard);
                break;
            case SwitchKind.DisablesPreemption:
                EnterSection(operation, ContextKind.Preempt, guard);
                break;
            case SwitchKind.DisablesBh:
                EnterSection(operation, ContextKind.Bh, guard);
                break;
        }
    }

    private void SwitchOn(IOperation operation, CallSite site, SwitchClause change)
    {
        switch (change.Kind)
        {
            case SwitchKind.EnablesIrq:
                EnableIrq(operation, site.Method);
                break;
            case SwitchKind.RestoresIrq:
                RestoreIrq(operation, site, change.FlagsOrdinal);
                break;
            case SwitchKind.EnablesPreemption:
                Release(operation, site.Method, Capability.OfContext(ContextKind.Preempt), LockMode.Shared, false);
                break;
            case SwitchKind.EnablesBh:
                Release(operation, site.Method, Capability.OfContext(ContextKind.Bh), LockMode.Shared, false);
                if (_w.SectionCount(ContextKind.Bh) == 0 && !_w.Irq.IsOff)
                    InterruptsCameOn(operation, bh: true);
                break;
        }
    }

    private void EnterSection(IOperation operation, ContextKind context, Value? guard)
    {
        Acquire(operation, null, Capability.OfContext(context), LockMode.Shared, isTry: false, guard);
        if (guard is not null)
        {
            var list = _w.Guards.GetOrDefault(guard);
            _w.Guards = _w.Guards.Set(
                guard, (list.IsDefault ? [] : list).Add(new Governed(Capability.OfContext(context), LockMode.Shared, true)));
        }
    }

    private void EnableIrq(IOperation operation, IMethodSymbol? callee)
    {
        if (Emitting)
            Raise(new IrqEnableEvent(_w, operation, _w.Irq.Opener) { Callee = callee });
        if (_w.Irq.Opener != IrqOpener.Disable)
            return;
        _w.Irq = IrqState.On;
        OnLetGo(Capability.OfContext(ContextKind.Irq), operation);
        InterruptsCameOn(operation, bh: _w.SectionCount(ContextKind.Bh) == 0);
    }

    private void RestoreIrq(IOperation operation, CallSite site, int ordinal)
    {
        var flags = ordinal >= 0 && ordinal < site.Arguments.Length ? site.Arguments[ordinal] : null;
        bool matches = _w.Irq.Opener == IrqOpener.Save && flags is not null && ReferenceEquals(_w.Irq.Flags, flags);
        // Flags kept in a field, or by the enclosing body, were saved by somebody else's call: nothing can be said of them.
        bool unknown = flags is null
            || flags.Kind is ValueKind.Lost or ValueKind.Member or ValueKind.Static or ValueKind.Element or ValueKind.Captured;
        if (Emitting && !unknown)
        {
            var text = ordinal >= 0 && site.ArgumentOperations[ordinal] is { } argument ? Short(argument.Syntax.ToString()) : "flags";
            Raise(new IrqRestoreEvent(_w, operation, text, matches) { Callee = site.Method });
        }
        bool wasOff = _w.Irq.IsOff;
        // Whatever is restored, it is the innermost section that was meant to end: one mistake is one finding. What an outer save
        // kept ends that section all the same.
        bool endsOuter = !matches && flags is not null && _w.SavedIrq.Contains(flags);
        if (_w.Irq.Opener == IrqOpener.Save && _w.Irq.Flags is { } open && _w.SavedIrq.TryGet(open, out var saved))
        {
            _w.SavedIrq = _w.SavedIrq.Remove(open);
            _w.Irq = endsOuter ? saved with { IsEnded = true } : saved;
        }
        else if (_w.Irq.Opener != IrqOpener.Entry)
        {
            _w.Irq = IrqState.On;
        }
        if (wasOff && !_w.Irq.IsOff)
        {
            OnLetGo(Capability.OfContext(ContextKind.Irq), operation);
            InterruptsCameOn(operation, bh: _w.SectionCount(ContextKind.Bh) == 0);
        }
    }

    private void InterruptsCameOn(IOperation operation, bool bh)
    {
        if (Emitting)
        {
            Raise(new IrqOnEvent(_w.Clone(), operation, bh));
            var after = Snapshot();
            var location = PlaceOfFinding(operation);
            if (!after.Held.IsEmpty && Recorder.IsNew(location, after, "irq on"))
                Recorder.IrqOns.Add(new Summaries.IrqOnRecord(bh, location, after));
        }
    }

    /// <summary>A guard answers for a lock from here on without taking it: adopted when held, deferred when not.</summary>
    private void Govern(ContractClause clause, CallSite site, Value? guard)
    {
        if (guard is null)
            return;
        WorldAssumptions.AssumeNull(_w, guard, false);
        foreach (var expression in clause.Locks)
        {
            if (Resolve(expression, site) is not { } capability || AsksNothingNull(capability))
                continue;
            var held = _w.Find(capability);
            var list = _w.Guards.GetOrDefault(guard);
            _w.Guards = _w.Guards.Set(
                guard, (list.IsDefault ? [] : list).Add(new Governed(capability, held?.Mode ?? LockMode.Exclusive, held is not null)));
            if (held is not null)
                _w.SetHeld(held with { Guard = guard });
        }
    }

    private void DisposeGuard(IOperation operation, Value guard, MethodContract contract)
    {
        if (_w.Guards.TryGet(guard, out var list))
        {
            for (int i = list.Length - 1; i >= 0; i--)
            {
                if (_w.Find(list[i].Capability) is { } held && (list[i].IsActive || held.Guard is null || ReferenceEquals(held.Guard, guard)))
                    Release(operation, null, list[i].Capability, list[i].Mode, anyMode: false);
            }
            _w.Guards = _w.Guards.Set(guard, SetActive(list, false));
        }
        bool says = false;
        foreach (var change in contract.Switches)
            says |= change.Kind is SwitchKind.EnablesIrq or SwitchKind.RestoresIrq;
        if (!says && ReferenceEquals(_w.Irq.Guard, guard) && _w.Irq.IsOff)
        {
            var before = _w.Irq.Flags is { } flags && _w.SavedIrq.TryGet(flags, out var saved) ? saved : IrqState.On;
            if (_w.Irq.Flags is { } named)
                _w.SavedIrq = _w.SavedIrq.Remove(named);
            _w.Irq = before;
            if (!before.IsOff)
                InterruptsCameOn(operation, bh: _w.SectionCount(ContextKind.Bh) == 0);
        }
    }

    /// <summary><c>[Releases]</c> on a guard's own method: early release of what it governs.</summary>
    private void ReleaseGoverned(IOperation operation, CallSite site)
    {
        if (site.Receiver is not { } guard || !_w.Guards.TryGet(guard, out var list))
            return;
        foreach (var governed in list)
        {
            if (governed.IsActive)
                Release(operation, site.Method, governed.Capability, governed.Mode, anyMode: false);
            else if (Emitting)
                Raise(new ReleaseEvent(_w, operation, governed.Capability, governed.Mode, ReleaseOutcome.NotHeld, null) { Callee = site.Method });
        }
        _w.Guards = _w.Guards.Set(guard, SetActive(list, false));
    }

    /// <summary><c>[Acquires]</c> on a guard's own method: takes again what it governs.</summary>
    private void Retake(IOperation operation, CallSite site, bool isTry)
    {
        if (site.Receiver is not { } guard || !_w.Guards.TryGet(guard, out var list))
            return;
        foreach (var governed in list)
            Acquire(operation, site.Method, governed.Capability, governed.Mode, isTry, guard);
        _w.Guards = _w.Guards.Set(guard, SetActive(list, true));
    }

    private static ImmutableArray<Governed> SetActive(ImmutableArray<Governed> list, bool active)
    {
        var builder = ImmutableArray.CreateBuilder<Governed>(list.Length);
        foreach (var governed in list)
            builder.Add(governed with { IsActive = active });
        return builder.MoveToImmutable();
    }
}
