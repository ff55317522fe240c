using System;
using System.Threading;

namespace MmKernel;

/// <summary>Races that the code is built for. Meeting one is no error; a run that meets none has tested little.</summary>
public enum Race
{
    /// <summary>get_page_unless_zero on a dying or frozen page.</summary>
    GetPageUnlessZeroFailed,

    /// <summary>TestClearPageLRU was lost.</summary>
    LruClaimLost,

    /// <summary>A batch went from one lruvec to another.</summary>
    RelockOther,

    /// <summary>page_ref_freeze met a reference it knew nothing of.</summary>
    FreezeFailed,

    /// <summary>trylock_page failed.</summary>
    TrylockPageFailed,

    /// <summary>lock_page had to wait.</summary>
    PageLockContended,

    /// <summary>The page cache slot changed under find_get_page.</summary>
    SlotChanged,

    /// <summary>Somebody else was first to fill a slot.</summary>
    SlotTaken,

    /// <summary>The page left its mapping while its lock was waited for.</summary>
    MappingChanged,

    /// <summary>The charge moved between look-up and lock.</summary>
    MemcgChanged,

    /// <summary>An isolated page lost its last other reference.</summary>
    FreedWhileIsolated,

    /// <summary>A page was dirtied between reclaim's look and its freeze.</summary>
    DirtiedWhileReclaimed,

    /// <summary>Async compaction met a lock in use.</summary>
    CompactContended,

    /// <summary>A page became huge while compaction waited for its lock.</summary>
    BecameCompound,

    /// <summary>Another walker moved the shared position first.</summary>
    IterRaceLost,

    /// <summary>A dying group was the position of a walk.</summary>
    IterPositionWiped,

    /// <summary>A huge page was in use and could not be split.</summary>
    SplitBusy,

    /// <summary>css_tryget on a dying group.</summary>
    CssTrygetFailed,

    /// <summary>free_swap_and_cache could not lock the page: it stays in the swap cache without a user.</summary>
    SwapPageLeftBehind,

    /// <summary>No free swap slot.</summary>
    SwapFull,

    /// <summary>Somebody else was reading the same slot.</summary>
    SwapSlotBusy,

    /// <summary>The page was another slot's by the time it was locked.</summary>
    SwapPageChanged,

    /// <summary>A fault dropped mmap_lock to wait and started over.</summary>
    FaultRetried,

    /// <summary>The page-table entry had changed by the time the fault had its lock.</summary>
    FaultLost,

    /// <summary>A fault met a migration entry.</summary>
    MigrationMet,

    /// <summary>A charge move found mmap_lock taken.</summary>
    MmapLockBusy,

    /// <summary>A page to be migrated was in use.</summary>
    MigrationBusy,

    /// <summary>How many there are.</summary>
    Count,
}

/// <summary>Counts the races met.</summary>
public static class Races
{
    private static readonly long[] Counts = new long[(int)Race.Count];

    /// <summary>A race was met.</summary>
    public static void Met(Race race) => Interlocked.Increment(ref Counts[(int)race]);

    /// <summary>How often a race was met.</summary>
    public static long Of(Race race) => Interlocked.Read(ref Counts[(int)race]);

    /// <summary>All races met so far.</summary>
    public static long Total
    {
        get
        {
            long total = 0;
            foreach (ref readonly long count in Counts.AsSpan())
                total += count;
            return total;
        }
    }
}
