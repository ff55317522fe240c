using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Flow.Summaries;

/// <summary>Collects what one body leaves behind, while its final states are walked.</summary>
internal sealed class BodyRecorder
{
    private readonly Dictionary<Value, object> _opaque = [];
    private readonly List<Demand> _demands = [];
    private readonly List<(bool? Returned, ImmutableArray<(PortableLock Lock, LockMode Mode, bool Acquires)> Effects)> _exits = [];
    private readonly HashSet<(Location, HeldKey, string)> _seen = [];

    public List<AcquireRecord> Acquires { get; } = [];

    public List<SleepRecord> Sleeps { get; } = [];

    public List<CallRecord> Calls { get; } = [];

    public List<FieldAccessRecord> Accesses { get; } = [];

    public List<IrqOnRecord> IrqOns { get; } = [];

    public List<IMethodSymbol> EscapingMethods { get; } = [];

    /// <summary>Plain locks that this body takes somewhere: it means to pair them.</summary>
    public HashSet<Capability> PlainTaken { get; } = [];

    /// <summary>Plain locks that this body lets go on some normal path.</summary>
    public HashSet<Capability> PlainReleased { get; } = [];

    /// <summary>Plain locks that this body lets go anywhere, itself or through a private callee.</summary>
    public HashSet<Capability> PlainLetGo { get; } = [];

    private readonly HashSet<PortablePath> _follows = [];
    private List<PortableLock>? _waits;
    private ReturnedPointer? _returned;
    private bool _returnsOther;

    /// <summary>Bounds that were reached.</summary>
    public SortedSet<string> Bounds { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<Demand> Demands => _demands;

    /// <summary>The body runs while what it returned is enumerated, not at the call.</summary>
    public bool IsIterator { get; set; }

    public void Incomplete(string bound) => Bounds.Add(bound);

    public BodyRecorder() => Opaque = StandIn;

    /// <summary>A stable stand-in for a value that nobody outside can name.</summary>
    public Func<Value, object> Opaque { get; }

    private object StandIn(Value value)
    {
        if (!_opaque.TryGetValue(value, out var token))
            _opaque.Add(value, token = new object());
        return token;
    }

    public PortableLock Portable(Capability capability) => PortableLock.Of(capability, Opaque);

    public ImmutableArray<PortableLock> SemaphoresLetGo()
    {
        if (PlainLetGo.Count == 0)
            return [];
        var letGo = ImmutableArray.CreateBuilder<PortableLock>();
        foreach (var capability in PlainLetGo)
        {
            if (!capability.Type.ThreadAffine)
                letGo.Add(Portable(capability));
        }
        return letGo.ToImmutable();
    }

    /// <summary>What is held, in the order in which it was taken.</summary>
    public ImmutableArray<HeldLock> Portable(ImmutableArray<Held> held)
    {
        var portable = ImmutableArray.CreateBuilder<HeldLock>(held.Length);
        foreach (var one in held)
            portable.Add(new HeldLock(Portable(one.Capability), one.Mode, one.Site?.Syntax.GetLocation()));
        return portable.MoveToImmutable();
    }

    public void Demand(Demand demand)
    {
        foreach (var known in _demands)
        {
            if (known.Same(demand))
                return;
        }
        _demands.Add(demand);
    }

    /// <summary>What a parameter or an outer variable names is followed.</summary>
    public void Follow(Value value) => _follows.Add(PortablePath.Of(value, Opaque));

    /// <summary>What was waited for at one normal exit.</summary>
    public void ExitWaited(ImmutableArray<Capability> flavors)
    {
        if (_waits is null)
        {
            _waits = [];
            foreach (var flavor in flavors)
                _waits.Add(Portable(flavor));
            return;
        }
        for (int i = _waits.Count - 1; i >= 0; i--)
        {
            bool again = false;
            foreach (var flavor in flavors)
                again |= Portable(flavor) is var other && other.Context == _waits[i].Context && Equals(other.Path, _waits[i].Path);
            if (!again)
                _waits.RemoveAt(i);
        }
    }

    /// <summary>What one normal exit returns: an RCU pointer's value, or something else (null for both).</summary>
    public void ExitReturns(Borrow? borrow)
    {
        _returnsOther |= borrow is null;
        if (borrow is null)
            return;
        var place = borrow.Place is null ? null : PortablePath.Of(borrow.Place, Opaque);
        _returned = new ReturnedPointer(
            place is { IsNameable: true } ? place : null,
            borrow.Flavor is null ? null : Portable(borrow.Flavor), borrow.UpdateLock is null ? null : Portable(borrow.UpdateLock),
            borrow.Peeked || _returned?.Peeked == true);
    }

    /// <summary>What callers have to know of this body.</summary>
    public MethodSummary Summary() => new([.. _demands], Effects())
    {
        Waits = _waits is null ? [] : [.. _waits.FindAll(static wait => wait.IsNameable)],
        Follows = [.. _follows],
        Returned = _returnsOther || _returned is { Flavor.IsNameable: false } ? null : _returned,
    };

    /// <summary>True the first time that a place is met with these holdings.</summary>
    public bool IsNew(Location location, HeldSnapshot snapshot, string distinction) =>
        _seen.Add((location, new HeldKey(snapshot), distinction));

    /// <summary>What is plainly held or owed at one normal exit.</summary>
    public void Exit(bool? returned, ImmutableArray<(PortableLock Lock, LockMode Mode, bool Acquires)> effects) =>
        _exits.Add((returned, effects));

    /// <summary>The effects on plain locks that all exits agree on, or that the boolean result tells apart.</summary>
    public ImmutableArray<PlainEffect> Effects()
    {
        if (_exits.Count == 0)
            return [];
        if (Agreed(static _ => true) is { } always)
            return Build(always, null);
        bool told = _exits.TrueForAll(static e => e.Returned is not null);
        if (told && Agreed(static e => e.Returned == true) is { } whenTrue && Agreed(static e => e.Returned == false) is { } whenFalse)
            return Build(whenTrue, true).AddRange(Build(whenFalse, false));
        return [];

        ImmutableArray<(PortableLock Lock, LockMode Mode, bool Acquires)>? Agreed(
            Func<(bool? Returned, ImmutableArray<(PortableLock, LockMode, bool)> Effects), bool> of)
        {
            ImmutableArray<(PortableLock Lock, LockMode Mode, bool Acquires)>? first = null;
            foreach (var exit in _exits)
            {
                if (!of(exit))
                    continue;
                if (first is null)
                    first = exit.Effects;
                else if (!SameEffects(first.Value, exit.Effects))
                    return null;
            }
            return first;
        }

        static ImmutableArray<PlainEffect> Build(ImmutableArray<(PortableLock Lock, LockMode Mode, bool Acquires)> effects, bool? outcome)
        {
            var result = ImmutableArray.CreateBuilder<PlainEffect>();
            foreach (var (taken, mode, acquires) in effects)
            {
                if (taken.IsNameable)
                    result.Add(new PlainEffect(taken, mode, acquires, outcome));
            }
            return result.ToImmutable();
        }

        static bool SameEffects(
            ImmutableArray<(PortableLock Lock, LockMode Mode, bool Acquires)> a, ImmutableArray<(PortableLock Lock, LockMode Mode, bool Acquires)> b)
        {
            if (a.Length != b.Length)
                return false;
            foreach (var one in a)
            {
                bool found = false;
                foreach (var other in b)
                    found |= one.Mode == other.Mode && one.Acquires == other.Acquires && one.Lock.IsSameObject(other.Lock);
                if (!found)
                    return false;
            }
            return true;
        }
    }

    /// <summary>Held locks as a key: which, in which mode.</summary>
    private readonly struct HeldKey(HeldSnapshot snapshot) : IEquatable<HeldKey>
    {
        private readonly HeldSnapshot _snapshot = snapshot;

        public bool Equals(HeldKey other)
        {
            var a = _snapshot;
            var b = other._snapshot;
            if (a.Held.Length != b.Held.Length || a.IrqOff != b.IrqOff || a.BhOff != b.BhOff
                || a.ReleasedEntry.Length != b.ReleasedEntry.Length)
            {
                return false;
            }
            for (int i = 0; i < a.Held.Length; i++)
            {
                if (a.Held[i].Mode != b.Held[i].Mode || !Equals(a.Held[i].Lock.Path, b.Held[i].Lock.Path)
                    || a.Held[i].Lock.Context != b.Held[i].Lock.Context || !Equals(a.Held[i].Lock.ByClass, b.Held[i].Lock.ByClass))
                {
                    return false;
                }
            }
            return true;
        }

        public override bool Equals(object? obj) => obj is HeldKey other && Equals(other);

        public override int GetHashCode()
        {
            int hash = _snapshot.Held.Length;
            foreach (var held in _snapshot.Held)
                hash = unchecked(hash * 31 + (held.Lock.Path?.GetHashCode() ?? (int)(held.Lock.Context ?? 0)));
            return hash;
        }
    }
}
