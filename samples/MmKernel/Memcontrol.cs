using System.Threading;
using MmLock;
using static MmKernel.PageFlags;
using static MmKernel.PageLock;

namespace MmKernel;

/// <summary>
/// Memory control groups (mm/memcontrol.c): who a page is charged to, what keeps that from changing, and how a charge moves.
/// </summary>
public static class Memcontrol
{
    [LockClass(LockClasses.CgroupMutex)]
    private static readonly Mutex McMutex = new(LockClasses.CgroupMutex);

    /// <summary>root_mem_cgroup: pages without a charge belong to it.</summary>
    public static MemCgroup RootMemCgroup { get; private set; } = new(null, 1);

    /// <summary>All groups below the root.</summary>
    public static System.Collections.Generic.List<MemCgroup> Groups { get; } = [];

    /// <summary>Makes a group.</summary>
    public static MemCgroup CreateGroup(MemCgroup parent)
    {
        var memcg = new MemCgroup(parent, parent.Nodes.Length);
        Groups.Add(memcg);
        return memcg;
    }

    /// <summary>The root and all groups, for the audit.</summary>
    public static System.Collections.Generic.IEnumerable<MemCgroup> AllGroups() => [RootMemCgroup, .. Groups];

    /// <summary>Boots the controller.</summary>
    internal static void Boot(int nodes) => RootMemCgroup = new MemCgroup(null, nodes);

    /// <summary>
    /// page_memcg: whom the page is charged to. The answer is worth something only while one of these keeps it: any of them
    /// excludes the charge mover.
    /// </summary>
    [MustHoldAny("page.Lock", "page.Isolation", "page.MemcgLock", "page.Exclusive"), NeverSleeps]
    public static MemCgroup? PageMemcg(Page page) => page.MemCgroup;

    /// <summary>mem_cgroup_page_lruvec: the lists a page belongs on. Without a stable binding it would be a guess.</summary>
    [MustHoldAny("page.Lock", "page.Isolation", "page.MemcgLock", "page.Exclusive"), NeverSleeps]
    public static Lruvec MemCgroupPageLruvec(Page page) => (PageMemcg(page) ?? RootMemCgroup).Nodes[page.Nid].Lruvec;

    /// <summary>
    /// lock_page_lruvec: finds the lruvec of a page and takes its lock, for callers with interrupts off. Between finding and
    /// taking the page may not change sides, hence the any-of; the lruvec may not vanish, hence the RCU reader.
    /// </summary>
    [MustHold("@irq"), MustNotHold("@lru_lock"), NeverSleeps]
    [MustHoldAny("page.Isolation", "page.Lock", "page.Exclusive", "page.MemcgLock")]
    [Acquires("return.LruLock")]
    public static Lruvec LockPageLruvec(Page page)
    {
        Rcu.ReadLock();
        var lruvec = MemCgroupPageLruvec(page);
        lruvec.LruLock.Lock();
        Rcu.ReadUnlock();
        LruvecMemcgDebug(lruvec, page);
        return lruvec;
    }

    /// <summary>lock_page_lruvec_irq: for callers that know interrupts to be on.</summary>
    [MustNotHold("@lru_lock", "@irq"), NeverSleeps]
    [MustHoldAny("page.Isolation", "page.Lock", "page.Exclusive", "page.MemcgLock")]
    [Acquires("return.LruLock"), DisablesIrq]
    public static Lruvec LockPageLruvecIrq(Page page)
    {
        Rcu.ReadLock();
        var lruvec = MemCgroupPageLruvec(page);
        lruvec.LruLock.LockIrq();
        Rcu.ReadUnlock();
        LruvecMemcgDebug(lruvec, page);
        return lruvec;
    }

    /// <summary>lock_page_lruvec_irqsave.</summary>
    [MustNotHold("@lru_lock"), NeverSleeps]
    [MustHoldAny("page.Isolation", "page.Lock", "page.Exclusive", "page.MemcgLock")]
    [Acquires("return.LruLock"), SavesIrq("flags")]
    public static Lruvec LockPageLruvecIrqsave(Page page, out ulong flags)
    {
        Rcu.ReadLock();
        var lruvec = MemCgroupPageLruvec(page);
        lruvec.LruLock.LockIrqSave(out flags);
        Rcu.ReadUnlock();
        LruvecMemcgDebug(lruvec, page);
        return lruvec;
    }

    /// <summary>unlock_page_lruvec.</summary>
    [Releases("lruvec.LruLock"), NeverSleeps]
    public static void UnlockPageLruvec(Lruvec lruvec) => lruvec.LruLock.Unlock();

    /// <summary>unlock_page_lruvec_irq: turns interrupts on.</summary>
    [Releases("lruvec.LruLock"), EnablesIrq, NeverSleeps]
    public static void UnlockPageLruvecIrq(Lruvec lruvec) => lruvec.LruLock.UnlockIrq();

    /// <summary>unlock_page_lruvec_irqrestore.</summary>
    [Releases("lruvec.LruLock"), RestoresIrq("flags"), NeverSleeps]
    public static void UnlockPageLruvecIrqrestore(Lruvec lruvec, ulong flags) => lruvec.LruLock.UnlockIrqRestore(flags);

    /// <summary>lruvec_holds_page_lru_lock: does this lruvec's lock cover this page? A pure test, on a stable binding.</summary>
    [MustHoldAny("page.Isolation", "page.Lock", "page.Exclusive", "page.MemcgLock"), NeverSleeps]
    public static bool LruvecHoldsPageLruLock(Page page, Lruvec lruvec) => MemCgroupPageLruvec(page) == lruvec;

    /// <summary>
    /// relock_page_lruvec: from page to page along a batch, with at most one lruvec locked. Keeps the lock if the next page
    /// belongs to the same lruvec, otherwise drops it and takes the right one. <paramref name="locked"/> may be null.
    /// Using the old lruvec after this call is the classic mistake: only the result is locked.
    /// </summary>
    [MustHold("@irq"), NeverSleeps]
    [MustHoldAny("page.Isolation", "page.Lock", "page.Exclusive", "page.MemcgLock")]
    [Releases("locked.LruLock"), Acquires("return.LruLock")]
    public static Lruvec RelockPageLruvec(Page page, Lruvec? locked)
    {
        if (locked != null)
        {
            if (LruvecHoldsPageLruLock(page, locked))
                return locked;
            Races.Met(Race.RelockOther);
            UnlockPageLruvec(locked);
        }
        return LockPageLruvec(page);
    }

    /// <summary>
    /// relock_page_lruvec_irq: the same for callers that enter with interrupts on and nothing locked. Interrupts go off with
    /// the first lock and stay off until <see cref="UnlockPageLruvecIrq"/>; turning them off again is no nesting.
    /// </summary>
    [NeverSleeps]
    [MustHoldAny("page.Isolation", "page.Lock", "page.Exclusive", "page.MemcgLock")]
    [Releases("locked.LruLock"), Acquires("return.LruLock"), DisablesIrq]
    public static Lruvec RelockPageLruvecIrq(Page page, Lruvec? locked)
    {
        Irq.Disable();
        return RelockPageLruvec(page, locked);
    }

    /// <summary>lruvec_memcg_debug: the mismatch that the first versions of the per-memcg lru_lock showed after hours of load.</summary>
    [MustHold("lruvec.LruLock")]
    [MustHoldAny("page.Isolation", "page.Lock", "page.Exclusive", "page.MemcgLock")]
    private static void LruvecMemcgDebug(Lruvec lruvec, Page page) =>
        Bug.On(MemCgroupPageLruvec(page) != lruvec, $"{page} is charged to {PageMemcg(page)}, but {lruvec} is locked for it");

    /// <summary>mem_cgroup_update_lru_size: after unlinking, before linking, so that an empty list never has a size.</summary>
    [MustHold("lruvec.LruLock"), NeverSleeps]
    public static void MemCgroupUpdateLruSize(Lruvec lruvec, LruListKind lru, int nr)
    {
        lruvec.LruLock.AssertHeld();
        lruvec.Sizes[lru] += nr;
        Bug.On(lruvec.Sizes[lru] < 0, $"{lru} of {lruvec} has a negative size");
    }

    /// <summary>
    /// commit_charge: charges a page that nobody else can see yet. On a page that is already visible the same store would
    /// pull the lruvec from under whoever has just looked it up.
    /// </summary>
    [MustHold("page.Exclusive"), NeverSleeps]
    public static void CommitCharge(Page page, MemCgroup memcg)
    {
        Bug.On(page.MemCgroup != null, $"{page} is charged twice");
        memcg.Charge(CompoundNr(page));
        page.MemCgroup = memcg;
    }

    /// <summary>mem_cgroup_uncharge: the page is dying, its references are gone and it is off the LRU.</summary>
    [MustHold("page.Exclusive"), NeverSleeps]
    public static void MemCgroupUncharge(Page page)
    {
        var memcg = page.MemCgroup;
        if (memcg == null)
            return;
        Bug.On(PageLru(page), $"{page} is uncharged while it is on an LRU list");
        page.MemCgroup = null;
        memcg.Uncharge(CompoundNr(page));
    }

    /// <summary>
    /// lock_page_memcg: keeps the page's charge where it is, until <see cref="UnlockPageMemcg"/>. Returns the group, which the
    /// unlock needs: by then the page may have been uncharged, and its field would name somebody else or nobody.
    /// </summary>
    [AcquiresShared("@rcu", "page.MemcgLock"), MayAcquire("@move_lock"), NeverSleeps, RunsIn(MmLock.ExecutionContext.Any)]
    [NoLockAnalysis("holds move_lock on return only if charges move, which no contract can say; PageMemcgSection says what callers need")]
    public static MemCgroup? LockPageMemcg(Page page)
    {
        Rcu.ReadLock();
        while (true)
        {
            var memcg = page.MemCgroup;
            if (memcg == null)
                return null;
            // No move runs: a move that starts now waits for our reader before it touches a page.
            if (Volatile.Read(ref memcg.MovingAccount) <= 0)
                return memcg;
            memcg.MoveLock.LockIrqSave(out ulong flags);
            if (memcg != page.MemCgroup)
            {
                Races.Met(Race.MemcgChanged);
                memcg.MoveLock.UnlockIrqRestore(flags);
                continue;
            }
            memcg.MoveLockTask = TaskStruct.Current;
            memcg.MoveLockFlags = flags;
            return memcg;
        }
    }

    /// <summary>unlock_page_memcg: the page only names the section here, what was taken is the group's.</summary>
    [ReleasesShared("@rcu", "page.MemcgLock"), NeverSleeps, RunsIn(MmLock.ExecutionContext.Any)]
    [NoLockAnalysis("lets go of move_lock only if LockPageMemcg took it")]
    public static void UnlockPageMemcg(Page page, MemCgroup? memcg)
    {
        if (memcg != null && memcg.MoveLockTask == TaskStruct.Current)
        {
            ulong flags = memcg.MoveLockFlags;
            memcg.MoveLockTask = null;
            memcg.MoveLockFlags = 0;
            memcg.MoveLock.UnlockIrqRestore(flags);
        }
        Rcu.ReadUnlock();
    }

    /// <summary>
    /// mem_cgroup_move_account: moves the charge of one page. It needs everything that anybody may rely on to keep the charge still:
    /// the page lock, the isolation, and the lock_page_memcg section, which takes move_lock of <paramref name="from"/> because
    /// a move is going on. The statistics of the page move with it, in the same section in which others change them.
    /// </summary>
    [MustHold("page.Lock", "page.Isolation"), MustNotHold("@lru_lock"), MayAcquire("@move_lock"), NeverSleeps]
    public static bool MemCgroupMoveAccount([MustHoldRef] Page page, MemCgroup from, MemCgroup to)
    {
        Bug.On(from == to, "a charge is moved to where it is");
        int nr = CompoundNr(page);
        var locked = LockPageMemcg(page);
        if (page.MemCgroup != from)
        {
            UnlockPageMemcg(page, locked);
            return false;
        }
        if (PageDirty(page) && !PageSwapBacked(page))
            MoveStat(from, to, MemcgStat.FileDirty, nr);
        if (PageWriteback(page))
            MoveStat(from, to, MemcgStat.Writeback, nr);
        if (page.MapCount > 0)
            MoveStat(from, to, PageSwapBacked(page) ? MemcgStat.AnonMapped : MemcgStat.FileMapped, nr);
        // The new group gets its references before the old one loses any, and the statistics are in place before the page points
        // to it: whoever sees the new group without a lock sees it complete.
        to.Charge(nr);
        Interlocked.MemoryBarrier();
        page.MemCgroup = to;
        UnlockPageMemcg(page, locked);
        from.Uncharge(nr);
        return true;
    }

    /// <summary>
    /// Moves the charge of one unmapped page of the page cache. The page lock is only tried: a mover may hold a page-table
    /// lock, or just be one of many.
    /// </summary>
    [NeverSleeps, MustNotHold("@lru_lock", "@irq")]
    public static bool MoveChargePage([MustHoldRef] Page page, MemCgroup from, MemCgroup to)
    {
        if (!TryLockPage(page))
            return false;
        bool moved = false;
        if (page.MapCount == 0 && Lru.IsolateLruPage(page) == 0)
        {
            moved = MemCgroupMoveAccount(page, from, to);
            Lru.PutbackLruPage(page);
        }
        UnlockPage(page);
        return moved;
    }

    /// <summary>
    /// Moves the charges of some pages of a file. The flag goes up first, the grace period comes second: a reader that did not
    /// see the flag is over when the first page moves. The other way round the wait would wait for nothing.
    /// </summary>
    [MaySleep, MayAcquire("@cgroup_mutex", "@lru_drain_mutex", "@i_pages", "@move_lock", "@lru_lock", "@zone_lock", "@page_wait_queue", "@lru_pvecs_lock", "@lru_rotate_lock")]
    public static int MoveChargeOfFile(AddressSpace mapping, int first, int count, MemCgroup from, MemCgroup to)
    {
        int moved = 0;
        McMutex.Lock();
        Lru.LruAddDrainAll();
        Interlocked.Increment(ref from.MovingAccount);
        Rcu.Synchronize();
        for (int index = first; index < first + count && index < mapping.Size; index++)
        {
            Page? page = Filemap.FindGetPage(mapping, index);
            if (page == null)
                continue;
            if (MoveChargePage(page, from, to))
                moved++;
            Lru.PutPage(page);
        }
        Interlocked.Decrement(ref from.MovingAccount);
        McMutex.Unlock();
        return moved;
    }

    private static void MoveStat(MemCgroup from, MemCgroup to, MemcgStat stat, int nr)
    {
        from.ModStat(stat, -nr);
        to.ModStat(stat, nr);
    }
}
