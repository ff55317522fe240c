using System.Threading;
using MmLock;
using static MmKernel.PageFlags;
using static MmKernel.PageLock;
using static MmKernel.PageRef;

namespace MmKernel;

/// <summary>
/// Taking memory offline (mm/memory_hotplug.c): every page of a range is migrated away, again and again until the range
/// is empty. There is no bound on the attempts: so nothing may hold a reference in order to wait for the very migration
/// that the reference makes fail.
/// </summary>
public static class MemoryHotplug
{
    /// <summary>mem_hotplug_lock.</summary>
    [LockClass(LockClasses.MemHotplugLock)]
    public static readonly RwSem MemHotplugLock = new(LockClasses.MemHotplugLock);

    /// <summary>Ranges taken offline so far.</summary>
    public static long Offlined => Interlocked.Read(ref OfflinedTotal);

    /// <summary>The largest number of attempts that one range has taken.</summary>
    public static int WorstAttempts => Volatile.Read(ref Worst);

    private static long OfflinedTotal;
    private static int Worst;

    /// <summary>offline_pages, then online again. Ends when the range was empty once.</summary>
    [MaySleep]
    public static void OfflinePages(int start, int nr)
    {
        MemHotplugLock.DownWrite();
        var zone = MemMap.Zones[MemMap.Pages[start].Nid];
        PageAlloc.StartIsolatePageRange(zone, start, nr);
        int attempts = 0;
        while (!PageAlloc.TestPagesIsolated(zone, start, nr))
        {
            attempts++;
            Lru.LruAddDrainAll();
            DoMigrateRange(start, nr);
            if (attempts % 8 == 0)
                Sched.ScheduleTimeout();
            Bug.StopIfBroken();
        }
        if (attempts > Worst)
            Worst = attempts;
        Interlocked.Increment(ref OfflinedTotal);
        PageAlloc.UndoIsolatePageRange(zone);
        MemHotplugLock.UpWrite();
    }

    /// <summary>do_migrate_range: a frame at a time, whatever it is in use for.</summary>
    [MaySleep, MustNotHold("@lru_lock", "@ptl", "@page_lock", "@irq")]
    private static void DoMigrateRange(int start, int nr)
    {
        var list = new PageList();
        for (int pfn = start; pfn < start + nr; pfn++)
        {
            Page page = MemMap.PfnToPage(pfn);
            if (!GetPageUnlessZero(page))
                continue;
            if (PageHead(page))
                SplitFirst(page);
            else if (Lru.IsolateLruPage(page) == 0)
                list.AddIsolated(page);
            Lru.PutPage(page);
        }
        Migrate.MigratePages(list, 1 - (MemMap.Pages[start].Nid & 1));
        Sched.CondResched();
    }

    [MaySleep]
    private static void SplitFirst([MustHoldRef] Page page)
    {
        LockPage(page);
        HugeMemory.SplitHugePageToList(page);
        UnlockPage(page);
    }
}
