using MmKernel;
using MmLock;

namespace HistoricBugs;

/// <summary>A counted anon_vma: the ones of the model live as long as their range.</summary>
[RefCounted]
public sealed class AnonVmaTree;

/// <summary>A range of an address space.</summary>
/// <param name="mm">Whose.</param>
public sealed class VmaRange(MmStruct mm)
{
    /// <summary>The address space.</summary>
    public readonly MmStruct Mm = mm;

    /// <summary>The lock of this VMA alone.</summary>
    [LockClass("vma_lock")]
    public readonly RwSem Lock = new("vma_lock");

    /// <summary>First address.</summary>
    [GuardedBy("Mm.MmapLock")]
    public long Start;

    /// <summary>Its anon_vma, set once under the VMA's lock.</summary>
    [StableUnder("Lock", Optimistic = true)]
    public AnonVma? AnonVma;
}

/// <summary>The functions of mm/rmap.c that the bugs call.</summary>
[NoLockAnalysis("stands for mm/rmap.c: only the contracts matter here")]
public static class AnonVmas
{
    /// <summary>put_anon_vma.</summary>
    [NeverSleeps]
    public static void Put([ReleasesRef] AnonVmaTree tree)
    {
    }

    /// <summary>Waits for those who still hold the lock of a tree about to go.</summary>
    [MaySleep]
    public static void FlushLockers([MustHoldRef] AnonVmaTree tree)
    {
    }

    /// <summary>move_ptes: rmap walkers must not pass the old place and then the new one and miss the page in both.</summary>
    [MustHoldAny("mapping.IMmapRwsem", "@anon_vma_rwsem"), NeverSleeps]
    public static void MovePtes(AddressSpace mapping, PteTable from, PteTable to)
    {
    }

    /// <summary>Frees a page table: nobody may find it through the file or through the anon_vma.</summary>
    [MustHold("mapping.IMmapRwsem", "tree.Rwsem"), NeverSleeps]
    public static void FreePageTable(AddressSpace mapping, AnonVma tree, PteTable table)
    {
    }

    /// <summary>Takes a VMA out of the file's tree: from here on truncation does not find it.</summary>
    [MustHold("tlb.Flushed"), MaySleep]
    public static void UnlinkFileVma(MmuGather tlb, VmaRange vma)
    {
    }

    /// <summary>Turns the mapcount of a huge page into mapcounts of its base pages.</summary>
    [MustHold("head.Lock"), NeverSleeps]
    public static void SplitMapcount(Page head)
    {
    }

    /// <summary>total_mapcount: a sum over the base pages, worth something while they stay one page.</summary>
    [NeverSleeps]
    public static int TotalMapcount([MustHoldRef] Page head) => head.MapCount;
}
