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
        foreach (var body in bodies.Records)
        {
            foreach (var taken in body.Acquires)
                Declare(taken.Lock);
        }
        Observe(bodies, closure, IrqContext.Softirq);
        Observe(bodies, closure, IrqContext.Hardirq);
    }

    /// <summary>The bodies that run in some interrupt, by number.</summary>
    public ICollection<int> Reached => _reached;

    public IrqUse Of(LockClass lockClass)
    {
        var use = Of(lockClass.Id);
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
                Use(taken.Lock, taken.Mode, taken.IsTry, taken.Location, level);
            foreach (var call in body.Calls)
            {
                // What takes its parameter has a class only here, with the argument put in.
                foreach (var (effect, asCalleeSees) in closure.AcquiresAt(call, body))
                {
                    if (asCalleeSees.Class is null)
                        Use(effect.Lock, effect.Mode, effect.IsTry, effect.Origin, level);
                }
                if (bodies.NumberOf(call.Callee) is var callee and >= 0 && bodies.Records[callee].RunsIn is null && seen.Add(callee))
                    open.Enqueue(callee);
            }
        }
    }

    // A class that stands on several members says it on one of them.
    private void Declare(PortableLock taken)
    {
        if (taken.Class is { TakenIn: not IrqContext.None } lockClass && lockClass.TakenIn > Of(lockClass.Id).Declared)
            _uses[lockClass.Id] = new IrqUse(lockClass.TakenIn, IrqContext.None, LockMode.Exclusive, null);
    }

    private void Use(PortableLock taken, LockMode mode, bool isTry, Location place, IrqContext level)
    {
        // Waiting for a sleeping lock in an interrupt is wrong in itself, and no section of its other holders could help it.
        if (taken.Class is not { } lockClass || !taken.Type.Kind.IsOrdered() || taken.Type.Kind.AcquireMaySleep() && !isTry)
            return;
        var known = Of(lockClass.Id);
        _uses[lockClass.Id] = known with
        {
            Observed = level > known.Observed ? level : known.Observed,
            Mode = mode > known.Mode ? mode : known.Mode,
            Place = level > known.Observed ? place : known.Place,
        };
    }

    private IrqUse Of(string id) => _uses.TryGetValue(id, out var use) ? use : IrqUse.None;

    private static IrqContext LevelOf(RunContext? context) => context switch
    {
        RunContext.Softirq => IrqContext.Softirq,
        RunContext.Hardirq or RunContext.Any => IrqContext.Hardirq,
        _ => IrqContext.None,
    };
}
