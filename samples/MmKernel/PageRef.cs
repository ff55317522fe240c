using System.Threading;
using MmLock;

namespace MmKernel;

/// <summary>
/// The reference count of a page (page_ref.h): what keeps a frame in its present life. Bodies are the primitive; the
/// contracts say who owns what afterwards.
/// </summary>
[NoLockAnalysis("primitive: the reference count itself")]
public static class PageRef
{
    /// <summary>get_page: one more, for somebody who has one already.</summary>
    [NeverSleeps]
    public static void GetPage([MustHoldRef, AcquiresRef] Page page) =>
        Bug.On(Interlocked.Increment(ref page.RefCountWord) <= 1, "get_page on a page without references");

    /// <summary>get_page for several base pages at once; the model keeps no account of each.</summary>
    [NeverSleeps]
    internal static void PageRefAdd(Page page, int nr) =>
        Bug.On(Interlocked.Add(ref page.RefCountWord, nr) <= nr, "references added to a page without any");

    /// <summary>Takes off references that the caller accounts for, never the last one.</summary>
    [NeverSleeps]
    internal static void PageRefSub(Page page, int nr) =>
        Bug.On(Interlocked.Add(ref page.RefCountWord, -nr) <= 0, "the last reference is taken off by page_ref_sub");

    /// <summary>
    /// get_page_unless_zero: the way to a reference for somebody who found the page without one. False means that the
    /// page is frozen or on its way to the free list.
    /// </summary>
    [NeverSleeps]
    public static bool GetPageUnlessZero([TryAcquiresRef] Page page)
    {
        int seen = Volatile.Read(ref page.RefCountWord);
        while (seen > 0)
        {
            int was = Interlocked.CompareExchange(ref page.RefCountWord, seen + 1, seen);
            if (was == seen)
                return true;
            seen = was;
        }
        Races.Met(Race.GetPageUnlessZeroFailed);
        return false;
    }

    /// <summary>
    /// put_page_testzero: gives a reference up. If it was the last one the page comes back to the caller, who is now
    /// its only owner and has to free it; otherwise the result is null and the page is not the caller's any more.
    /// </summary>
    [TryAcquires("return.Exclusive", On = Outcome.NotNull), NeverSleeps]
    [return: AcquiresRef]
    public static Page? PutPageTestzero([ReleasesRef] Page page)
    {
        int left = Interlocked.Decrement(ref page.RefCountWord);
        Bug.On(left < 0, "put_page on a page without references");
        if (left != 0)
            return null;
        page.Exclusive.Take();
        return page;
    }

    /// <summary>
    /// put_page where somebody else is known to hold another reference, so that nothing is freed. The one put_page that
    /// is legal under lru_lock: the winner of PG_lru has a reference of its own.
    /// </summary>
    [NeverSleeps]
    public static void PutPageNotLast([ReleasesRef] Page page) =>
        Bug.On(Interlocked.Decrement(ref page.RefCountWord) <= 0, "the reference said not to be the last one was");

    /// <summary>
    /// page_ref_freeze: from the expected count to zero in one step. On true nobody else has a reference nor can get one;
    /// on false somebody has a reference we know nothing of.
    /// </summary>
    [TryAcquires("page.Exclusive"), NeverSleeps]
    public static bool PageRefFreeze(Page page, int expected)
    {
        if (Interlocked.CompareExchange(ref page.RefCountWord, 0, expected) != expected)
        {
            Races.Met(Race.FreezeFailed);
            return false;
        }
        page.Exclusive.Take();
        return true;
    }

    /// <summary>page_ref_unfreeze: the page is visible again, with this many references.</summary>
    [Releases("page.Exclusive"), NeverSleeps]
    public static void PageRefUnfreeze(Page page, int count)
    {
        Bug.On(page.RefCount != 0, "a page is unfrozen that has references");
        page.Exclusive.Publish();
        Volatile.Write(ref page.RefCountWord, count);
    }

    /// <summary>The page was made ready in private and becomes visible: from here on the ordinary guards apply.</summary>
    [Releases("page.Exclusive"), NeverSleeps]
    public static void PublishPage(Page page) => page.Exclusive.Publish();
}
