using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <content>What is written down for the callers and for the end of the program; inferred demands and effects at calls.</content>
internal sealed partial class BodyInterpreter
{
    private HeldSnapshot Snapshot()
    {
        var held = ImmutableArray.CreateBuilder<HeldLock>(_w.Held.Length);
        foreach (var one in _w.Held)
        {
            var entry = new HeldLock(Recorder.Portable(one.Capability), one.Mode, one.Site is null ? null : PlaceOfFinding(one.Site));
            // A section that is entered twice has to be left twice.
            for (int i = one.Capability.Context is null ? 1 : one.Count; i > 0; i--)
                held.Add(entry);
        }
        var atomic = AtomicContext.Of(_w);
        return new HeldSnapshot(
            held.ToImmutable(), ReleasedEntry(), _w.Irq.IsOff, _w.InSection(ContextKind.Bh, false),
            atomic is null ? null : Recorder.Portable(atomic.Capability), atomic?.Site is { } site ? PlaceOfFinding(site) : null);
    }

    /// <summary>What the caller held and this body has let go by now.</summary>
    private ImmutableArray<PortableLock> ReleasedEntry()
    {
        bool irqCameOn = _entryIrqOff && !_w.Irq.IsOff;
        if (_entryHeld.IsEmpty && _w.Deficits.Count == 0 && !irqCameOn)
            return [];
        var released = ImmutableArray.CreateBuilder<PortableLock>();
        if (irqCameOn)
            released.Add(Recorder.Portable(Capability.OfContext(ContextKind.Irq)));
        foreach (var capability in _entryHeld)
        {
            if (_w.Find(capability) is null)
                released.Add(Recorder.Portable(capability));
        }
        for (int i = 0; i < _w.Deficits.Count; i++)
            released.Add(Recorder.Portable(_w.Deficits.ValueAt(i).Capability));
        return released.ToImmutable();
    }

    private void RecordAcquire(
        Capability capability, LockMode mode, IOperation operation, IMethodSymbol? callee, bool isTry, Held? held, bool irqOff,
        bool bhOff, bool isAnnounced)
    {
        if (!Emitting || capability.Context is not null)
            return;
        var snapshot = Snapshot();
        var location = PlaceOfFinding(operation);
        var when = ParametersKnown(out string asText);
        if (!Recorder.IsNew(location, snapshot, capability.Text + mode + asText))
            return;
        Recorder.Acquires.Add(new AcquireRecord(
            Recorder.Portable(capability), mode, isTry, isAnnounced, held is not null, location, snapshot,
            _w.Irq.IsOff || irqOff, _w.Irq.IsOff || irqOff || bhOff || _w.InSection(ContextKind.Bh, false), callee)
        {
            IsFresh = capability.Lock is { } taken && IsOfFresh(taken), When = when,
        });
    }

    /// <summary>A lock that a method takes before its first statement.</summary>
    private void RecordEntry(Capability capability, IMethodSymbol method)
    {
        var snapshot = Snapshot();
        if (method.Locations.Length > 0 && Recorder.IsNew(method.Locations[0], snapshot, capability.Text))
        {
            Recorder.Acquires.Add(new AcquireRecord(
                Recorder.Portable(capability), LockMode.Exclusive, IsTry: false, IsAnnounced: false, _w.Find(capability) is not null,
                method.Locations[0], snapshot, _w.Irq.IsOff, _w.InSection(ContextKind.Bh, false), null));
        }
    }

    /// <summary>Which boolean parameters are known here, as the caller passed them: <c>if (!isHeld) Take();</c>.</summary>
    private ImmutableArray<ParameterTruth> ParametersKnown(out string asText)
    {
        asText = "";
        if (_frame.Method is not { Parameters: { IsEmpty: false } parameters })
            return [];
        var known = ImmutableArray<ParameterTruth>.Empty;
        foreach (var parameter in parameters)
        {
            if (parameter is { Type.SpecialType: SpecialType.System_Boolean, RefKind: Microsoft.CodeAnalysis.RefKind.None }
                && WorldAssumptions.Truth(_w, _values.Parameter(parameter)) is { } truth)
            {
                known = known.Add(new ParameterTruth(parameter.Ordinal, truth));
                asText += (truth ? "+" : "-") + parameter.Ordinal;
            }
        }
        return known;
    }

    private bool IsOfFresh(Value value)
    {
        for (Value? part = value; part is not null; part = part.Kind is ValueKind.Member or ValueKind.Element ? part.First : null)
        {
            if (_w.Fresh.Contains(part) && part.Kind != ValueKind.This)
                return true;
        }
        return false;
    }

    /// <summary>An access to a field without a guard is evidence for one.</summary>
    private void RecordAccess(Value place, ISymbol member, IOperation operation, bool isWrite)
    {
        if (member.DeclaringSyntaxReferences.IsEmpty || member.DeclaredAccessibility is not (Accessibility.Private or Accessibility.Internal))
            return;
        var held = ImmutableArray.CreateBuilder<PortableGuard>();
        foreach (var one in _w.Held)
        {
            if (one.Capability.Lock is not { } lockValue)
                continue;
            var expression = lockValue switch
            {
                { Kind: ValueKind.Static, Symbol: { } s } => s.ContainingType?.Name + "." + s.Name,
                { Kind: ValueKind.Member, Symbol: { } m } when place.Kind == ValueKind.Member && ReferenceEquals(lockValue.First, place.First) => m.Name,
                _ when place.Kind == ValueKind.Member && ReferenceEquals(lockValue, place.First) => "this",
                _ => null,
            };
            if (expression is not null)
                held.Add(new PortableGuard(expression, one.Mode));
        }
        Recorder.Accesses.Add(new FieldAccessRecord(member, isWrite, PlaceOfFinding(operation), held.ToImmutable())
        {
            IsInterlocked = operation.Parent is Microsoft.CodeAnalysis.Operations.IArgumentOperation
            {
                Parent: Microsoft.CodeAnalysis.Operations.IInvocationOperation { TargetMethod.ContainingType.Name: "Interlocked" or "Volatile" },
            },
        });
    }

    /// <summary>What a private callee needs and does, as far as its own body tells.</summary>
    private void ApplyInferred(IOperation operation, CallSite site, MethodContract contract)
    {
        if (contract.IsDeclared || site.Method is not { } method || _summaries.Find(method) is not { } summary)
            return;
        foreach (var demand in summary.Demands)
        {
            var needed = ImmutableArray.CreateBuilder<Capability>(demand.Locks.Length);
            bool asksNothing = false;
            foreach (var wanted in demand.Locks)
            {
                if (Materialize(wanted, site) is not { } capability || AsksNothing(capability))
                    asksNothing = true;
                else
                    needed.Add(capability);
            }
            if (demand.AnyOf && asksNothing)
                continue;
            if (demand.Kind == DemandKind.NotHeld)
            {
                for (int i = 0; i < needed.Count && Emitting; i++)
                    Exclude(operation, method, needed[i], demand.Chain, demand.Declaration, demand.Origin);
                continue;
            }
            RequireInferred(operation, method, needed.ToImmutable(), demand);
        }
        ApplyPlainEffects(operation, site, method, summary);
        if (!_dead)
            ApplyInferredRcu(operation, site, summary);
    }

    private bool HasInferredEffects(IMethodSymbol method, MethodContract contract) =>
        !contract.IsDeclared && _summaries.Find(method) is { Effects.IsEmpty: false };

    private void RequireInferred(IOperation operation, IMethodSymbol method, ImmutableArray<Capability> needed, Demand demand)
    {
        if (needed.IsEmpty)
            return;
        var missing = ImmutableArray.CreateBuilder<Capability>();
        foreach (var capability in needed)
        {
            if (!Holds(capability, demand.Mode))
                missing.Add(capability);
        }
        bool satisfied = demand.AnyOf ? missing.Count < needed.Length : missing.Count == 0;
        if (!Emitting)
            return;
        var lacking = satisfied ? [] : missing.ToImmutable();
        bool asked = !satisfied && demand.Chain.Length < FlowLimits.ChainLength
            && AskCallers(lacking, demand.Mode, demand.AnyOf, operation, demand.Kind, demand.Chain.Insert(0, method), demand.Declaration);
        Raise(new RequireEvent(_w, operation, needed, demand.Mode, demand.AnyOf, satisfied)
        {
            Callee = method, Chain = demand.Chain, Missing = lacking, IsAskedOfCallers = asked, Origin = demand.Origin,
            Declaration = demand.Declaration, IsRcu = demand.Kind == DemandKind.RcuProtection,
        });
    }

    private void ApplyPlainEffects(IOperation operation, CallSite site, IMethodSymbol method, MethodSummary summary)
    {
        if (summary.Effects.IsEmpty)
            return;
        bool? outcome = null;
        foreach (var effect in summary.Effects)
        {
            if (effect.Outcome is not null && outcome is null)
            {
                outcome = Choose(2) == 0;
                if (!WorldAssumptions.Assume(_w, site.Result!, outcome.Value, _values))
                    Kill();
            }
        }
        foreach (var effect in summary.Effects)
        {
            if (effect.Outcome is { } on && on != outcome || Materialize(effect.Lock, site) is not { } capability || AsksNothingNull(capability))
                continue;
            if (!effect.Acquires)
                Release(operation, method, capability, effect.Mode, anyMode: false);
        }
        foreach (var effect in summary.Effects)
        {
            if (effect.Outcome is { } on && on != outcome || Materialize(effect.Lock, site) is not { } capability || AsksNothingNull(capability))
                continue;
            if (effect.Acquires)
                Acquire(operation, method, capability, effect.Mode, isTry: effect.Outcome is not null, guard: null);
        }
    }

    /// <summary>A callee's lock in this body's values.</summary>
    private Capability? Materialize(PortableLock wanted, CallSite site)
    {
        if (wanted.Context is { } context)
            return Capability.OfContext(context);
        if (wanted.ByClass is { } byClass)
            return Capability.OfClass(byClass, wanted.Text);
        if (wanted.Path is not { } path || Materialize(path, site) is not { Kind: not ValueKind.Lost } value)
            return null;
        var text = path.Root == PortableRoot.This && site.ReceiverText.Length > 0 && site.ReceiverText != "this"
            ? site.ReceiverText + "." + wanted.Text
            : TextOf(value) is var better && value.Kind is ValueKind.Member or ValueKind.Static ? better : wanted.Text;
        return Capability.OfLock(value, wanted.Type, wanted.Class, text, wanted.IsPlain);
    }

    private Value? Materialize(PortablePath path, CallSite site)
    {
        Value? value = path.Root switch
        {
            PortableRoot.This => site.Receiver ?? (site.Method?.MethodKind == MethodKind.LocalFunction ? ThisValue : null),
            PortableRoot.Parameter when path.Anchor is int ordinal && ordinal < site.Arguments.Length => site.Arguments[ordinal],
            PortableRoot.Captured when path.Anchor is ISymbol variable => Content(Aliased(_values.LocalPlace(variable, TypeOf(variable)))),
            PortableRoot.Static when path.Anchor is ISymbol member => Content(_values.Static(member, TypeOf(member))),
            PortableRoot.TypeObject when path.Anchor is ITypeSymbol type => _values.TypeObject(type),
            _ => null,
        };
        foreach (var member in path.Members)
        {
            if (value is null || value.Kind == ValueKind.Lost || value.IsNull)
                return value;
            value = Content(Merged(_values.Member(value, member, TypeOf(member))));
        }
        return value;
    }

    /// <summary>Where a finding about an operation stands: the call or access itself.</summary>
    internal static Location PlaceOfFinding(IOperation operation) => operation.Syntax.GetLocation();
}
