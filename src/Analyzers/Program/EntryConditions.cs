using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Program;

/// <summary>
/// What holds whenever a body without a contract is entered, because all of its callers see to it? A private helper that is
/// only called under a lock stands under that lock; one that is only called with interrupts off has them off.
/// </summary>
/// <remarks>
/// A greatest fixpoint over the calls: it starts from "everything" and keeps what every caller confirms. Only helpers whose
/// callers are all known take part; nothing is claimed for the rest.
/// </remarks>
internal sealed class EntryConditions
{
    private const int Rounds = 16;

    private readonly Dictionary<int, Condition> _conditions = [];

    /// <param name="reachedFromInterrupts">Bodies that run in an interrupt: their callers tell whether they run elsewhere too.</param>
    /// <param name="infers">Private helpers may stand under their callers' locks.</param>
    public EntryConditions(BodyIndex bodies, ContractCache contracts, ICollection<int> reachedFromInterrupts, bool infers)
    {
        var callers = CallersOf(bodies, contracts, reachedFromInterrupts);
        for (int round = 0; callers.Count > 0; round++)
        {
            bool changed = false;
            foreach (var pair in callers)
            {
                var condition = Meet(pair.Value);
                // Only a private helper stands under its callers' locks: others may be called by anybody.
                if (!infers || !IsPrivate(bodies.Records[pair.Key].Method!))
                    condition = condition with { Held = [] };
                changed |= !condition.Equals(_conditions[pair.Key]);
                _conditions[pair.Key] = condition;
            }
            if (!changed)
                return;
            if (round == Rounds)
            {
                _conditions.Clear();
                return;
            }
        }
    }

    /// <summary>Locks of one object that are held whenever the body runs.</summary>
    public ImmutableArray<PortableLock> HeldBy(int body) =>
        _conditions.TryGetValue(body, out var condition) && !condition.Held.IsDefault ? condition.Held : [];

    public bool IrqOff(int body) => _conditions.TryGetValue(body, out var condition) && condition.IrqOff;

    public bool BhOff(int body) => _conditions.TryGetValue(body, out var condition) && condition.BhOff;

    private Dictionary<int, List<(int Caller, CallRecord Call)>> CallersOf(
        BodyIndex bodies, ContractCache contracts, ICollection<int> reachedFromInterrupts)
    {
        var escaping = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        foreach (var body in bodies.Records)
        {
            foreach (var method in body.EscapingMethods)
                escaping.Add(BodyIndex.Definition(method));
        }
        var callers = new Dictionary<int, List<(int, CallRecord)>>();
        for (int caller = 0; caller < bodies.Records.Count; caller++)
        {
            foreach (var call in bodies.Records[caller].Calls)
            {
                int callee = bodies.NumberOf(call.Callee);
                if (callee < 0 || bodies.Records[callee] is not { Method: { } method, RunsIn: null }
                    || !IsPrivate(method) && !reachedFromInterrupts.Contains(callee)
                    || method.IsVirtual || method.IsOverride || escaping.Contains(BodyIndex.Definition(method))
                    || contracts.Method(method).IsDeclared)
                {
                    continue;
                }
                if (!callers.TryGetValue(callee, out var calls))
                {
                    callers.Add(callee, calls = []);
                    _conditions.Add(callee, Condition.Everything);
                }
                calls.Add((caller, call));
            }
        }
        return callers;
    }

    private Condition Meet(List<(int Caller, CallRecord Call)> calls)
    {
        var met = Condition.Everything;
        foreach (var (caller, call) in calls)
        {
            var there = _conditions.TryGetValue(caller, out var known) ? known : Condition.Nothing;
            if (there.Held.IsDefault)
                continue;
            met = new Condition(
                met.IrqOff && (there.IrqOff || call.Before.IrqOff), met.BhOff && (there.BhOff || call.Before.BhOff),
                Common(met.Held, there.Held, call));
        }
        return met;
    }

    // Statics and the receiver's own locks, where the receiver is handed on; others have other names on the other side.
    private static ImmutableArray<PortableLock> Common(
        ImmutableArray<PortableLock> so, ImmutableArray<PortableLock> byCaller, CallRecord call)
    {
        var held = ImmutableArray.CreateBuilder<PortableLock>();
        foreach (var one in byCaller)
            Consider(one);
        foreach (var one in call.Before.Held)
        {
            if (one.Mode == LockMode.Exclusive)
                Consider(one.Lock);
        }
        return held.ToImmutable();

        void Consider(PortableLock one)
        {
            bool isNamedSo = one.Path?.Root switch
            {
                PortableRoot.Static or PortableRoot.TypeObject => true,
                PortableRoot.This => call.Callee.MethodKind == MethodKind.LocalFunction
                    || call.Receiver is { Root: PortableRoot.This, Members.IsEmpty: true },
                _ => false,
            };
            if (isNamedSo && !Contains(held, one) && (so.IsDefault || Contains(so, one)))
                held.Add(one);
        }
    }

    private static bool Contains(IReadOnlyList<PortableLock> locks, PortableLock one)
    {
        for (int i = 0; i < locks.Count; i++)
        {
            if (LockIdentity.IsSame(locks[i], one))
                return true;
        }
        return false;
    }

    private static bool IsPrivate(IMethodSymbol method) =>
        method.MethodKind == MethodKind.LocalFunction
        || method.DeclaredAccessibility == Accessibility.Private && method.ExplicitInterfaceImplementations.IsEmpty;

    /// <param name="Held">Default for "everything": not yet visited.</param>
    private readonly record struct Condition(bool IrqOff, bool BhOff, ImmutableArray<PortableLock> Held)
    {
        public static Condition Everything { get; } = new(true, true, default);

        public static Condition Nothing { get; } = new(false, false, []);

        public bool Equals(Condition other) =>
            IrqOff == other.IrqOff && BhOff == other.BhOff && Held.IsDefault == other.Held.IsDefault
            && (Held.IsDefault || Held.Length == other.Held.Length);

        public override int GetHashCode() => Held.IsDefault ? -1 : Held.Length;
    }
}
