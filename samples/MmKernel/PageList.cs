using MmLock;

namespace MmKernel;

/// <summary>
/// A list_head that threads pages through page->lru, without references: an LRU list. Whoever changes it holds the lru_lock
/// of its lruvec, and finds pages on it that may be on their way to freedom.
/// </summary>
public sealed class LruList
{
    private Page? _first;
    private Page? _last;

    /// <summary>Number of entries (a compound page is one).</summary>
    public int Count { get; private set; }

    /// <summary>The first page: found without a reference.</summary>
    [Unreferenced]
    public Page? First => _first;

    /// <summary>The last page: found without a reference, and may be gone the next moment.</summary>
    [Unreferenced]
    public Page? Last => _last;

    /// <summary>list_add.</summary>
    public void AddFirst(Page page)
    {
        Link(page);
        page.LruNext = _first;
        if (_first != null)
            _first.LruPrev = page;
        else
            _last = page;
        _first = page;
    }

    /// <summary>list_add_tail.</summary>
    public void AddLast(Page page)
    {
        Link(page);
        page.LruPrev = _last;
        if (_last != null)
            _last.LruNext = page;
        else
            _first = page;
        _last = page;
    }

    /// <summary>list_del.</summary>
    public void Remove(Page page)
    {
        Bug.On(page.LruOwner != this, $"{page} is taken off a list that it is not on");
        if (page.LruPrev != null)
            page.LruPrev.LruNext = page.LruNext;
        else
            _first = page.LruNext;
        if (page.LruNext != null)
            page.LruNext.LruPrev = page.LruPrev;
        else
            _last = page.LruPrev;
        page.LruNext = page.LruPrev = null;
        page.LruOwner = null;
        Count--;
    }

    private void Link(Page page)
    {
        Bug.On(page.LruOwner != null, $"{page} is linked to a list while it is on another");
        page.LruOwner = this;
        Count++;
    }
}

/// <summary>
/// A private list of pages in the hands of one task, threaded through page->lru as well. It owns what is on it: each
/// page's isolation (which is what makes the link ours to use) and one reference. Adding hands both to the list, taking
/// gets them back, so a page that is neither put on a list nor put back is a finding.
/// </summary>
public sealed class PageList
{
    private readonly LruList _pages = new();

    /// <summary>Number of pages.</summary>
    public int Count => _pages.Count;

    /// <summary>Adds an isolated page with the reference that the isolator took.</summary>
    [Releases("page.Isolation"), NeverSleeps]
    public void AddIsolated([ReleasesRef] Page page)
    {
        _pages.AddFirst(page);
        page.Isolation.HandOver();
        Forget(page);
    }

    /// <summary>Takes the oldest page back with its isolation and its reference, or null.</summary>
    [TryAcquires("return.Isolation", On = Outcome.NotNull), NeverSleeps]
    [return: AcquiresRef]
    public Page? TakeIsolated()
    {
        Page? page = Oldest();
        if (page == null)
            return null;
        _pages.Remove(page);
        page.Isolation.Adopt();
        return page;
    }

    /// <summary>Adds a dead page: no references, off the LRU, nobody else sees it.</summary>
    [Releases("page.Exclusive", "page.Isolation"), NeverSleeps]
    public void AddDead([ReleasesRef] Page page)
    {
        _pages.AddFirst(page);
        page.Isolation.HandOver();
        page.Exclusive.HandOver();
        Forget(page);
    }

    /// <summary>Takes a dead page back, or null.</summary>
    [TryAcquires("return.Exclusive", "return.Isolation", On = Outcome.NotNull), NeverSleeps]
    [return: AcquiresRef]
    public Page? TakeDead()
    {
        Page? page = Oldest();
        if (page == null)
            return null;
        _pages.Remove(page);
        page.Exclusive.Adopt();
        page.Isolation.Adopt();
        return page;
    }

    [NoLockAnalysis("the list is the owner: what comes off it is owned, not merely found")]
    [return: AcquiresRef]
    private Page? Oldest() => _pages.Last;

    [NoLockAnalysis("the list is the owner: the reference stays with the page on it")]
    private static void Forget([ReleasesRef] Page page) =>
        Bug.On(page.LruOwner == null, "a page is forgotten that is on no list");
}
