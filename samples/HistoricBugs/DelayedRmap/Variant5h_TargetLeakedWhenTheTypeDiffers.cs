using MmKernel;
using MmLock;
using static MmKernel.Memcontrol;
using static MmKernel.PageRef;
using static MmKernel.PageLock;
using static MmKernel.Lru;

namespace HistoricBugs;

/// <summary>
/// 5H: page lock and reference stay when the page is not the one wanted.
/// </summary>
/// <remarks>
/// <para>What happened: The page was referenced and locked before it was known whether it belongs to the group that gives
/// charges away. The path for "it does not" returned at once.</para>
/// <para>Source: the fifth thread, a variant discussed.</para>
/// <para>Repaired: <see cref="Memcontrol.MemCgroupMoveCharge"/> unlocks and puts on every path.</para>
/// </remarks>
public static class Variant5h_TargetLeakedWhenTheTypeDiffers
{
    /// <summary>get_mctgt_type: what is to be moved?</summary>
    [MustHold("table.Ptl")]
    [TryAcquires("return.Lock", On = Outcome.NotNull)]
    [return: AcquiresRef]
    public static Page? GetMctgtType(PteTable table, int index, int pfn, MemCgroup from)
    {
        Page page = MemMap.PfnToPage(pfn);
        if (table.Ptes[index].Kind == PteKind.None || !GetPageUnlessZero(page))
            return null;
        if (!TryLockPage(page))
        {
            PutPage(page);
            return null;
        }
        if (PageMemcg(page) != from)
            return null; //~ MML2006 MML5003
        return page;
    }
}
