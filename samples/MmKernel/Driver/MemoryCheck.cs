using System;
using System.Collections.Generic;
using MmLock;

namespace MmKernel;

/// <summary>
/// The books of all memory, audited while the world stands still: every page on the list of its own memcg's lruvec, every
/// count the sum of what it counts, no page lost.
/// </summary>
[NoLockAnalysis("the world stands still: nothing can change")]
public static class MemoryCheck
{
    /// <summary>Audits everything; <paramref name="demand"/> is told each invariant and whether it holds.</summary>
    public static void Run(IEnumerable<AddressSpace> mappings, Action<bool, string> demand)
    {
        var known = new HashSet<Page>();
        var references = new Dictionary<Page, int>();
        foreach (var mapping in mappings)
            CountMapping(mapping, known, references, demand);
        CheckPages(known, references, demand);
        CheckLists(demand);
        CheckGroups(demand);
    }

    private static void CountMapping(AddressSpace mapping, HashSet<Page> known, Dictionary<Page, int> references, Action<bool, string> demand)
    {
        int pages = 0, dirty = 0;
        Rcu.ReadLock();
        for (int i = 0; i < mapping.Size; i++)
        {
            Page? page = mapping.Load(i);
            if (page == null)
                continue;
            pages++;
            if (known.Add(page) && page.Test(PageFlag.Dirty) && !page.Test(PageFlag.SwapBacked))
                dirty += PageFlags.CompoundNr(page);
            references[page] = references.GetValueOrDefault(page) + 1;
            demand(page.Mapping == mapping, $"{page} stands in {mapping} but does not say so");
        }
        Rcu.ReadUnlock();
        demand(pages == mapping.NrPages, $"{mapping} counts {mapping.NrPages} pages but has {pages}");
        demand(dirty == mapping.NrDirty, $"{mapping} counts {mapping.NrDirty} dirty pages but has {dirty}");
    }

    private static void CheckPages(HashSet<Page> known, Dictionary<Page, int> references, Action<bool, string> demand)
    {
        foreach (var zone in MemMap.Zones)
        {
            int free = 0;
            for (int i = 0; i < zone.Frames; i++)
            {
                Page page = MemMap.Pages[zone.Start + i];
                if (zone.Free[i])
                {
                    free++;
                    demand(page.RefCount == 0, $"{page} is free but has {page.RefCount} references");
                    demand(page.LruOwner == null && !page.Isolation.PgLru, $"{page} is free but on an LRU list");
                    continue;
                }
                if (page.CompoundHead is { } head && page.RefCount == 0)
                {
                    demand(known.Contains(head), $"{page} is a tail of {head}, which nobody knows");
                    continue;
                }
                int expected = references.GetValueOrDefault(page) + page.MapCount;
                demand(known.Contains(page) || page.MapCount > 0, $"{page} is lost: in use with {page.RefCount} references, but nobody has it");
                demand(page.RefCount == expected, $"{page} has {page.RefCount} references but {expected} users");
                demand(page.Isolation.PgLru, $"{page} is lost to reclaim: in use, but on no LRU list after a drain");
                demand(!page.Lock.IsLocked, $"{page} is locked but nobody is there to unlock it");
            }
            demand(free == zone.NrFree, $"node {zone.Nid} counts {zone.NrFree} free pages but has {free}");
        }
    }

    private static void CheckLists(Action<bool, string> demand)
    {
        foreach (var memcg in Memcontrol.AllGroups())
        {
            foreach (var node in memcg.Nodes)
            {
                for (int lru = 0; lru < Lruvec.NrLruLists; lru++)
                {
                    var list = node.Lruvec.Lists[lru];
                    long size = 0;
                    for (Page? page = list.First; page != null; page = page.LruNext)
                    {
                        size += PageFlags.CompoundNr(page);
                        demand(page.Isolation.PgLru, $"{page} is on a list of {node.Lruvec} without PG_lru");
                        demand((page.MemCgroup ?? Memcontrol.RootMemCgroup) == memcg,
                            $"{page} is charged to {page.MemCgroup} but on a list of {memcg}");
                        demand(page.Nid == node.Lruvec.Nid, $"{page} is on a list of another node");
                        demand((int)PageFlags.PageLruList(page) == lru, $"{page} is on list {(LruListKind)lru} but its flags say {PageFlags.PageLruList(page)}");
                    }
                    demand(size == node.Lruvec.Size((LruListKind)lru),
                        $"{(LruListKind)lru} of {node.Lruvec} counts {node.Lruvec.Size((LruListKind)lru)} pages but has {size}");
                }
            }
        }
    }

    private static void CheckGroups(Action<bool, string> demand)
    {
        var charged = new Dictionary<MemCgroup, long>();
        var stats = new Dictionary<(MemCgroup, MemcgStat), long>();
        void Add(MemCgroup memcg, MemcgStat stat, long nr) => stats[(memcg, stat)] = stats.GetValueOrDefault((memcg, stat)) + nr;
        foreach (var page in MemMap.Pages)
        {
            if (page.RefCount == 0 || page.MemCgroup is not { } memcg)
                continue;
            int nr = PageFlags.CompoundNr(page);
            charged[memcg] = charged.GetValueOrDefault(memcg) + nr;
            bool anon = page.Test(PageFlag.SwapBacked);
            if (page.Test(PageFlag.Dirty) && !anon)
                Add(memcg, MemcgStat.FileDirty, nr);
            if (page.Test(PageFlag.Writeback))
                Add(memcg, MemcgStat.Writeback, nr);
            if (page.MapCount > 0)
                Add(memcg, anon ? MemcgStat.AnonMapped : MemcgStat.FileMapped, nr);
        }
        foreach (var memcg in Memcontrol.AllGroups())
        {
            demand(memcg.Charged == charged.GetValueOrDefault(memcg),
                $"{memcg} is charged for {memcg.Charged} pages but has {charged.GetValueOrDefault(memcg)}");
            for (var stat = MemcgStat.FileDirty; stat < MemcgStat.Count; stat++)
            {
                demand(memcg.Stat(stat) == stats.GetValueOrDefault((memcg, stat)),
                    $"{stat} of {memcg} says {memcg.Stat(stat)} but there are {stats.GetValueOrDefault((memcg, stat))}");
            }
            demand(memcg.MovingAccount == 0, $"a charge move from {memcg} never ends");
        }
    }
}
