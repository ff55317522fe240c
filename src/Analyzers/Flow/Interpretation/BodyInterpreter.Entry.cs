using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;
using RefKind = MmLock.Analyzers.Model.RefKind;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <content>How a body begins: what its contract says is held, off or owned.</content>
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
}
