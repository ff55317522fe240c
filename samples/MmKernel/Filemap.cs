using MmLock;
using static MmKernel.PageFlags;
using static MmKernel.PageLock;
using static MmKernel.PageRef;

namespace MmKernel;

/// <summary>
/// The page cache and waiting on pages (mm/filemap.c).
/// </summary>
public static class Filemap
{
    private static readonly WaitQueueHead[] PageWaitTable = MakeTable();

    /// <summary>page_waitqueue: 256 heads for all pages, so that a page needs no wait queue of its own.</summary>
    public static WaitQueueHead PageWaitqueue(Page page) => PageWaitTable[(page.Pfn * 31) & 255];

    /// <summary>
    /// find_get_page: looks a page up without the tree's lock. The slot is read under RCU, the reference is taken only
    /// if the page has one, and then the slot is read again: between the two reads the frame may have begun another
    /// life.
    /// </summary>
    [NeverSleeps]
    [return: AcquiresRef]
    public static Page? FindGetPage(AddressSpace mapping, int index)
    {
        while (true)
        {
            Rcu.ReadLock();
            Page? page = mapping.Load(index);
            if (page == null)
            {
                Rcu.ReadUnlock();
                return null;
            }
            if (!GetPageUnlessZero(page))
            {
                // Frozen or dying. Leave the reader before trying again, or its end could be what we wait for.
                Rcu.ReadUnlock();
                continue;
            }
            if (!mapping.Reload(index, page))
            {
                Races.Met(Race.SlotChanged);
                Rcu.ReadUnlock();
                Lru.PutPage(page);
                continue;
            }
            Rcu.ReadUnlock();
            return page;
        }
    }

    /// <summary>find_lock_page: the page may have left the mapping while we waited for its lock.</summary>
    [TryAcquires("return.Lock", On = Outcome.NotNull, Waits = true), MaySleep]
    [return: AcquiresRef]
    public static Page? FindLockPage(AddressSpace mapping, int index)
    {
        while (true)
        {
            Page? page = FindGetPage(mapping, index);
            if (page == null)
                return null;
            LockPage(page);
            if (page.Mapping == mapping)
                return page;
            Races.Met(Race.MappingChanged);
            UnlockPage(page);
            Lru.PutPage(page);
        }
    }

    /// <summary>
    /// add_to_page_cache_locked: makes the page visible. It is locked by then, so whoever finds it waits until it is ready;
    /// its charge was committed before, while nobody could see it.
    /// </summary>
    [MustHold("page.Lock"), MustNotHold("@irq"), MayAcquire("@i_pages"), NeverSleeps]
    public static bool AddToPageCacheLocked([MustHoldRef] Page page, AddressSpace mapping, int index)
    {
        int nr = CompoundNr(page);
        mapping.IPages.LockIrq();
        for (int i = 0; i < nr; i++)
        {
            if (mapping.Load(index + i) != null)
            {
                mapping.IPages.UnlockIrq();
                Races.Met(Race.SlotTaken);
                return false;
            }
        }
        PageRefAdd(page, nr);
        page.Mapping = mapping;
        page.Index = index;
        for (int i = 0; i < nr; i++)
            mapping.Store(index + i, page);
        mapping.NrPages += nr;
        mapping.IPages.UnlockIrq();
        return true;
    }

    /// <summary>
    /// pagecache_get_page with FGP_LOCK and FGP_CREAT: finds a page and locks it, or makes one. A new page is charged
    /// while nobody can see it, locked before anybody can, and goes to the LRU through the add batch.
    /// </summary>
    [TryAcquires("return.Lock", On = Outcome.NotNull, Waits = true), MaySleep]
    [return: AcquiresRef]
    public static Page? PagecacheGetPage(AddressSpace mapping, int index, MemCgroup memcg, int order, int nid)
    {
        Page? found = FindLockPage(mapping, index);
        if (found != null)
            return found;
        Page? page = PageAlloc.AllocPages(order, nid);
        if (page == null)
            return null;
        Memcontrol.CommitCharge(page, memcg);
        PublishPage(page);
        // Nobody knows the page: the lock cannot be contended. (A scanner of frames looks at PG_lru first.)
        if (!TryLockPage(page))
        {
            Lru.PutPageOffLru(page);
            return null;
        }
        if (!AddToPageCacheLocked(page, mapping, index))
        {
            UnlockPage(page);
            Lru.PutPageOffLru(page);
            return null;
        }
        Lru.LruCacheAdd(page);
        return page;
    }

    /// <summary>truncate_inode_page: out of the cache, after its writes are done.</summary>
    [MustHold("page.Lock"), MaySleep]
    public static void TruncateInodePage([MustHoldRef] Page page, AddressSpace mapping)
    {
        if (page.MapCount > 0)
            Memory.UnmapMappingPage(page, mapping);
        WaitOnPageWriteback(page);
        PageWritebackOps.AccountPageCleaned(page, mapping);
        Mmu.Forget(mapping, page.Index, CompoundNr(page));
        DeleteFromPageCache(page, mapping);
    }

    /// <summary>delete_from_page_cache: the cache's references go; the caller has one of its own.</summary>
    [MustHold("page.Lock"), MustNotHold("@irq"), MayAcquire("@i_pages"), NeverSleeps]
    public static void DeleteFromPageCache([MustHoldRef] Page page, AddressSpace mapping)
    {
        int nr = CompoundNr(page);
        mapping.IPages.LockIrq();
        DeleteFromTree(page, mapping, nr);
        mapping.IPages.UnlockIrq();
        PageRefSub(page, nr);
    }

    /// <summary>__delete_from_page_cache: the tree's part, for callers that hold its lock.</summary>
    [MustHold("page.Lock", "mapping.IPages"), NeverSleeps]
    internal static void DeleteFromTree(Page page, AddressSpace mapping, int nr)
    {
        for (int i = 0; i < nr; i++)
        {
            Bug.On(mapping.Load(page.Index + i) != page, $"{page} is not in the page cache where it says");
            mapping.Store(page.Index + i, null);
        }
        mapping.NrPages -= nr;
        page.Mapping = null;
    }

    /// <summary>
    /// wait_on_page_locked: keeps its reference all the while, so whoever counts references has to wait for us.
    /// </summary>
    [MaySleep, MayAcquire("@page_wait_queue")]
    public static void WaitOnPageLocked([MustHoldRef] Page page)
    {
        while (PageLocked(page))
            WaitOnPageBit(page, PageFlag.Locked, exclusive: false);
    }

    /// <summary>wait_on_page_writeback: one wake is not the end, the page may be under writeback again.</summary>
    [MaySleep, MayAcquire("@page_wait_queue")]
    public static void WaitOnPageWriteback([MustHoldRef] Page page)
    {
        while (PageWriteback(page))
            WaitOnPageBit(page, PageFlag.Writeback, exclusive: false);
    }

    /// <summary>
    /// put_and_wait_on_page_locked: gives the caller's reference up once it is queued, then sleeps. Queueing first is
    /// what keeps the wake from being lost; giving the reference up is what lets a migration of this very page succeed.
    /// One wake ends the wait: by then the frame may be somebody else's, so the page is not looked at again.
    /// </summary>
    [MaySleep, MayAcquire("@page_wait_queue", "@lru_lock", "@zone_lock")]
    public static void PutAndWaitOnPageLocked([ReleasesRef] Page page)
    {
        WaitPageQueue? entry = QueueIfBitSet(page, PageFlag.Locked, exclusive: false);
        Lru.PutPage(page);
        if (entry != null)
            SleepUntilWoken(entry);
    }

    /// <summary>wake_up_page_bit: wakes everybody who only looks, and the first who wants the bit.</summary>
    [NeverSleeps, RunsIn(ExecutionContext.Any), MayAcquire("@page_wait_queue")]
    public static void WakeUpPageBit(Page page, PageFlag bit)
    {
        var queue = PageWaitqueue(page);
        bool wokeExclusive = false, waitersLeft = false;
        queue.Lock.LockIrqSave(out ulong flags);
        for (int i = 0; i < queue.Entries.Count; i++)
        {
            var entry = queue.Entries[i];
            if (entry.Page != page)
                continue;
            if (entry.Bit != bit || (entry.Exclusive && wokeExclusive))
            {
                waitersLeft = true;
                continue;
            }
            wokeExclusive |= entry.Exclusive;
            queue.Entries.RemoveAt(i--);
            entry.Woken = true;
            Wake(entry);
        }
        if (!waitersLeft)
            page.Clear(PageFlag.Waiters);
        queue.Lock.UnlockIrqRestore(flags);
    }

    /// <summary>The waiting half of lock_page: queues, sleeps, tries the bit again.</summary>
    [NoLockAnalysis("primitive: the slow path of PageBitLock, which holds the lock when this returns")]
    internal static void WaitForPageLock(Page page)
    {
        while (!page.Lock.TakeBit())
        {
            var entry = QueueIfBitSet(page, PageFlag.Locked, exclusive: true);
            if (entry != null)
                SleepUntilWoken(entry);
        }
    }

    [MaySleep, MayAcquire("@page_wait_queue")]
    private static void WaitOnPageBit(Page page, PageFlag bit, bool exclusive)
    {
        WaitPageQueue? entry = QueueIfBitSet(page, bit, exclusive);
        if (entry != null)
            SleepUntilWoken(entry);
    }

    /// <summary>
    /// Queues the caller if the bit is still set. PG_waiters is set before the bit is tested, and the one who clears the
    /// bit tests PG_waiters afterwards: one of the two sees the other.
    /// </summary>
    [MayAcquire("@page_wait_queue"), NeverSleeps]
    internal static WaitPageQueue? QueueIfBitSet(Page page, PageFlag bit, bool exclusive)
    {
        var queue = PageWaitqueue(page);
        WaitPageQueue? entry = null;
        queue.Lock.LockIrqSave(out ulong flags);
        page.Set(PageFlag.Waiters);
        if (bit == PageFlag.Locked ? PageLocked(page) : page.Test(bit))
        {
            entry = new WaitPageQueue(TaskStruct.Current, page, bit, exclusive);
            queue.Entries.Add(entry);
        }
        queue.Lock.UnlockIrqRestore(flags);
        return entry;
    }

    /// <summary>Sleeps until the waker has taken the entry off its queue.</summary>
    [MaySleep]
    internal static void SleepUntilWoken(WaitPageQueue entry)
    {
        while (!entry.Woken)
            Sched.Schedule("a page bit");
    }

    [NoLockAnalysis("primitive: wakes a task")]
    [NeverSleeps]
    private static void Wake(WaitPageQueue entry) => entry.Task.WakeUp();

    private static WaitQueueHead[] MakeTable()
    {
        var table = new WaitQueueHead[256];
        for (int i = 0; i < table.Length; i++)
            table[i] = new WaitQueueHead();
        return table;
    }
}
