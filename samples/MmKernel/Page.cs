using System.Threading;
using MmLock;

namespace MmKernel;

/// <summary>Bits of page->flags that are changed one by one. PG_locked and PG_lru have types of their own.</summary>
[System.Flags]
public enum PageFlag
{
    /// <summary>No bit.</summary>
    None = 0,

    /// <summary>PG_locked, as the name of a bit to wait for; the bit itself lives in <see cref="PageBitLock"/>.</summary>
    Locked = 1 << 0,

    /// <summary>Somebody waits for a bit of this page (or has lately).</summary>
    Waiters = 1 << 1,

    /// <summary>Read from disk, worth reading.</summary>
    Uptodate = 1 << 2,

    /// <summary>Differs from disk.</summary>
    Dirty = 1 << 3,

    /// <summary>On its way to disk.</summary>
    Writeback = 1 << 4,

    /// <summary>Put to the end of its list when the write is done.</summary>
    Reclaim = 1 << 5,

    /// <summary>Used once lately.</summary>
    Referenced = 1 << 6,

    /// <summary>Belongs on an active list.</summary>
    Active = 1 << 7,

    /// <summary>Anonymous or shmem: belongs on an anon list.</summary>
    SwapBacked = 1 << 8,

    /// <summary>In the swap cache.</summary>
    SwapCache = 1 << 9,

    /// <summary>Belongs on the unevictable list.</summary>
    Unevictable = 1 << 10,

    /// <summary>Pinned by mlock.</summary>
    Mlocked = 1 << 11,

    /// <summary>First page of a compound page.</summary>
    Head = 1 << 12,

    /// <summary>The next write of this page ends in an error.</summary>
    Error = 1 << 13,
}

/// <summary>
/// struct page: one page frame. A frame is never freed as an object, it goes from life to life; what keeps one life is
/// the reference count. Hence the two questions the contracts ask everywhere: who holds a reference, and who may rely on
/// (or change) which field meanwhile.
/// </summary>
[RefCounted]
public sealed class Page
{
    private int _flags;
    private int _refcount;
    private int _mapcount;

    /// <summary>A frame, as found at boot: free, nobody's.</summary>
    public Page(int pfn, int nid)
    {
        Pfn = pfn;
        Nid = nid;
        Lock = new PageBitLock(this);
    }

    /// <summary>Page frame number.</summary>
    public int Pfn { get; }

    /// <summary>The memory node of the frame.</summary>
    public int Nid { get; }

    /// <summary>PG_locked: the page lock.</summary>
    [LockClass(LockClasses.PageLock)]
    public readonly PageBitLock Lock;

    /// <summary>PG_lru, and the right that comes with clearing it.</summary>
    [LockClass(LockClasses.LruIsolation)]
    public readonly LruIsolation Isolation = new();

    /// <summary>Nobody else can see the page.</summary>
    [LockClass(LockClasses.ExclusivePage)]
    public readonly ExclusivePage Exclusive = new();

    /// <summary>The lock_page_memcg section of this page.</summary>
    public readonly PageMemcgSection MemcgLock = new();

    /// <summary>
    /// page->mem_cgroup: whom the page is charged to, null for the root. Any one of page lock, LRU isolation and
    /// lock_page_memcg keeps it from changing, because a charge mover needs all three; an exclusive page has one owner.
    /// An RCU reader is not in the list: it keeps the memcg from being freed, not the page from changing sides.
    /// </summary>
    [StableUnder("Lock", "Isolation", "MemcgLock", Exclusive = "Exclusive")]
    public MemCgroup? MemCgroup;

    /// <summary>
    /// page->mapping: the file (or swap cache) the page belongs to. A look without the page lock is allowed, but it has
    /// to be repeated under the lock before anybody believes it.
    /// </summary>
    [StableUnder("Lock", Optimistic = true, Exclusive = "Exclusive")]
    public AddressSpace? Mapping;

    /// <summary>page->index: the offset in the mapping.</summary>
    [StableUnder("Lock", Optimistic = true, Exclusive = "Exclusive")]
    public int Index;

    /// <summary>page->private of a page in the swap cache: its slot.</summary>
    [StableUnder("Lock", Optimistic = true, Exclusive = "Exclusive")]
    public SwpEntry Swap;

    /// <summary>The anon_vma of an anonymous page: where its rmap walk begins.</summary>
    [StableUnder("Lock", Optimistic = true, Exclusive = "Exclusive")]
    public AnonVma? AnonVma;

    /// <summary>compound_head of a tail page.</summary>
    [StableUnder("Lock", Optimistic = true, Exclusive = "Exclusive")]
    public Page? CompoundHead;

    /// <summary>page->lru.next.</summary>
    internal Page? LruNext;

    /// <summary>page->lru.prev.</summary>
    internal Page? LruPrev;

    /// <summary>The list that the link is on: the kernel cannot know it, the model checks with it.</summary>
    internal object? LruOwner;

    /// <summary>The bytes of the page, all of them: one number that tells contents apart.</summary>
    internal long Data;

    /// <summary>page_count.</summary>
    public int RefCount => Volatile.Read(ref _refcount);

    /// <summary>
    /// page_mapcount, counted from zero. Unstable without the page-table lock, or the page lock when unmapped.
    /// </summary>
    public int MapCount => Volatile.Read(ref _mapcount);

    /// <summary>Tests one bit.</summary>
    [NeverSleeps]
    public bool Test(PageFlag flag) => (Volatile.Read(ref _flags) & (int)flag) != 0;

    /// <summary>Sets one bit.</summary>
    [NeverSleeps]
    internal void Set(PageFlag flag) => Interlocked.Or(ref _flags, (int)flag);

    /// <summary>Clears one bit.</summary>
    [NeverSleeps]
    internal void Clear(PageFlag flag) => Interlocked.And(ref _flags, ~(int)flag);

    /// <summary>Sets one bit and tells whether it was set.</summary>
    [NeverSleeps]
    internal bool TestSet(PageFlag flag) => (Interlocked.Or(ref _flags, (int)flag) & (int)flag) != 0;

    /// <summary>Clears one bit and tells whether it was set.</summary>
    [NeverSleeps]
    internal bool TestClear(PageFlag flag) => (Interlocked.And(ref _flags, ~(int)flag) & (int)flag) != 0;

    /// <summary>All bits at once, of a page that nobody else sees.</summary>
    [MustHold("Exclusive"), NeverSleeps]
    internal void ResetFlags() => Volatile.Write(ref _flags, 0);

    /// <summary>All bits, for a copy.</summary>
    internal PageFlag FlagsWord => (PageFlag)Volatile.Read(ref _flags);

    internal ref int RefCountWord => ref _refcount;

    internal ref int MapCountWord => ref _mapcount;

    /// <inheritdoc/>
    public override string ToString() => $"page {Pfn}";
}
