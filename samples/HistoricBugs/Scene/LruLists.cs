using MmKernel;
using MmLock;

namespace HistoricBugs;

/// <summary>del_page_from_lru_list, which the model keeps to itself, with the model's contract.</summary>
[NoLockAnalysis("stands for a function of the model")]
public static class LruLists
{
    /// <summary>Takes a page off its list: only under the list's lock, and only the owner of the isolation may.</summary>
    [MustHold("lruvec.LruLock"), MustHoldAny("page.Isolation", "page.Exclusive"), NeverSleeps]
    public static void Unlink(Page page, Lruvec lruvec) =>
        Memcontrol.MemCgroupUpdateLruSize(lruvec, PageFlags.PageLruList(page), -PageFlags.CompoundNr(page));
}
