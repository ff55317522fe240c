using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Model;
using MmLock.Analyzers.Ordering;

namespace MmLock.Analyzers.Program;

/// <summary>In which order does the program take its lock classes, and where does that order bite its tail?</summary>
/// <remarks>
/// Only waiting makes a step: tries are outer locks and never inner ones. A step that the declared order forbids is said by
/// another rule and is none here. Steps within one class are another rule's too.
/// </remarks>
internal sealed class ObservedOrder
{
    private readonly List<ObservedEdge> _edges = [];
    private readonly ContractCache _contracts;

    public ObservedOrder(
        BodyIndex bodies, CalleeClosure closure, EntryConditions entry, ContractCache contracts, SourceOrder places,
        CancellationToken cancellation)
    {
        _contracts = contracts;
        for (int number = 0; number < bodies.Records.Count; number++)
        {
            var body = bodies.Records[number];
            var always = entry.HeldBy(number);
            cancellation.ThrowIfCancellationRequested();
            foreach (var taken in body.Acquires)
            {
                if (taken.AlreadyHeld || taken.IsTry || taken.IsFresh || taken.Before.Held.IsEmpty)
                    continue;
                Add(body, taken.Before.Held, taken.Lock, taken.Mode, always, taken.Location, null, taken.Location);
            }
            foreach (var call in body.Calls)
            {
                if (!call.Before.Held.IsEmpty || closure.Of(call.Callee).LeavesNesting)
                    AddCallees(body, call, closure, always);
            }
        }
        // What is nearer comes first, then what stands first: so rings, and who speaks for many like steps, are always the same.
        _edges.Sort((x, y) =>
        {
            int result = CallChain.LengthOf(x.Chain).CompareTo(CallChain.LengthOf(y.Chain));
            if (result == 0)
                result = places.Compare(x.Place, y.Place);
            if (result == 0)
                result = string.CompareOrdinal(x.Outer.Id, y.Outer.Id);
            if (result == 0)
                result = string.CompareOrdinal(x.Inner.Id, y.Inner.Id);
            return result != 0 ? result : (x.Held.Mode, x.Mode).CompareTo((y.Held.Mode, y.Mode));
        });
        Steps = Distinct(_edges);
    }

    /// <summary>Every step at every place, the nearest first.</summary>
    public IReadOnlyList<ObservedEdge> Edges => _edges;

    /// <summary>One of all that are alike.</summary>
    public IReadOnlyList<ObservedEdge> Steps { get; }

    /// <summary>The steps on rings, once for each pair of classes, each with a shortest ring that begins with it.</summary>
    public IReadOnlyList<(ObservedEdge Edge, ImmutableArray<ObservedEdge> Ring)> Rings()
    {
        var finder = new CycleFinder<LockClass, ObservedEdge>(
            static edge => edge.Outer, static edge => edge.Inner, static (first, second) => first.WaitsFor(second),
            static ring => !Gates.Exclude(ring));
        var shortest = new Dictionary<(LockClass, LockClass), int>();
        var rings = new List<(ObservedEdge Edge, ImmutableArray<ObservedEdge> Ring)>();
        foreach (var found in finder.Find(Steps))
        {
            var pair = (found.Edge.Outer, found.Edge.Inner);
            if (!shortest.TryGetValue(pair, out int known))
            {
                shortest.Add(pair, rings.Count);
                rings.Add(found);
            }
            else if (found.Ring.Length < rings[known].Ring.Length)
            {
                rings[known] = found;
            }
        }
        return rings;
    }

    private void AddCallees(BodyRecord body, CallRecord call, CalleeClosure closure, ImmutableArray<PortableLock> always)
    {
        foreach (var (effect, _) in closure.AcquiresAt(call, body))
        {
            if (effect.IsTry || effect.Lock.Class is null)
                continue;
            var held = BodyIndex.Remaining(call.Before.Held, effect.Released);
            if (held.Any(one => IsTakenAgain(one.Lock, effect.Lock)) || effect.Settled.Any(one => LockIdentity.IsSame(one.Held.Lock, effect.Lock)))
                continue;
            held = held.AddRange(effect.Settled.Where(static one => !one.AreClassesJudged).Select(static one => one.Held));
            Add(body, held, effect.Lock, effect.Mode, always.AddRange(effect.Under), call.Location, effect.Chain, effect.Origin);
        }
    }

    private void Add(
        BodyRecord body, ImmutableArray<HeldLock> held, PortableLock taken, LockMode mode,
        ImmutableArray<PortableLock> under, Location place, CallChain? chain, Location origin)
    {
        if (taken.Class is not { } inner || !taken.Type.Kind.IsOrdered())
            return;
        foreach (var one in held)
        {
            if (one.Lock.Class is not { } outer || outer.Equals(inner) || !one.Lock.Type.Kind.IsOrdered()
                || one.Lock.Type.Kind == LockKind.Sequence && one.Mode == LockMode.Shared
                || _contracts.Order.MustPrecede(inner, outer, out _))
            {
                continue;
            }
            var candidates = Gates.Candidates(held, taken, under);
            _edges.Add(new ObservedEdge(
                one, taken, mode, Gates.Of(one.Lock, taken, candidates), place, chain, origin, body.Method ?? body.Owner));
        }
    }

    // In doubt a lock that can be taken again is the one already held.
    private static bool IsTakenAgain(PortableLock held, PortableLock taken) => LockIdentity.Relate(held, taken) switch
    {
        ObjectRelation.Same => true,
        ObjectRelation.Unknown => taken.Type.Reentrant && taken.Class is { } lockClass && lockClass.Equals(held.Class),
        ObjectRelation.Other => held.IsPlain && taken.IsPlain && taken.Class is { } lockClass && lockClass.Equals(held.Class)
            && NestingExcuses.MayBeTheSame(held, taken),
        _ => false,
    };

    private static List<ObservedEdge> Distinct(List<ObservedEdge> edges)
    {
        var known = new Dictionary<(LockClass, LockClass), List<ObservedEdge>>();
        var steps = new List<ObservedEdge>();
        foreach (var edge in edges)
        {
            if (!known.TryGetValue((edge.Outer, edge.Inner), out var alike))
                known.Add((edge.Outer, edge.Inner), alike = []);
            if (alike.Exists(edge.IsAlike))
                continue;
            alike.Add(edge);
            steps.Add(edge);
        }
        return steps;
    }
}
