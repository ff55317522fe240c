using MmLock;

namespace MmKernel;

/// <summary>
/// The page lock as mm code uses it (pagemap.h and mm/filemap.c). All of them want a reference on the page: the lock is
/// a bit of the page itself, and a page that nobody holds may be anybody's.
/// </summary>
public static class PageLock
{
    /// <summary>
    /// lock_page: may sleep, contended or not; outside of everything but mmap_lock, so nothing of mm is held here.
    /// </summary>
    [Acquires("page.Lock"), MaySleep]
    public static void LockPage([MustHoldRef] Page page) => page.Lock.Lock();

    /// <summary>
    /// trylock_page: for code that may not wait, because it is atomic, or holds another page lock, or stands inside a
    /// lock that belongs inside this one.
    /// </summary>
    [TryAcquires("page.Lock"), NeverSleeps]
    public static bool TryLockPage([MustHoldRef] Page page) => page.Lock.TryLock();

    /// <summary>unlock_page: any task, any context.</summary>
    [Releases("page.Lock"), NeverSleeps, RunsIn(ExecutionContext.Any), MayAcquire("@page_wait_queue")]
    public static void UnlockPage(Page page) => page.Lock.Unlock();

    /// <summary>
    /// lock_page_or_retry: a fault would rather give up than sleep with mmap_lock held. False means that mmap_lock was
    /// dropped: the caller leaves the fault without another look at the address space.
    /// </summary>
    [TryAcquires("page.Lock", Waits = true), ReleasesShared("mm.MmapLock", On = Outcome.False), MaySleep]
    public static bool LockPageOrRetry([MustHoldRef] Page page, MmStruct mm, bool allowRetry)
    {
        if (TryLockPage(page))
            return true;
        if (allowRetry)
        {
            mm.MmapLock.UpRead();
            Filemap.WaitOnPageLocked(page);
            return false;
        }
        LockPage(page);
        return true;
    }
}
