using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Flow.State;

/// <summary>What forbids sleeping, and where it began.</summary>
internal sealed record AtomicContext(Capability Capability, IOperation? Site)
{
    /// <summary>The first thing held that forbids sleeping in this world; null when nothing does.</summary>
    public static AtomicContext? Of(World world)
    {
        foreach (var held in world.Held)
        {
            if (held.Capability.Context is null
                ? held.Capability.Type.Kind.ForbidsSleep(held.Mode)
                : held.Count > 0)
            {
                return new AtomicContext(held.Capability, held.Site);
            }
        }
        return world.Irq.IsOff ? new AtomicContext(Capability.OfContext(ContextKind.Irq), world.Irq.Site) : null;
    }
}
