using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Program;

/// <summary>What is wrong between a lock held and what a callee takes.</summary>
internal enum ConflictKind
{
    /// <summary>The declared order puts the inner one outside.</summary>
    DeclaredOrder,
    /// <summary>Two objects of one class, and nothing orders them.</summary>
    UnorderedNesting,
    /// <summary>One object, taken twice.</summary>
    DoubleAcquire,
    /// <summary>Both classes stand in a hierarchy that leaves them unordered.</summary>
    UndeclaredOrder,
}

/// <summary>What one call comes to, against what its caller holds.</summary>
/// <param name="Held">The locks it conflicts with.</param>
/// <param name="OnSomePaths">On other paths to the call they are not held.</param>
internal sealed record CallConflict(
    ConflictKind Kind, CallRecord Call, AcquireEffect Effect, ImmutableArray<HeldLock> Held, bool OnSomePaths);

/// <summary>A call may sleep where its caller may not.</summary>
/// <param name="Reason">What forbids it.</param>
internal sealed record CallSleep(CallRecord Call, SleepEffect Effect, AtomicReason Reason, bool OnSomePaths);

/// <summary>Which calls come to something that their caller's locks do not allow? One answer per call and kind.</summary>
internal sealed class CallConflicts(CalleeClosure closure, ContractCache contracts)
{
    /// <summary>The records of one call site: one for each set of holdings that it is reached with.</summary>
    public static IEnumerable<List<CallRecord>> Sites(BodyRecord body)
    {
        var sites = new Dictionary<(Location, IMethodSymbol), List<CallRecord>>(new SiteComparer());
        var order = new List<List<CallRecord>>();
        foreach (var call in body.Calls)
        {
            if (!sites.TryGetValue((call.Location, call.Callee), out var records))
            {
                sites.Add((call.Location, call.Callee), records = []);
                order.Add(records);
            }
            records.Add(call);
        }
        return order;
    }

    /// <summary>The nearest conflict of each kind at one call site.</summary>
    public IEnumerable<CallConflict> Find(BodyRecord body, List<CallRecord> site)
    {
        if (site[0].HidesAcquires || closure.Of(site[0].Callee) is not { Acquires.IsEmpty: false } effects
            || !effects.LeavesNesting && site.TrueForAll(static call => call.Before.Held.IsEmpty))
        {
            return [];
        }
        var excluded = Excluded(site[0].Callee);
        var nearest = new CallConflict?[4];
        var reachedWith = new int[4];
        foreach (var call in site)
        {
            var kindsHere = new bool[4];
            foreach (var (effect, asCalleeSees) in closure.AcquiresAt(call, body))
            {
                foreach (var conflict in Judge(body, call, effect, asCalleeSees, excluded))
                {
                    kindsHere[(int)conflict.Kind] = true;
                    if (nearest[(int)conflict.Kind] is not { } known || IsNearer(effect, known.Effect))
                        nearest[(int)conflict.Kind] = conflict;
                }
            }
            for (int i = 0; i < kindsHere.Length; i++)
                reachedWith[i] += kindsHere[i] ? 1 : 0;
        }
        return nearest.OfType<CallConflict>().Select(conflict =>
            conflict with { OnSomePaths = reachedWith[(int)conflict.Kind] < site.Count });
    }

    /// <summary>The nearest sleep that the caller's state forbids.</summary>
    public CallSleep? FindSleep(BodyRecord body, List<CallRecord> site)
    {
        if (site[0].HidesSleep || closure.Of(site[0].Callee).Sleeps.IsEmpty)
            return null;
        CallSleep? nearest = null;
        int reachedWith = 0;
        foreach (var call in site)
        {
            bool isForbidden = false;
            foreach (var effect in closure.SleepsAt(call, body))
            {
                if (AtomicState.Of(body, call.Before, effect.Released) is not { } reason)
                    continue;
                isForbidden = true;
                if (nearest is null || IsNearer(effect, nearest.Effect))
                    nearest = new CallSleep(call, effect, reason, false);
            }
            reachedWith += isForbidden ? 1 : 0;
        }
        return nearest is null ? null : nearest with { OnSomePaths = reachedWith < site.Count };
    }

    private IEnumerable<CallConflict> Judge(
        BodyRecord body, CallRecord call, AcquireEffect effect, PortableLock asCalleeSees, ImmutableArray<PortableLock> excluded)
    {
        if (effect.IsTry)
            yield break;
        var taken = effect.Lock;
        var held = BodyIndex.Remaining(call.Before.Held, effect.Released);
        foreach (var one in held)
        {
            if (!LockIdentity.IsSame(one.Lock, taken))
                continue;
            if (LockIdentity.IsDoubleAcquire(taken.Type, one.Mode, effect.Mode) && !IsExcluded(asCalleeSees, excluded) && !IsSignal(one.Lock, body))
                yield return new CallConflict(ConflictKind.DoubleAcquire, call, effect, [one], false);
            // Whatever else is held: this lock is not waited for.
            yield break;
        }
        foreach (var one in effect.Settled)
        {
            if (!LockIdentity.IsSame(one.Held.Lock, taken))
                continue;
            if (LockIdentity.IsDoubleAcquire(taken.Type, one.Held.Mode, effect.Mode))
                yield return new CallConflict(ConflictKind.DoubleAcquire, call, effect, [one.Held], false);
            yield break;
        }
        if (taken.Class is not { } inner || !taken.Type.Kind.IsOrdered())
            yield break;
        foreach (var one in effect.Settled)
        {
            if (!one.AreClassesJudged)
                held = held.Add(one.Held);
        }

        ImmutableArray<HeldLock> against = [], beside = [], unordered = [];
        foreach (var one in held)
        {
            if (one.Lock.Class is not { } outer || !one.Lock.Type.Kind.IsOrdered())
                continue;
            if (outer.Equals(inner))
            {
                if (IsUnorderedNesting(one, effect) && !IsExcused(one.Lock, taken, held) && !IsExcluded(asCalleeSees, excluded))
                    beside = beside.Add(one);
            }
            else if (contracts.Order.MustPrecede(inner, outer, out _))
            {
                against = against.Add(one);
            }
            else if (contracts.Order.StandsInHierarchy(inner) && contracts.Order.StandsInHierarchy(outer)
                && !contracts.Order.MustPrecede(outer, inner, out _))
            {
                unordered = unordered.Add(one);
            }
        }
        if (!against.IsEmpty)
            yield return new CallConflict(ConflictKind.DeclaredOrder, call, effect, against, false);
        if (!beside.IsEmpty)
            yield return new CallConflict(ConflictKind.UnorderedNesting, call, effect, beside, false);
        if (!unordered.IsEmpty)
            yield return new CallConflict(ConflictKind.UndeclaredOrder, call, effect, unordered, false);
    }

    private bool IsUnorderedNesting(HeldLock held, AcquireEffect effect)
    {
        var taken = effect.Lock;
        if (IsOrdered(held.Lock.Class!) || IsOrdered(taken.Class!) || taken.Type.Kind.AllowsNested(held.Mode, effect.Mode))
            return false;
        // "Some lock of the class" is another one or the same one twice: wrong either way, unless it may be taken twice.
        return LockIdentity.Relate(held.Lock, taken) == ObjectRelation.Other
            || (held.Lock.ByClass is not null || taken.ByClass is not null) && !taken.Type.Reentrant;
    }

    /// <summary>A plain semaphore that its holder never lets go: it is waited for like an event.</summary>
    private static bool IsSignal(PortableLock held, BodyRecord body) =>
        held is { IsPlain: true, Type.ThreadAffine: false } && !body.LetGo.Any(one => LockIdentity.IsSame(one, held));

    private static bool IsExcused(PortableLock held, PortableLock taken, ImmutableArray<HeldLock> all) =>
        held.IsPlain && taken.IsPlain
        && (NestingExcuses.AreWholeAndPart(held, taken) || NestingExcuses.AreBehindGate(held, taken, all) || NestingExcuses.MayBeTheSame(held, taken));

    private bool IsOrdered(LockClass lockClass) =>
        lockClass.Nesting == LockNesting.Ordered
        || lockClass.Declaration is null && contracts.FindClass(lockClass.Id)?.Nesting == LockNesting.Ordered;

    /// <summary>What the callee's contract excludes: a call that holds it is another rule's finding.</summary>
    private ImmutableArray<PortableLock> Excluded(IMethodSymbol callee)
    {
        var excluded = ImmutableArray<PortableLock>.Empty;
        foreach (var clause in contracts.Method(callee).Clauses)
        {
            if (clause.Kind != ClauseKind.MustNotHold)
                continue;
            foreach (var expression in clause.Locks)
            {
                if (PortableExpression.Of(expression) is { } path)
                    excluded = excluded.Add(path);
            }
        }
        return excluded;
    }

    private static bool IsExcluded(PortableLock taken, ImmutableArray<PortableLock> excluded) =>
        excluded.Any(one => LockIdentity.Covers(one, taken));

    /// <summary>The shorter way is the one to tell, and one within the type before all others.</summary>
    public static bool IsNearer(CalleeEffect effect, CalleeEffect than) =>
        effect.IsLocal != than.IsLocal ? effect.IsLocal : CallChain.LengthOf(effect.Chain) < CallChain.LengthOf(than.Chain);

    private sealed class SiteComparer : IEqualityComparer<(Location Place, IMethodSymbol Callee)>
    {
        public bool Equals((Location Place, IMethodSymbol Callee) x, (Location Place, IMethodSymbol Callee) y) =>
            x.Place.Equals(y.Place) && SymbolEqualityComparer.Default.Equals(x.Callee, y.Callee);

        public int GetHashCode((Location Place, IMethodSymbol Callee) site) => site.Place.GetHashCode();
    }
}
