using System.Threading;
using MmLock;
using static MmKernel.Lru;
using static MmKernel.Memcontrol;
using static MmKernel.PageFlags;
using static MmKernel.PageRef;

namespace MmKernel;

/// <summary>struct compact_control: one run of compaction.</summary>
public sealed class CompactControl
{
    /// <summary>Async compaction does not wait for anybody.</summary>
    public bool Async;

    /// <summary>Somebody else held a lock that we wanted.</summary>
    public bool Contended;

    /// <summary>What was isolated.</summary>
    public readonly PageList MigratePages = new();

    /// <summary>Set by whoever wants the run to end early.</summary>
    public volatile bool Cancelled;
}

/// <summary>
/// Compaction's scanner (mm/compaction.c): walks page frames, not lists, so it meets pages in every state. It carries
/// one lruvec lock from page to page as long as they belong to the same lruvec.
/// </summary>
public static class Compaction
{
    private const int PageblockPages = 32;
    private static int[] SkipBits = [];

    /// <summary>Pages isolated so far.</summary>
    public static long Isolated => Interlocked.Read(ref IsolatedTotal);

    private static long IsolatedTotal;

    internal static void Boot(int frames) => SkipBits = new int[(frames / PageblockPages) + 1];

    /// <summary>
    /// isolate_migratepages_block: isolates what can be migrated between two frames. The order per page is the rule of
    /// the whole file: reference, test, claim, lock, unlink; and every failure undoes exactly what was done. The lruvec
    /// lock and its saved flags live in two outer locals that agree: flags are saved while, and only while,
    /// <c>locked</c> is not null.
    /// </summary>
    [MaySleep, MustNotHold("@lru_lock", "@irq"), MayAcquire("@lru_lock", "@zone_lock", "@page_wait_queue")]
    public static int IsolateMigratepagesBlock(CompactControl cc, int lowPfn, int endPfn)
    {
        Lruvec? locked = null;
        Page? page = null;
        ulong flags = 0;
        bool skipUpdated = false;

        Sched.CondResched();
        for (; lowPfn < endPfn; lowPfn++)
        {
            // Long scans let go of the lock now and then: others wait for it, with interrupts off.
            if (lowPfn % SwapClusterMax == 0)
            {
                if (locked != null)
                {
                    UnlockPageLruvecIrqrestore(locked, flags);
                    locked = null;
                }
                if (cc.Cancelled)
                {
                    page = null;
                    goto isolateAbort;
                }
                Sched.CondResched();
            }

            page = MemMap.PfnToPage(lowPfn);
            if (!PageLru(page) || PageHead(page))
                goto isolateFail;

            // The reference first: from here on the frame stays in this life, and its flags may be changed.
            if (!GetPageUnlessZero(page))
                goto isolateFail;

            if (!Vmscan.IsolateLruPagePrepare(page, cc.Async))
                goto isolateFailPut;

            // The claim second: from here on the memcg stays, and with it the lruvec.
            if (!TestClearPageLru(page))
            {
                Races.Met(Race.LruClaimLost);
                goto isolateFailPut;
            }

            var lruvec = MemCgroupPageLruvec(page);
            if (lruvec != locked)
            {
                if (locked != null)
                {
                    Races.Met(Race.RelockOther);
                    UnlockPageLruvecIrqrestore(locked, flags);
                }
                CompactLockIrqsave(lruvec.LruLock, out flags, cc);
                locked = lruvec;

                // Under the first lock: is another scanner at work on this block?
                if (!skipUpdated)
                {
                    skipUpdated = true;
                    if (TestAndSetSkip(lowPfn))
                        goto isolateAbort;
                }

                // The page may have become part of a huge one while we waited.
                if (PageHead(page))
                {
                    Races.Met(Race.BecameCompound);
                    SetPageLru(page);
                    goto isolateFailPut;
                }
            }

            DelPageFromLruList(page, lruvec);
            cc.MigratePages.AddIsolated(page);
            Interlocked.Increment(ref IsolatedTotal);
            page = null;
            continue;

        isolateFailPut:
            // put_page may free the page, and that takes lru_lock: never under it.
            if (locked != null)
            {
                UnlockPageLruvecIrqrestore(locked, flags);
                locked = null;
            }
            PutPage(page);
        isolateFail:
            page = null;
        }

    isolateAbort:
        if (locked != null)
            UnlockPageLruvecIrqrestore(locked, flags);
        // A page in hand here was claimed and not unlinked: undo both, in reverse.
        if (page != null)
        {
            SetPageLru(page);
            PutPage(page);
        }
        return lowPfn;
    }

    /// <summary>
    /// compact_lock_irqsave: takes the lock in any case; an async run tries first, to learn whether it disturbs somebody.
    /// </summary>
    [Acquires("lruLock"), SavesIrq("flags"), NeverSleeps]
    private static void CompactLockIrqsave([LockClass(LockClasses.LruLock)] SpinLock lruLock, out ulong flags, CompactControl cc)
    {
        if (cc.Async && !cc.Contended)
        {
            if (lruLock.TryLockIrqSave(out flags))
                return;
            cc.Contended = true;
            Races.Met(Race.CompactContended);
        }
        lruLock.LockIrqSave(out flags);
    }

    /// <summary>
    /// test_and_set_skip: under a lru_lock only to keep two scanners from marking at once; any of them will do.
    /// </summary>
    [MustHold("@lru_lock"), NeverSleeps]
    private static bool TestAndSetSkip(int pfn) => Interlocked.Exchange(ref SkipBits[pfn / PageblockPages], 1) != 0;

    /// <summary>The marks of a finished round.</summary>
    public static void ResetIsolationSuitable() => System.Array.Clear(SkipBits);

    /// <summary>putback_movable_pages.</summary>
    [MustNotHold("@lru_lock", "@irq"), NeverSleeps]
    [MayAcquire("@lru_pvecs_lock", "@lru_lock", "@zone_lock")]
    public static void PutbackMovablePages(PageList list)
    {
        Page? page;
        while ((page = list.TakeIsolated()) != null)
            PutbackLruPage(page);
    }
}
