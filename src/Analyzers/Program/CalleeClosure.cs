using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Model;
using MmLock.Analyzers.Ordering;

namespace MmLock.Analyzers.Program;

/// <summary>
/// What can a call come to: which locks are taken and which sleeps happen in a method and in all that it calls, as far as
/// no contract speaks for it?
/// </summary>
/// <remarks>
/// Callees come before callers; a ring of callers is gone round until nothing new comes. A way round such a ring that walks
/// ever further members ends at "some object".
/// </remarks>
internal sealed class CalleeClosure
{
    private readonly BodyIndex _bodies;
    private readonly ContractCache _contracts;
    private readonly CalleeEffects[] _effects;
    private readonly int[] _component;

    public CalleeClosure(BodyIndex bodies, ContractCache contracts, CancellationToken cancellation)
    {
        _bodies = bodies;
        _contracts = contracts;
        int count = bodies.Records.Count;
        var callees = new List<int>[count];
        for (int i = 0; i < count; i++)
            callees[i] = CalleesOf(bodies.Records[i]);
        _component = StrongComponents.Of(count, node => callees[node].Count, (node, i) => callees[node][i]);
        _effects = new CalleeEffects[count];
        var byComponent = new List<int>[count + 1];
        for (int i = 0; i < count; i++)
            (byComponent[_component[i]] ??= []).Add(i);
        foreach (var members in byComponent)
        {
            cancellation.ThrowIfCancellationRequested();
            if (members is not null)
                Close(members, members.Count > 1 || callees[members[0]].Contains(members[0]));
        }
    }

    /// <summary>All that a call of the method can come to, in the method's terms.</summary>
    public CalleeEffects Of(IMethodSymbol callee) =>
        _bodies.NumberOf(callee) is var number and >= 0 ? _effects[number] : CalleeEffects.None;

    /// <summary>The locks that a call takes, in the terms of its caller; none where a contract says it.</summary>
    public IEnumerable<(AcquireEffect Effect, PortableLock AsCalleeSees)> AcquiresAt(CallRecord call, BodyRecord caller)
    {
        if (call.HidesAcquires || IsDeferred(call) || Of(call.Callee) is not { Acquires: { IsEmpty: false } effects })
            yield break;
        var substitution = new CallSubstitution(call, caller, _contracts);
        foreach (var effect in effects)
        {
            if (Translate(effect, call, caller, substitution) is { } translated)
                yield return (translated, effect.Lock);
        }
    }

    /// <summary>Where a call may sleep, in the terms of its caller.</summary>
    public IEnumerable<SleepEffect> SleepsAt(CallRecord call, BodyRecord caller)
    {
        if (call.HidesSleep || IsDeferred(call) || Of(call.Callee) is not { Sleeps: { IsEmpty: false } effects })
            yield break;
        var substitution = new CallSubstitution(call, caller, _contracts);
        foreach (var effect in effects)
            yield return Translate(effect, call, caller, substitution);
    }

    /// <summary>An iterator that is not enumerated at once runs who knows where.</summary>
    private bool IsDeferred(CallRecord call) => !call.IsEnumerated && _bodies.Find(call.Callee) is { IsIterator: true };

    private List<int> CalleesOf(BodyRecord record)
    {
        var callees = new List<int>();
        foreach (var call in record.Calls)
        {
            if (!(call.HidesAcquires && call.HidesSleep) && _bodies.NumberOf(call.Callee) is var callee and >= 0
                && !callees.Contains(callee))
            {
                callees.Add(callee);
            }
        }
        return callees;
    }

    private void Close(List<int> members, bool isRing)
    {
        var sets = new EffectSet[members.Count];
        for (int i = 0; i < members.Count; i++)
        {
            AddOwn(_bodies.Records[members[i]], sets[i] = new EffectSet());
            _effects[members[i]] = isRing ? sets[i].ToEffects() : CalleeEffects.None;
        }
        bool changed;
        do
        {
            changed = false;
            for (int i = 0; i < members.Count; i++)
            {
                changed |= AddCallees(members[i], sets[i]);
                _effects[members[i]] = sets[i].ToEffects();
            }
        }
        while (changed && isRing);
    }

    private static void AddOwn(BodyRecord record, EffectSet set)
    {
        foreach (var taken in record.Acquires)
        {
            if (taken.AlreadyHeld || taken.IsFresh || taken.Lock.Context is not null || taken.Lock.Type.Kind.Nests())
                continue;
            set.Add(new AcquireEffect(
                taken.Lock, taken.Mode, taken.IsTry, Gates.Candidates(taken.Before.Held, taken.Lock), taken.IrqOff, taken.BhOff,
                taken.Before.ReleasedEntry, null, taken.Location, IsLocal: true)
            {
                Inside = HeldInside.Of(taken), When = taken.When,
            });
        }
        foreach (var sleep in record.Sleeps)
            set.Add(new SleepEffect(sleep.What, sleep.Before.ReleasedEntry, null, sleep.Location, IsLocal: true));
    }

    private bool AddCallees(int number, EffectSet set)
    {
        bool changed = false;
        var caller = _bodies.Records[number];
        foreach (var call in caller.Calls)
        {
            int callee = _bodies.NumberOf(call.Callee);
            if (callee < 0 || call.HidesAcquires && call.HidesSleep || _effects[callee].IsEmpty)
                continue;
            bool isRing = _component[callee] == _component[number];
            foreach (var (effect, before) in AcquiresAt(call, caller))
            {
                var taken = effect.Lock;
                if (isRing && taken.Path is { } path && path.Members.Length > before.Path?.Members.Length)
                    taken = CallSubstitution.With(taken, before.Path, LockIdentity.Unknown);
                // Held by this very body: not taken anew, or a finding here.
                if (IsOfInterest(taken) && !IsHeld(taken, BodyIndex.Remaining(call.Before.Held, effect.Released)))
                    changed |= set.Add(effect with { Lock = taken, Settled = [] });
            }
            foreach (var effect in SleepsAt(call, caller))
                changed |= set.Add(effect);
        }
        return changed;
    }

    private AcquireEffect? Translate(AcquireEffect effect, CallRecord call, BodyRecord caller, CallSubstitution substitution)
    {
        if (substitution.IsOfNewObject(effect.Lock) || !MayHappen(effect, call, out var when))
            return null;
        var taken = substitution.Translate(effect.Lock);
        var (inside, settled) = Translate(effect.Inside, taken, substitution);
        return new AcquireEffect(
            taken, effect.Mode, effect.IsTry,
            Gates.Candidates(call.Before.Held, taken, substitution.Translate(effect.Under)),
            effect.IrqOff || call.Before.IrqOff, effect.BhOff || call.Before.BhOff,
            Released(effect, call, substitution), new CallChain(call.Callee, call.Location, effect.Chain), effect.Origin,
            IsLocal(effect, call, caller))
        {
            Inside = inside, Settled = settled, When = when,
        };
    }

    /// <summary>What the callee left open: what is still open, and what this call settles.</summary>
    private static (ImmutableArray<HeldInside> Inside, ImmutableArray<HeldInside> Settled) Translate(
        ImmutableArray<HeldInside> left, PortableLock taken, CallSubstitution substitution)
    {
        ImmutableArray<HeldInside> inside = [], settled = [];
        foreach (var one in left)
        {
            if (substitution.IsOfNewObject(one.Held.Lock))
                continue;
            var translated = one with { Held = one.Held with { Lock = substitution.Translate(one.Held.Lock) } };
            bool areKnown = HeldInside.AreKnown(translated.Held.Lock, taken);
            if (areKnown && !one.AreClassesJudged || LockIdentity.IsSame(translated.Held.Lock, taken))
                settled = settled.Add(translated);
            if (HeldInside.IsOpen(translated.Held.Lock, taken))
                inside = inside.Add(translated with { AreClassesJudged = one.AreClassesJudged || areKnown });
        }
        return (inside, settled);
    }

    /// <summary>False where the arguments rule it out; what is left of its conditions is said in the caller's parameters.</summary>
    private static bool MayHappen(AcquireEffect effect, CallRecord call, out ImmutableArray<ParameterTruth> when)
    {
        when = call.When;
        foreach (var condition in effect.When)
        {
            foreach (var known in call.Known)
            {
                if (known.Ordinal == condition.Ordinal && known.Value != condition.Value)
                    return false;
            }
            // A flag that is passed on is the same question one call further up.
            if (condition.Ordinal < call.Arguments.Length
                && call.Arguments[condition.Ordinal] is { Root: PortableRoot.Parameter, Anchor: int own, Members.IsEmpty: true })
            {
                foreach (var known in when)
                {
                    if (known.Ordinal == own && known.Value != condition.Value)
                        return false;
                }
                var passed = new ParameterTruth(own, condition.Value);
                if (!when.Contains(passed))
                    when = when.Add(passed);
            }
        }
        return true;
    }

    private SleepEffect Translate(SleepEffect effect, CallRecord call, BodyRecord caller, CallSubstitution substitution) => new(
        effect.What, Released(effect, call, substitution), new CallChain(call.Callee, call.Location, effect.Chain), effect.Origin,
        IsLocal(effect, call, caller));

    private bool IsLocal(CalleeEffect effect, CallRecord call, BodyRecord caller) =>
        effect.IsLocal && BodyIndex.IsSameType(_bodies.Find(call.Callee)?.OutermostType, caller.OutermostType);

    /// <summary>What callers may hold and is gone by then: let go by the caller before the call, or by the callee.</summary>
    private static ImmutableArray<PortableLock> Released(CalleeEffect effect, CallRecord call, CallSubstitution substitution)
    {
        var released = call.Before.ReleasedEntry;
        foreach (var one in effect.Released)
        {
            // What only the callee itself could name is none of what its callers hold; what its argument leads to may be
            // a value that only this caller can name.
            if (!one.IsNameable || one.Context is { } section && call.Ended.Contains(section))
                continue;
            var translated = substitution.Translate(one);
            if (!Contains(released, translated))
                released = released.Add(translated);
        }
        return released;
    }

    private static bool Contains(ImmutableArray<PortableLock> locks, PortableLock one)
    {
        foreach (var known in locks)
        {
            if (known.Context == one.Context && Equals(known.ByClass, one.ByClass) && Equals(known.Path, one.Path))
                return true;
        }
        return false;
    }

    private static bool IsHeld(PortableLock taken, ImmutableArray<HeldLock> held)
    {
        foreach (var one in held)
        {
            if (LockIdentity.IsSame(one.Lock, taken))
                return true;
        }
        return false;
    }

    /// <summary>A lock without a class that nobody above can name plays no part there.</summary>
    private static bool IsOfInterest(PortableLock taken) => taken.Class is not null || taken.Path is { IsNameable: true };
}
