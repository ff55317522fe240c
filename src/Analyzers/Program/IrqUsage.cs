using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Program;

/// <summary>How interrupts use one class.</summary>
/// <param name="Declared">What the class itself says.</param>
/// <param name="Observed">The strongest interrupt in which some body takes it.</param>
/// <param name="Mode">The strongest mode in which an interrupt takes it.</param>
/// <param name="Place">Where an interrupt takes it; null where only the class says so.</param>
internal sealed record IrqUse(IrqContext Declared, IrqContext Observed, LockMode Mode, Location? Place)
{
    public static IrqUse None { get; } = new(IrqContext.None, IrqContext.None, LockMode.Shared, null);

    /// <summary>The stronger of declared and observed counts.</summary>
    public IrqContext Level => Declared > Observed ? Declared : Observed;
}

/// <summary>Which classes do interrupts take? Those that say so, and those taken by what runs in an interrupt.</summary>
/// <remarks>
/// A method runs in the interrupt that its own <c>[RunsIn]</c> names, or in those of its callers when it names none. A try
/// takes the class there like any other; tokens and sections are used by nobody else.
/// </remarks>
internal sealed class IrqUsage
{
    private readonly Dictionary<string, IrqUse> _uses = new(StringComparer.Ordinal);
    private readonly HashSet<int> _reached = [];

    public IrqUsage(BodyIndex bodies, CalleeClosure closure)
    {
        Observe(bodies, closure, IrqContext.Softirq);
        Observe(bodies, closure, IrqContext.Hardirq);
    }

    /// <summary>No body runs in an interrupt.</summary>
    public bool NothingObserved => _reached.Count == 0;

    /// <summary>The bodies that run in some interrupt, by number.</summary>
    public ICollection<int> Reached => _reached;

    public IrqUse Of(LockClass lockClass)
    {
        _uses.TryGetValue(lockClass.Id, out var use);
        use ??= IrqUse.None;
        return lockClass.TakenIn > use.Declared ? use with { Declared = lockClass.TakenIn, Mode = LockMode.Exclusive } : use;
    }

    /// <summary>The context of a body shuts out the interrupts of that level, or is one.</summary>
    public static bool RunsInside(BodyRecord body, IrqContext level) => body.RunsIn switch
    {
        RunContext.Hardirq or RunContext.Any => true,
        RunContext.Softirq => level == IrqContext.Softirq,
        _ => false,
    };

    /// <summary>No interrupt of that level comes here.</summary>
    public static bool IsShutOut(IrqContext level, bool irqOff, bool bhOff) =>
        irqOff || bhOff && level == IrqContext.Softirq || level == IrqContext.None;

    private void Observe(BodyIndex bodies, CalleeClosure closure, IrqContext level)
    {
        var seen = new HashSet<int>();
        var open = new Queue<int>();
        for (int i = 0; i < bodies.Records.Count; i++)
        {
            if (LevelOf(bodies.Records[i].RunsIn) == level && seen.Add(i))
                open.Enqueue(i);
        }
        while (open.Count > 0)
        {
            int number = open.Dequeue();
            _reached.Add(number);
            var body = bodies.Records[number];
            foreach (var taken in body.Acquires)
                Use(taken.Lock, taken.Mode, taken.Location, level);
            foreach (var call in body.Calls)
            {
                // What takes its parameter has a class only here, with the argument put in.
                foreach (var (effect, asCalleeSees) in closure.AcquiresAt(call, body))
                {
                    if (asCalleeSees.Class is null)
                        Use(effect.Lock, effect.Mode, effect.Origin, level);
                }
                if (bodies.NumberOf(call.Callee) is var callee and >= 0 && bodies.Records[callee].RunsIn is null && seen.Add(callee))
                    open.Enqueue(callee);
            }
        }
    }

    private void Use(PortableLock taken, LockMode mode, Location place, IrqContext level)
    {
        if (taken.Class is not { } lockClass || !taken.Type.Kind.IsOrdered())
            return;
        _uses.TryGetValue(lockClass.Id, out var known);
        if (known is null)
        {
            _uses.Add(lockClass.Id, new IrqUse(lockClass.TakenIn, level, mode, place));
            return;
        }
        _uses[lockClass.Id] = new IrqUse(
            lockClass.TakenIn > known.Declared ? lockClass.TakenIn : known.Declared,
            level > known.Observed ? level : known.Observed,
            mode > known.Mode || lockClass.TakenIn != IrqContext.None ? LockMode.Exclusive : known.Mode,
            level > known.Observed ? place : known.Place);
    }

    private static IrqContext LevelOf(RunContext? context) => context switch
    {
        RunContext.Softirq => IrqContext.Softirq,
        RunContext.Hardirq or RunContext.Any => IrqContext.Hardirq,
        _ => IrqContext.None,
    };
}
