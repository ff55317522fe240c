using System.Collections.Generic;
using MmLock;

namespace MmKernel;

/// <summary>swp_entry_t: a slot of a swap device.</summary>
/// <param name="Offset">The slot, counted from one; zero is none.</param>
public readonly record struct SwpEntry(int Offset)
{
    /// <summary>Is this a slot at all?</summary>
    public bool IsNone => Offset == 0;
}

/// <summary>struct mm_struct: an address space.</summary>
public sealed class MmStruct
{
    /// <summary>mmap_lock: the VMAs. Outside of everything a fault takes.</summary>
    [LockClass(LockClasses.MmapLock)]
    public readonly RwSem MmapLock = new(LockClasses.MmapLock);

    /// <summary>The mapped ranges.</summary>
    [PointeeGuardedBy("MmapLock")]
    public readonly List<Vma> Vmas = [];
}

/// <summary>struct vm_area_struct: a mapped range.</summary>
public sealed class Vma
{
}

/// <summary>struct anon_vma.</summary>
public sealed class AnonVma
{
}
