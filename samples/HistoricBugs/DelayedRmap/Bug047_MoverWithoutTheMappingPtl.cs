using MmKernel;
using MmLock;

namespace HistoricBugs;

/// <summary>
/// B47: the mover looks at a page that is mapped elsewhere.
/// </summary>
/// <remarks>
/// <para>What happened: The page was found through an entry that does not map it, in the swap cache or the page cache, so
/// the lock held is not that of the page table that maps it: page_mapped() can change between the mover's test and its
/// update.</para>
/// <para>Source: fixed by 4e0cf05f6059 (v6.3).</para>
/// <para>Repaired: <see cref="Memcontrol.MemCgroupMoveCharge"/> skips such pages.</para>
/// </remarks>
public static class Bug047_MoverWithoutTheMappingPtl
{
    /// <summary>Moves the charge of a page found through a swap entry.</summary>
    [MustHold("page.Lock", "page.Isolation")]
    public static void MoveNonPresent(Page page, PteTable found, PteTable mapping, MemCgroup from, MemCgroup to)
    {
        found.Ptl.Lock();
        Charges.MoveAccount(page, mapping, from, to); //~ MML2001
        found.Ptl.Unlock();
    }
}
