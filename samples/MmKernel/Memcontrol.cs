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
    /// <summary>mc.lock.</summary>
    [LockClass(LockClasses.McLock)]
    public static readonly SpinLock McLock = new(LockClasses.McLock);

    /// <summary>mc.from: written under both locks, so that either is enough to read it.</summary>
    [StableUnder("McLock", "Cgroup.CgroupMutex")]
    private static MemCgroup? McFrom;

    /// <summary>mc.to.</summary>
    [StableUnder("McLock", "Cgroup.CgroupMutex")]
    private static MemCgroup? McTo;

    /// <summary>root_mem_cgroup: pages without a charge belong to it.</summary>
    public static MemCgroup RootMemCgroup { get; private set; } = new(null, 1);

    /// <summary>The root and all groups that are linked to the tree, for the audit.</summary>
    [NoLockAnalysis("the world stands still")]
    public static System.Collections.Generic.List<MemCgroup> AllGroups()
    {
        var all = new System.Collections.Generic.List<MemCgroup>();
        Rcu.ReadLock();
        var at = Cgroup.CssNextDescendantPre(null, RootMemCgroup);
        while (at != null)
        {
            all.Add(at);
            at = Cgroup.CssNextDescendantPre(at, RootMemCgroup);
        }
        Rcu.ReadUnlock();
        return all;
    }

    /// <summary>Boots the controller.</summary>
    internal static void Boot(int nodes) => RootMemCgroup = new MemCgroup(null, nodes) { Online = true };

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

    /// <summary>
    /// lruvec_holds_page_lru_lock: does this lruvec's lock cover this page? A pure test, on a stable binding.
    /// </summary>
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

    /// <summary>
    /// lruvec_memcg_debug: the mismatch that the first versions of the per-memcg lru_lock showed after hours of load.
    /// </summary>
    [MustHold("lruvec.LruLock")]
    [MustHoldAny("page.Isolation", "page.Lock", "page.Exclusive", "page.MemcgLock")]
    private static void LruvecMemcgDebug(Lruvec lruvec, Page page) =>
        Bug.On(MemCgroupPageLruvec(page) != lruvec, $"{page} is charged to {PageMemcg(page)}, but {lruvec} is locked for it");

    /// <summary>
    /// mem_cgroup_update_lru_size: after unlinking, before linking, so that an empty list never has a size.
    /// </summary>
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
    /// lock_page_memcg: keeps the page's charge where it is, until <see cref="UnlockPageMemcg"/>. Returns the group,
    /// which the unlock needs: by then the page may have been uncharged, and its field would name somebody else or
    /// nobody.
    /// </summary>
    [AcquiresShared("@rcu", "page.MemcgLock"), MayAcquire("@move_lock"), NeverSleeps, RunsIn(MmLock.ExecutionContext.Any)]
    [NoLockAnalysis("holds move_lock on return only if charges move, which no contract can say; see PageMemcgSection")]
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
    /// mem_cgroup_move_account: moves the charge of one page. It needs everything that anybody may rely on to keep the
    /// charge still: the page lock, the isolation, and the lock_page_memcg section, which takes move_lock of <paramref
    /// name="from"/> because a move is going on. The statistics of the page move with it, in the same section in which
    /// others change them.
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
        // The new group gets its references before the old one loses any, and the statistics are in place before the
        // page points to it: whoever sees the new group without a lock sees it complete.
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
    /// Moves the charges of some pages of a file. The flag goes up first, the grace period comes second: a reader that
    /// did not see the flag is over when the first page moves. The other way round the wait would wait for nothing.
    /// </summary>
    [MaySleep]
    [MayAcquire("@cgroup_mutex", "@lru_drain_mutex", "@i_pages", "@move_lock", "@lru_lock", "@zone_lock", "@page_wait_queue",
        "@lru_pvecs_lock", "@lru_rotate_lock")]
    public static int MoveChargeOfFile(AddressSpace mapping, int first, int count, MemCgroup from, MemCgroup to)
    {
        int moved = 0;
        Cgroup.CgroupMutex.Lock();
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
        Cgroup.CgroupMutex.Unlock();
        return moved;
    }

    /// <summary>
    /// mem_cgroup_iter: the next group of a walk below <paramref name="root"/>. Gives up the reference on <paramref
    /// name="prev"/> and returns one on the result, so a walk that is left early has to call <see
    /// cref="MemCgroupIterBreak"/>. With a cookie the walk is shared with all others on that node: its position is a
    /// pointer without a reference.
    /// <para>Both kinds of reader are open while the position is read and stored. The memory of a group is freed after
    /// an rcu grace period, hence the first. The wiping of dead positions waits for an rcu_sched grace period after the
    /// kill, hence the second: without it a walker that is preempted between "try" and the store is invisible to the
    /// destroyer, and stores a group whose wiping is over.</para>
    /// </summary>
    [MustNotHold("@lru_lock"), NeverSleeps]
    [return: AcquiresRef]
    public static MemCgroup? MemCgroupIter(
        [MustHoldRef] MemCgroup root, [ReleasesRef] MemCgroup? prev, MemCgroupReclaimCookie? reclaim)
    {
        MemCgroup? memcg;
        Rcu.ReadLock();
        Rcu.ReadLockSched();
        if (reclaim == null)
        {
            memcg = NextLive(prev, root);
        }
        else
        {
            var iter = root.Nodes[reclaim.Nid].Iter;
            int generation = Volatile.Read(ref iter.Generation);
            if (prev == null)
                reclaim.Generation = generation;
            memcg = reclaim.Generation == generation ? NextShared(iter, root, prev == null) : null;
        }
        Rcu.ReadUnlockSched();
        Rcu.ReadUnlock();
        if (prev != null)
            Cgroup.CssPut(prev);
        return memcg;
    }

    /// <summary>
    /// mem_cgroup_iter_break: the walk ends here; the position stays, which is why positions can go stale at all.
    /// </summary>
    [NeverSleeps]
    public static void MemCgroupIterBreak([ReleasesRef] MemCgroup prev) => Cgroup.CssPut(prev);

    /// <summary>Advances the shared position. Whoever loses the race drops what it has and looks again.</summary>
    [MustHold("@rcu", "@rcu_sched"), NeverSleeps]
    [return: AcquiresRef]
    private static MemCgroup? NextShared(MemCgroupReclaimIter iter, MemCgroup root, bool first)
    {
        while (true)
        {
            var position = Rcu.Dereference(ref iter.Position);
            var memcg = NextLive(position, root);
            if (!StorePosition(iter, memcg, position))
            {
                Races.Met(Race.IterRaceLost);
                if (memcg != null)
                    Cgroup.CssPut(memcg);
                continue;
            }
            if (memcg != null)
                return memcg;
            Interlocked.Increment(ref iter.Generation);
            // A walk that begins here gets at least one group, if only the root.
            if (!first)
                return null;
            first = false;
        }
    }

    /// <summary>
    /// The position is stored in the sections in which "try" succeeded for it, both of them: that is what the wiping of
    /// a dying group waits for. It holds no reference: the one on the group stays with the caller.
    /// </summary>
    [MustHold("@rcu", "@rcu_sched"), NeverSleeps]
    private static bool StorePosition(MemCgroupReclaimIter iter, MemCgroup? next, MemCgroup? expected) =>
        Rcu.CmpxchgPointer(ref iter.Position, next, expected);

    /// <summary>
    /// The next group for which "try" succeeds. The dying are passed by, not waited for: their end may be waiting for
    /// this reader. The root is not found through the cache but named by the caller, who has a reference on it.
    /// </summary>
    [MustHold("@rcu"), NeverSleeps]
    [return: AcquiresRef]
    private static MemCgroup? NextLive(MemCgroup? position, [MustHoldRef] MemCgroup root)
    {
        var next = Cgroup.CssNextDescendantPre(position, root);
        while (next != null)
        {
            if (next == root)
            {
                Cgroup.CssGet(root);
                return root;
            }
            if (next.Online && Cgroup.CssTryget(next))
                return next;
            next = Cgroup.CssNextDescendantPre(next, root);
        }
        return null;
    }

    /// <summary>
    /// mem_cgroup_invalidate_reclaim_iterators: wipes every cached position that names a dying group, of every ancestor
    /// and every node, and only those. Called when "try" fails for everybody and all sections in which it succeeded are
    /// over: before that a walker could store the group again.
    /// </summary>
    [NeverSleeps]
    internal static void InvalidateReclaimIterators(MemCgroup dead)
    {
        MemCgroup? at = dead;
        while (at != null)
        {
            foreach (var node in at.Nodes)
            {
                if (Rcu.CmpxchgPointer(ref node.Iter.Position, null, dead))
                    Races.Met(Race.IterPositionWiped);
            }
            at = at.Parent;
        }
    }

    /// <summary>
    /// mem_cgroup_reparent_charges: the pages of a dying group are charged to its parent from now on. Goes on until
    /// nobody has a reference but the group itself: no "try" succeeds any more, so the number only falls.
    /// </summary>
    [MaySleep]
    internal static void ReparentCharges(MemCgroup memcg)
    {
        var parent = memcg.Parent;
        if (parent == null)
            return;
        Interlocked.Increment(ref memcg.MovingAccount);
        Rcu.Synchronize();
        while (memcg.Css.Count > 1)
        {
            Lru.LruAddDrainAll();
            foreach (var node in memcg.Nodes)
            {
                for (var lru = LruListKind.InactiveAnon; lru <= LruListKind.Unevictable; lru++)
                    ReparentList(node.Lruvec, lru, memcg, parent);
            }
            if (memcg.Css.Count > 1)
                Sched.ScheduleTimeout();
            Bug.StopIfBroken();
        }
        Interlocked.Decrement(ref memcg.MovingAccount);
    }

    [MaySleep]
    private static void ReparentList(Lruvec lruvec, LruListKind lru, MemCgroup from, MemCgroup to)
    {
        for (long left = lruvec.Size(lru); left > 0; left--)
        {
            Page? page = GetLastPage(lruvec, lru);
            if (page == null)
                return;
            MoveChargePage(page, from, to);
            Lru.PutPage(page);
            Sched.CondResched();
        }
    }

    /// <summary>The last page of a list with a reference, and out of the way for the next call.</summary>
    [MustNotHold("@lru_lock", "@irq"), NeverSleeps]
    [return: AcquiresRef]
    private static Page? GetLastPage(Lruvec lruvec, LruListKind lru)
    {
        lruvec.LruLock.LockIrq();
        Page? page = lruvec.Lists[(int)lru].Last;
        if (page == null)
        {
            lruvec.LruLock.UnlockIrq();
            return null;
        }
        lruvec.Lists[(int)lru].Remove(page);
        lruvec.Lists[(int)lru].AddFirst(page);
        if (!PageRef.GetPageUnlessZero(page))
        {
            lruvec.LruLock.UnlockIrq();
            return null;
        }
        lruvec.LruLock.UnlockIrq();
        return page;
    }

    /// <summary>
    /// get_mctgt_type: the page that an entry stands for, with a reference and locked, if it is charged to <paramref
    /// name="from"/>. Under the ptl, so the page lock is only tried. A page found through a swap entry that somebody
    /// maps elsewhere is left alone: our ptl says nothing about its map count.
    /// </summary>
    [MustHold("table.Ptl"), NeverSleeps]
    [TryAcquires("return.Lock", On = Outcome.NotNull)]
    [return: AcquiresRef]
    private static Page? GetMctgtType(PteTable table, int index, MemCgroup from)
    {
        var pte = table.Ptes[index];
        Page? page = null;
        if (pte.Kind == PteKind.Present)
            page = Memory.GetMappedPage(pte);
        else if (pte.Kind == PteKind.Swap)
            page = Swapfile.LookupSwapCache(pte.Entry);
        if (page == null)
            return null;
        if (!TryLockPage(page))
        {
            Lru.PutPage(page);
            return null;
        }
        if (PageMemcg(page) != from || (pte.Kind == PteKind.Swap && page.MapCount > 0))
        {
            UnlockPage(page);
            Lru.PutPage(page);
            return null;
        }
        return page;
    }

    /// <summary>
    /// mem_cgroup_move_charge_pte_range: moves the charges of what a page table maps. The ptl of an entry that maps the
    /// page is what keeps "mapped" true while the statistic moves with the charge: the rule that made lock_page_memcg
    /// in rmap superfluous.
    /// </summary>
    [MustHoldShared("mm.MmapLock"), MaySleep, MustNotHold("@lru_lock", "@ptl")]
    private static int MoveChargePteRange(MmStruct mm, Vma vma, MemCgroup from, MemCgroup to)
    {
        int moved = 0;
        var table = vma.Table;
        table.Ptl.Lock();
        for (int index = 0; index < vma.Length; index++)
        {
            Page? page = GetMctgtType(table, index, from);
            if (page == null)
                continue;
            if (Lru.IsolateLruPage(page) == 0)
            {
                if (MemCgroupMoveAccount(page, from, to))
                    moved++;
                Lru.PutbackLruPage(page);
            }
            UnlockPage(page);
            Lru.PutPage(page);
        }
        table.Ptl.Unlock();
        Sched.CondResched();
        return moved;
    }

    /// <summary>
    /// mem_cgroup_move_charge: a process and what it maps go to another group. Batches are drained before mmap_lock;
    /// the flag goes up, then the grace period; mmap_lock is only tried, since a holder may be waiting for this very
    /// move.
    /// </summary>
    [MaySleep, MustNotHold("@rcu", "@mmap_lock")]
    public static int MemCgroupMoveCharge(MmStruct mm, MemCgroup to)
    {
        int moved = 0;
        Cgroup.CgroupMutex.Lock();
        var from = mm.Memcg;
        if (from == to)
        {
            Cgroup.CgroupMutex.Unlock();
            return 0;
        }
        McSet(from, to);
        mm.Memcg = to;
        Lru.LruAddDrainAll();
        Interlocked.Increment(ref from.MovingAccount);
        Rcu.Synchronize();
        while (!mm.MmapLock.DownReadTrylock())
        {
            Races.Met(Race.MmapLockBusy);
            Sched.ScheduleTimeout();
        }
        foreach (var vma in mm.Vmas)
            moved += MoveChargePteRange(mm, vma, from, to);
        mm.MmapLock.UpRead();
        Interlocked.Decrement(ref from.MovingAccount);
        McSet(null, null);
        Cgroup.CgroupMutex.Unlock();
        return moved;
    }

    /// <summary>mem_cgroup_under_move.</summary>
    [NeverSleeps, MayAcquire("@mc_lock")]
    public static bool MemCgroupUnderMove(MemCgroup memcg)
    {
        McLock.Lock();
        bool under = McFrom == memcg || McTo == memcg;
        McLock.Unlock();
        return under;
    }

    [MustHold("Cgroup.CgroupMutex"), MayAcquire("@mc_lock"), NeverSleeps]
    private static void McSet(MemCgroup? from, MemCgroup? to)
    {
        McLock.Lock();
        McFrom = from;
        McTo = to;
        McLock.Unlock();
    }

    private static void MoveStat(MemCgroup from, MemCgroup to, MemcgStat stat, int nr)
    {
        from.ModStat(stat, -nr);
        to.ModStat(stat, nr);
    }
}
