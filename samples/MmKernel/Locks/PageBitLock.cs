using System.Threading;
using MmLock;

namespace MmKernel;

/// <summary>
/// PG_locked as a lock: one bit, waited for asleep on a hashed wait queue. It has no owner: a page read is locked by
/// the submitter and unlocked by the completion, often an interrupt on another CPU. So nobody asks who unlocks, only
/// whether the page is locked at that moment.
/// </summary>
/// <param name="page">The page of the bit.</param>
[LockType(LockKind.Bit)]
[NoLockAnalysis("primitive: the PG_locked bit; waiting is in Filemap")]
public sealed class PageBitLock(Page page) : KernelLock(LockClasses.PageLock)
{
    private int _locked;
    private HeldLock? _entry;

    internal override LockKind Kind => LockKind.Bit;

    /// <summary>PageLocked: a hint, unless the lock is ours.</summary>
    public bool IsLocked => Volatile.Read(ref _locked) != 0;

    /// <summary>Takes the bit, sleeping on the page's wait queue while somebody else has it.</summary>
    [Acquires]
    public void Lock()
    {
        Bug.On(page.RefCount <= 0 && !page.Exclusive.IsOwned, $"lock_page on {page}, which has no references");
        LockValidator.MightSleep(ClassName);
        Sched.Window();
        LockValidator.Acquiring(this, shared: false, tried: false);
        if (!TakeBit())
        {
            Races.Met(Race.PageLockContended);
            Filemap.WaitForPageLock(page);
        }
        Taken(tried: false);
    }

    /// <summary>
    /// Takes the bit if it is free. Setting it on a page without references could hit a frame that is being freed or
    /// has just been given to somebody else.
    /// </summary>
    [TryAcquires, NeverSleeps]
    public bool TryLock()
    {
        Bug.On(page.RefCount <= 0 && !page.Exclusive.IsOwned, $"trylock_page on {page}, which has no references");
        LockValidator.Acquiring(this, shared: false, tried: true);
        if (!TakeBit())
        {
            Races.Met(Race.TrylockPageFailed);
            return false;
        }
        Taken(tried: true);
        return true;
    }

    /// <summary>Clears the bit and wakes whoever waits for it.</summary>
    [Releases, NeverSleeps]
    public void Unlock()
    {
        Bug.On(!IsLocked, $"unlock_page on {page}, which is not locked");
        LockValidator.ReleasingAnywhere(this, Interlocked.Exchange(ref _entry, null));
        Interlocked.Exchange(ref _locked, 0);
        if (page.Test(PageFlag.Waiters))
            Filemap.WakeUpPageBit(page, PageFlag.Locked);
        Sched.Window();
    }

    /// <summary>The lock stays taken but is not this task's any more: the completion of the I/O will unlock.</summary>
    [Releases, NeverSleeps]
    public void HandToCompletion()
    {
        Bug.On(!IsLocked, $"{page} is handed to a completion but is not locked");
        LockValidator.ReleasingAnywhere(this, Interlocked.Exchange(ref _entry, null));
    }

    /// <summary>
    /// The completion of the I/O answers for the lock that the submitter left behind. Nothing is taken here, hence an
    /// assertion: the lock is held, and who says so may release it.
    /// </summary>
    [AssertsHeld, NeverSleeps]
    public void TakeOverFromSubmitter() => Bug.On(!IsLocked, $"{page} is completed but is not locked");

    /// <summary>One attempt to set the bit, for the wait loop.</summary>
    internal bool TakeBit() => Interlocked.CompareExchange(ref _locked, 1, 0) == 0;

    private void Taken(bool tried)
    {
        LockValidator.Acquired(this, shared: false, tried);
        _entry = LockValidator.LastEntry();
    }
}
