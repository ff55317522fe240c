using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Program;

/// <summary>A lock of an ordered class is taken, or goes on being held, in some state of the interrupts.</summary>
/// <param name="GoesOn">It was held already when interrupts came on here.</param>
/// <param name="AcquiredAt">Where it had been taken then.</param>
/// <param name="Under">The strongest use by interrupts of what else is held there.</param>
/// <param name="WasSaidLive">Its body and its class tell all; another rule has said it.</param>
internal sealed record IrqPlace(
    PortableLock Lock, LockMode Mode, Location Place, Location? AcquiredAt, bool GoesOn, bool IrqOff, bool BhOff, IrqContext Under,
    bool WasSaidLive)
{
    public LockClass Class => Lock.Class!;

    /// <summary>An interrupt of that level can come here.</summary>
    public bool IsExposedTo(IrqContext level) => !IrqUsage.IsShutOut(level, IrqOff, BhOff);
}

/// <summary>In which state of the interrupts is each lock taken and held?</summary>
internal sealed class IrqExposure(BodyIndex bodies, IrqUsage usage, EntryConditions entry)
{
    /// <summary>Every place, in the order of the records. What runs in a hard interrupt is exposed to nothing.</summary>
    public IEnumerable<IrqPlace> Places()
    {
        for (int number = 0; number < bodies.Records.Count; number++)
        {
            var body = bodies.Records[number];
            foreach (var taken in body.Acquires)
            {
                if (taken.AlreadyHeld || taken.IsAnnounced || taken.Lock.Class is not { } lockClass || !taken.Lock.Type.Kind.IsOrdered())
                    continue;
                var (irqOff, bhOff) = StateOf(number, taken.IrqOff, taken.BhOff, taken.Before.Held);
                yield return new IrqPlace(
                    taken.Lock, taken.Mode, taken.Location, null, GoesOn: false, irqOff, bhOff, StrongestUse(taken.Before.Held),
                    !IrqUsage.IsShutOut(lockClass.TakenIn, taken.IrqOff, taken.BhOff));
            }
            foreach (var on in body.IrqOns)
            {
                var (irqOff, bhOff) = StateOf(number, on.After.IrqOff, on.After.BhOff, on.After.Held);
                foreach (var held in on.After.Held)
                {
                    // Held on entry: that the section was the caller's is said already.
                    if (held.Site is null || held.Lock.Class is not { } lockClass || !held.Lock.Type.Kind.IsOrdered())
                        continue;
                    yield return new IrqPlace(
                        held.Lock, held.Mode, on.Location, held.Site, GoesOn: true, irqOff, bhOff, IrqContext.None,
                        !IrqUsage.IsShutOut(lockClass.TakenIn, on.After.IrqOff, on.After.BhOff));
                }
            }
        }
    }

    private (bool IrqOff, bool BhOff) StateOf(int number, bool irqOff, bool bhOff, ImmutableArray<HeldLock> held)
    {
        var body = bodies.Records[number];
        irqOff |= entry.IrqOff(number) || IrqUsage.RunsInside(body, IrqContext.Hardirq);
        bhOff |= entry.BhOff(number) || IrqUsage.RunsInside(body, IrqContext.Softirq);
        foreach (var one in held)
        {
            // Held on entry by contract: whoever holds a class that interrupts take has shut them out.
            if (one.Site is not null || one.Lock.Class is not { } lockClass)
                continue;
            var level = usage.Of(lockClass).Level;
            irqOff |= level == IrqContext.Hardirq;
            bhOff |= level == IrqContext.Softirq;
        }
        return (irqOff, bhOff);
    }

    private IrqContext StrongestUse(ImmutableArray<HeldLock> held)
    {
        var strongest = IrqContext.None;
        foreach (var one in held)
        {
            if (one.Lock.Class is { } lockClass && usage.Of(lockClass).Level is var level && level > strongest)
                strongest = level;
        }
        return strongest;
    }
}
