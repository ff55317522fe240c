using System.Threading;
using MmLock;

namespace MmKernel;

/// <summary>
/// LRU isolation of one page, and the PG_lru bit with it. The bit set means "on an LRU list, nobody's"; whoever
/// clears it owns the page's list link and its place in the world: until the bit is set again nobody else may link,
/// unlink or move the page, and its memcg cannot change. Nobody ever waits for it, so it is a token, not a lock:
/// the loser of <see cref="TestClear"/> leaves the page alone.
/// <para>A page that was never on a list is isolated from birth: the allocator hands the token out with the page.</para>
/// </summary>
[LockType(LockKind.Token)]
[NoLockAnalysis("primitive: the PG_lru bit, changed by one interlocked operation")]
public sealed class LruIsolation
{
    private int _pgLru;

    /// <summary>PageLRU: a hint to anybody but the isolator.</summary>
    public bool PgLru => Volatile.Read(ref _pgLru) != 0;

    /// <summary>TestClearPageLRU: one caller wins.</summary>
    [TryAcquires, NeverSleeps]
    public bool TestClear() => Interlocked.Exchange(ref _pgLru, 0) != 0;

    /// <summary>SetPageLRU: the page is on a list, and anybody's to claim.</summary>
    [Releases, NeverSleeps]
    public void Set() => Bug.On(Interlocked.Exchange(ref _pgLru, 1) != 0, "PG_lru is set on a page that has it");

    /// <summary>__ClearPageLRU at refcount zero, under lru_lock: nobody can compete any more.</summary>
    [Acquires, NeverSleeps]
    public void ClearDead() => Bug.On(Interlocked.Exchange(ref _pgLru, 0) == 0, "PG_lru is cleared on a page that lacks it");

    /// <summary>The page is off every list and nobody else can see it: its isolation is ours without a claim.</summary>
    [Acquires, NeverSleeps]
    public void Adopt() => Bug.On(PgLru, "isolation adopted although PG_lru is set");

    /// <summary>The isolation goes to whoever gets the page next: a batch, a private list, the allocator.</summary>
    [Releases, NeverSleeps]
    public void HandOver() => Bug.On(PgLru, "isolation handed over although PG_lru is set");
}

/// <summary>
/// Exclusive ownership of one page: freshly allocated, or its reference count at zero (frozen, or the last reference
/// gone). Nobody else can reach the page, so what locks guard otherwise may be written without them.
/// </summary>
[LockType(LockKind.Token)]
[NoLockAnalysis("primitive: follows from the reference count, kept here as a ghost so that it can be checked")]
public sealed class ExclusivePage
{
    private int _owned = 1;

    /// <summary>Is somebody the only one to see the page?</summary>
    public bool IsOwned => Volatile.Read(ref _owned) != 0;

    /// <summary>The page became exclusive: the caller saw the count reach zero or froze it.</summary>
    [Acquires, NeverSleeps]
    public void Take() => Bug.On(Interlocked.Exchange(ref _owned, 1) != 0, "a page becomes exclusive twice");

    /// <summary>The page becomes visible to others, or goes back to the allocator.</summary>
    [Releases, NeverSleeps]
    public void Publish() => Bug.On(Interlocked.Exchange(ref _owned, 0) == 0, "a page is published twice");

    /// <summary>The exclusive page goes to its next single owner: a list of dead pages, the free list.</summary>
    [Releases, NeverSleeps]
    public void HandOver() => Bug.On(!IsOwned, "a page that is not exclusive is handed over as such");

    /// <summary>
    /// Takes over an exclusive page from a list of dead pages, from the free list, or from its frozen head.
    /// </summary>
    [Acquires, NeverSleeps]
    public void Adopt() => Interlocked.Exchange(ref _owned, 1);
}

/// <summary>
/// What lock_page_memcg opens on a page: the promise that its charge stays where it is. While no charge moves the
/// promise is an RCU reader; while the page's memcg gives charges away it is that memcg's move_lock, taken with
/// interrupts saved. A caller cannot know which of the two it meets, so the contract states what both have in common: a
/// section in which nobody may sleep. The order of move_lock is checked by <c>[MayAcquire("@move_lock")]</c> on the
/// function that opens it.
/// </summary>
[LockType(LockKind.Context)]
[NoLockAnalysis("primitive: names, per page, a section that Memcontrol.LockPageMemcg keeps")]
public sealed class PageMemcgSection;
