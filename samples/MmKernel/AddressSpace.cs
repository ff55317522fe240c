using System.Threading;
using MmLock;

namespace MmKernel;

/// <summary>
/// struct address_space: the page cache of one file, or the swap cache. Its tree is changed under i_pages with
/// interrupts off and walked under RCU; what a walker finds there has no reference yet.
/// </summary>
public sealed class AddressSpace
{
    /// <summary>The cache of a file with this many pages, or of a swap device with this many slots.</summary>
    public AddressSpace(string name, int pages)
    {
        Name = name;
        Slots = new Page?[pages];
        Disk = new long[pages];
        Expected = new long[pages];
    }

    /// <summary>A name for reports.</summary>
    public string Name { get; }

    /// <summary>The inode's lock, for writes and truncation.</summary>
    [LockClass(LockClasses.IRwsem)]
    public readonly RwSem IRwsem = new(LockClasses.IRwsem);

    /// <summary>invalidate_lock: filling the cache (shared) against punching holes in it (exclusive).</summary>
    [LockClass(LockClasses.InvalidateLock)]
    public readonly RwSem InvalidateLock = new(LockClasses.InvalidateLock);

    /// <summary>i_mmap_rwsem: the VMAs that map this file.</summary>
    [LockClass(LockClasses.IMmapRwsem)]
    public readonly RwSem IMmapRwsem = new(LockClasses.IMmapRwsem);

    /// <summary>private_lock: the buffers of the pages.</summary>
    [LockClass(LockClasses.PrivateLock)]
    public readonly SpinLock PrivateLock = new(LockClasses.PrivateLock);

    /// <summary>The i_pages lock: the end of a write takes it in an interrupt.</summary>
    [LockClass(LockClasses.IPages, TakenIn = IrqContext.Hardirq)]
    public readonly SpinLock IPages = new(LockClasses.IPages);

    /// <summary>The VMAs that map this file.</summary>
    [PointeeGuardedBy("IMmapRwsem")]
    public readonly System.Collections.Generic.List<Vma> IMmap = [];

    /// <summary>The slots of the tree. Written under i_pages, read under i_pages or RCU: see <see cref="Load"/>.</summary>
    private Page?[] Slots { get; }

    /// <summary>What is on the disk, by page.</summary>
    internal long[] Disk { get; }

    /// <summary>What was written last by processes that map the file, by page: for the audit.</summary>
    internal long[] Expected { get; }

    /// <summary>Number of slots.</summary>
    public int Size => Slots.Length;

    /// <summary>nrpages.</summary>
    [WriteGuardedBy("IPages")]
    public int NrPages;

    /// <summary>Pages with the dirty tag.</summary>
    [GuardedBy("IPages")]
    public int NrDirty;

    /// <summary>xas_load: what stands in a slot. The page has no reference: it may leave at any time.</summary>
    [MustHoldAny("@rcu", "IPages"), NeverSleeps]
    [return: Unreferenced]
    public Page? Load(int index)
    {
        LockValidator.RcuDereference(Rcu.ReadLockHeld || LockValidator.IsHeld(IPages), "rcu (i_pages tree)");
        return Volatile.Read(ref Slots[index]);
    }

    /// <summary>xas_reload: does the page still stand in the slot, now that somebody has a reference on it?</summary>
    [MustHoldAny("@rcu", "IPages"), NeverSleeps]
    public bool Reload(int index, Page page) => Load(index) == page;

    /// <summary>xas_store: the reference that the tree has on a page is the caller's to account for.</summary>
    [MustHold("IPages"), NeverSleeps]
    public void Store(int index, Page? page)
    {
        IPages.AssertHeld();
        Volatile.Write(ref Slots[index], page);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
