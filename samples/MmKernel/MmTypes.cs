using System.Collections.Generic;
using MmLock;

namespace MmKernel;

/// <summary>swp_entry_t: a slot of the swap device.</summary>
/// <param name="Offset">The slot, counted from one; zero is none.</param>
public readonly record struct SwpEntry(int Offset)
{
    /// <summary>Is there no slot?</summary>
    public bool IsNone => Offset == 0;
}

/// <summary>What a page-table entry says.</summary>
public enum PteKind
{
    /// <summary>Nothing was ever here.</summary>
    None,

    /// <summary>Maps a page, and holds a reference on it.</summary>
    Present,

    /// <summary>The page is in a swap slot, on which this entry is a user.</summary>
    Swap,

    /// <summary>The page is on its way to another frame; wait until it has arrived.</summary>
    Migration,
}

/// <summary>pte_t.</summary>
/// <param name="Kind">What the entry says.</param>
/// <param name="Page">The page mapped, or the page that is moving.</param>
/// <param name="Entry">The swap slot.</param>
/// <param name="Dirty">The hardware wrote through this entry.</param>
/// <param name="Writable">The hardware may write through this entry.</param>
/// <param name="Young">The hardware used this entry lately.</param>
public readonly record struct Pte(PteKind Kind, Page? Page = null, SwpEntry Entry = default, bool Dirty = false, bool Writable = false,
    bool Young = false);

/// <summary>One page-table page with its lock. Holding some ptl is not holding the ptl of this table.</summary>
public sealed class PteTable
{
    /// <summary>A table of some entries.</summary>
    public PteTable(int entries) => Ptes = new Pte[entries];

    /// <summary>The split page-table lock. Never taken in interrupts; two of them never nest in this model.</summary>
    [LockClass(LockClasses.Ptl)]
    public readonly SpinLock Ptl = new(LockClasses.Ptl);

    /// <summary>The entries.</summary>
    [PointeeGuardedBy("Ptl")]
    public readonly Pte[] Ptes;
}

/// <summary>struct mm_struct: an address space.</summary>
public sealed class MmStruct
{
    private MemCgroup _memcg;

    /// <summary>An empty address space, charged to a group.</summary>
    public MmStruct(MemCgroup memcg) => _memcg = memcg;

    /// <summary>mmap_lock: the VMAs. Outside of everything a fault takes.</summary>
    [LockClass(LockClasses.MmapLock)]
    public readonly RwSem MmapLock = new(LockClasses.MmapLock);

    /// <summary>The mapped ranges.</summary>
    [PointeeGuardedBy("MmapLock")]
    public readonly List<Vma> Vmas = [];

    /// <summary>Whom new pages are charged to. The groups of this model's processes are never removed.</summary>
    public MemCgroup Memcg
    {
        get => System.Threading.Volatile.Read(ref _memcg);
        set => System.Threading.Volatile.Write(ref _memcg, value);
    }
}

/// <summary>struct vm_area_struct: a mapped range, with the page table that serves it.</summary>
public sealed class Vma
{
    /// <summary>A range that maps a part of a file, or anonymous memory.</summary>
    public Vma(MmStruct mm, AddressSpace? file, int pgoff, int length)
    {
        Mm = mm;
        File = file;
        Pgoff = pgoff;
        Length = length;
        Table = new PteTable(length);
        Tlb = new Mmu.TlbEntry?[length];
        Expected = new long[length];
    }

    /// <summary>The address space.</summary>
    public MmStruct Mm { get; }

    /// <summary>The file, null for anonymous memory.</summary>
    public AddressSpace? File { get; }

    /// <summary>Offset of the first page in the file.</summary>
    public int Pgoff { get; }

    /// <summary>Number of pages.</summary>
    public int Length { get; }

    /// <summary>The page table of the range.</summary>
    public PteTable Table { get; }

    /// <summary>
    /// The root of the anonymous rmap: set once, by the first fault, under the write lock of the new anon_vma and the
    /// page-table lock. Read without a lock: null or final.
    /// </summary>
    [WriteGuardedBy("Table.Ptl")]
    public AnonVma? AnonVma;

    /// <summary>What the hardware remembers of the page table.</summary>
    internal Mmu.TlbEntry?[] Tlb { get; }

    /// <summary>What the process wrote last, by page of anonymous memory: for the audit.</summary>
    internal long[] Expected { get; }
}

/// <summary>
/// struct anon_vma: the VMAs in which anonymous pages may be mapped. Locking one locks the whole tree: it is the root's
/// lock.
/// </summary>
public sealed class AnonVma
{
    /// <summary>The lock of the root.</summary>
    [LockClass(LockClasses.AnonVmaRwsem)]
    public readonly RwSem Rwsem = new(LockClasses.AnonVmaRwsem);

    /// <summary>The VMAs.</summary>
    [PointeeGuardedBy("Rwsem")]
    public readonly List<Vma> Vmas = [];
}
