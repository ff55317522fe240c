using System.Collections.Generic;
using System.Linq;
using MmLock.Mutation.Tests.Model;
using MmLock.Mutation.Tests.Mutants;

namespace MmLock.Mutation.Tests.Operators;

/// <summary>A lock that belongs outside is taken inside, for a moment.</summary>
internal sealed class TakeOutOfOrder : IOperator
{
    /// <summary>Locks that every body can name, by class.</summary>
    private static readonly (string Class, string Take)[] Statics =
    [
        ("cgroup_mutex", "Cgroup.CgroupMutex.Lock(); Cgroup.CgroupMutex.Unlock();"),
        ("mem_hotplug_lock", "MemoryHotplug.MemHotplugLock.DownRead(); MemoryHotplug.MemHotplugLock.UpRead();"),
        ("swap_lock", "Swapfile.SwapLock.Lock(); Swapfile.SwapLock.Unlock();"),
        ("lru_pvecs_lock", "LruPvecs.Lock.Lock(); LruPvecs.Lock.Unlock();"),
    ];

    public string Name => "take out of order";

    public string Breaks => "the hierarchy says that what is held is taken inside of what is taken";

    public IEnumerable<Mutant> Of(Body body)
    {
        foreach (var site in body.Sites.Where(site => site.Statement is not null))
        {
            if (site.Lock(EffectKind.Takes)?.Facts is not { IsOrdered: true } held)
                continue;
            foreach (var (outer, take) in Statics.Where(other => body.Order.IsInside(held.Class, other.Class)))
                yield return new Mutant(Name, body, site.Statement!, $"{take} after {site}", [Edit.After(site.Statement!, take)]);
        }
    }
}
