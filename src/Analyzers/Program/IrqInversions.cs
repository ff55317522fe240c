using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Program;

/// <summary>A class that interrupts take is held around one that is elsewhere taken with them on.</summary>
/// <param name="Exposed">The class that is taken with interrupts on: the inner one, or one further in.</param>
/// <param name="ExposedAt">Where.</param>
internal sealed record IrqInversion(ObservedEdge Edge, IrqUse Use, LockClass Exposed, Location ExposedAt);

/// <summary>Along which steps of the observed order can an interrupt wait for who waits for those it interrupted?</summary>
/// <remarks>
/// A class that interrupts take themselves is no end of such a way: taking it with interrupts on is a finding of its own, and so
/// is what is taken under a lock held that way.
/// </remarks>
internal static class IrqInversions
{
    public static IEnumerable<IrqInversion> Find(ObservedOrder order, IrqUsage usage, IReadOnlyList<IrqPlace> places)
    {
        var outer = order.Steps.Where(edge => usage.Of(edge.Outer).Level != IrqContext.None).ToList();
        if (outer.Count == 0)
            yield break;
        var ends = new Dictionary<IrqContext, Dictionary<StepKey, IrqPlace>>();
        foreach (var edge in order.Edges)
        {
            var use = usage.Of(edge.Outer);
            if (use.Level == IrqContext.None || !LockIdentity.Waits(edge.Held.Lock.Type.Kind, use.Mode, edge.Held.Mode))
                continue;
            if (!ends.TryGetValue(use.Level, out var reached))
                ends.Add(use.Level, reached = Reach(order.Steps, usage, places, use.Level));
            if (reached.TryGetValue(new StepKey(edge), out var end) && !end.Class.Equals(edge.Outer))
                yield return new IrqInversion(edge, use, end.Class, end.Place);
        }
    }

    /// <summary>The steps from which a class is reached that is taken while such interrupts can come, with the nearest such place.</summary>
    private static Dictionary<StepKey, IrqPlace> Reach(
        IReadOnlyList<ObservedEdge> steps, IrqUsage usage, IReadOnlyList<IrqPlace> places, IrqContext level)
    {
        var exposed = new Dictionary<string, List<IrqPlace>>(StringComparer.Ordinal);
        foreach (var place in places)
        {
            if (!place.IsExposedTo(level) || place.Under >= level || usage.Of(place.Class).Level >= level)
                continue;
            if (!exposed.TryGetValue(place.Class.Id, out var list))
                exposed.Add(place.Class.Id, list = []);
            list.Add(place);
        }
        var reached = new Dictionary<StepKey, IrqPlace>();
        if (exposed.Count == 0)
            return reached;

        var inward = new Dictionary<string, List<ObservedEdge>>(StringComparer.Ordinal);
        var open = new Queue<ObservedEdge>();
        foreach (var step in steps)
        {
            if (!inward.TryGetValue(step.Inner.Id, out var list))
                inward.Add(step.Inner.Id, list = []);
            list.Add(step);
            if (exposed.TryGetValue(step.Inner.Id, out var ends)
                && ends.Find(end => LockIdentity.Waits(step.Taken.Type.Kind, step.Mode, end.Mode)) is { } end
                && !reached.ContainsKey(new StepKey(step)))
            {
                reached.Add(new StepKey(step), end);
                open.Enqueue(step);
            }
        }
        while (open.Count > 0)
        {
            var step = open.Dequeue();
            if (!inward.TryGetValue(step.Outer.Id, out var before))
                continue;
            foreach (var earlier in before)
            {
                if (!reached.ContainsKey(new StepKey(earlier)) && earlier.WaitsFor(step))
                {
                    reached.Add(new StepKey(earlier), reached[new StepKey(step)]);
                    open.Enqueue(earlier);
                }
            }
        }
        return reached;
    }

    /// <summary>All of a step that matters here.</summary>
    private readonly record struct StepKey(string Outer, string Inner, LockMode Held, LockMode Taken)
    {
        public StepKey(ObservedEdge edge)
            : this(edge.Outer.Id, edge.Inner.Id, edge.Held.Mode, edge.Mode)
        {
        }
    }
}
