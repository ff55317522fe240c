using System.Collections.Generic;
using System.Threading;
using MmLock;

namespace MmKernel;

/// <summary>
/// The hardware: a user thread reads and writes memory through its TLB without asking anybody, and goes on using an
/// entry that software has taken out of the page table until the TLB is flushed. That is the whole reason why a zap has
/// phases. What was written last is kept aside, so that a lost write is seen.
/// </summary>
[NoLockAnalysis("primitive: the memory management unit, which knows no lock of the kernel")]
public static class Mmu
{
    private static readonly object Wire = new();
    private static long Counter;

    /// <summary>One cached translation.</summary>
    internal sealed class TlbEntry(Page page, bool writable)
    {
        public readonly Page Page = page;
        public readonly bool Writable = writable;
    }

    /// <summary>The user touches a page. False: there is no translation that allows it, fault.</summary>
    public static bool Access(Vma vma, int index, bool write)
    {
        lock (Wire)
        {
            var entry = vma.Tlb[index];
            if (entry == null || (write && !entry.Writable))
                return false;
            Bug.On(entry.Page.RefCount == 0, $"a user reaches {entry.Page}, which is free, through a stale TLB entry");
            ref long expected = ref vma.File == null ? ref vma.Expected[index] : ref vma.File.Expected[vma.Pgoff + index];
            if (write)
                entry.Page.Data = expected = ++Counter;
            else
                Bug.On(entry.Page.Data != expected, $"a user reads {entry.Page.Data} from {entry.Page} but wrote {expected} last");
            return true;
        }
    }

    /// <summary>The hardware walks the table after a fault and caches what it finds there.</summary>
    [MustHold("@ptl"), NeverSleeps]
    internal static void Load(Vma vma, int index, Page page, bool writable)
    {
        lock (Wire)
            vma.Tlb[index] = new TlbEntry(page, writable);
    }

    /// <summary>flush_tlb_page: after this no CPU uses the old translation.</summary>
    [NeverSleeps]
    internal static void FlushPage(Vma vma, int index)
    {
        lock (Wire)
            vma.Tlb[index] = null;
    }

    /// <summary>Flushes pages of a range that is being thrown away; the anonymous ones read as zero from now on.</summary>
    [NeverSleeps]
    internal static void FlushZapped(Vma vma, List<int> indices)
    {
        lock (Wire)
        {
            foreach (int index in indices)
            {
                vma.Tlb[index] = null;
                vma.Expected[index] = 0;
            }
        }
    }

    /// <summary>What a page of a file has to read as from now on.</summary>
    internal static void Forget(AddressSpace mapping, int index, int nr)
    {
        lock (Wire)
        {
            for (int i = index; i < index + nr; i++)
                mapping.Expected[i] = mapping.Disk[i] = 0;
        }
    }
}
