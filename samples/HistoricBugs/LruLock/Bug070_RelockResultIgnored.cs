using MmKernel;
using MmLock;
using static MmKernel.Memcontrol;
using static MmKernel.PageFlags;

namespace HistoricBugs;

/// <summary>
/// B70: the lruvec of before is used after a relock.
/// </summary>
/// <remarks>
/// <para>What happened: relock keeps the lock or swaps it: only what it returns is locked. Code that went on with the old
/// variable changed the sizes of one lruvec under the lock of another, and unlocked what it did not hold.</para>
/// <para>Source: constructed from the rules of the first thread.</para>
/// <para>Repaired: <see cref="Lru.PagevecLruAdd"/> keeps the result.</para>
/// </remarks>
public static class Bug070_RelockResultIgnored
{
    /// <summary>Counts a page on its list.</summary>
    [MustHold("@irq", "page.Isolation"), NeverSleeps]
    public static void CountOne(Page page, Page next)
    {
        var lruvec = LockPageLruvec(page);
        RelockPageLruvec(page, lruvec);
        MemCgroupUpdateLruSize(lruvec, PageLruList(next), 1); //~ MML2001
        UnlockPageLruvec(lruvec); //~ MML2005
    } //~ MML2006
}
