using MmKernel;
using static MmKernel.Memcontrol;
using static MmKernel.PageRef;
using static MmKernel.PageLock;
using static MmKernel.Lru;
using static MmKernel.Filemap;

namespace HistoricBugs;

/// <summary>
/// B81: a page is charged after it became visible.
/// </summary>
/// <remarks>
/// <para>What happened: The charge decides on which lruvec the page belongs. Stored while others can find the page, it
/// changes that under the hands of whoever has just looked.</para>
/// <para>Source: constructed.</para>
/// <para>Repaired: <see cref="Filemap.PagecacheGetPage"/> charges before it publishes.</para>
/// </remarks>
public static class Bug081_ChargedWhenAlreadyVisible
{
    /// <summary>Fills a slot of the page cache.</summary>
    public static void Fill(AddressSpace mapping, int index, MemCgroup memcg)
    {
        var page = PageAlloc.AllocPages(0, 0);
        if (page == null)
            return;
        PublishPage(page);
        CommitCharge(page, memcg); //~ MML2001
        if (TryLockPage(page))
        {
            AddToPageCacheLocked(page, mapping, index);
            UnlockPage(page);
        }
        PutPageOffLru(page);
    }
}
