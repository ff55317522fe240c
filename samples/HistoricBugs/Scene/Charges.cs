using MmKernel;
using MmLock;

namespace HistoricBugs;

/// <summary>A move of charges: which of its steps are done.</summary>
public sealed class ChargeMove
{
    /// <summary>moving_account is up: new readers take the slow path.</summary>
    public readonly Phase Announced = new();

    /// <summary>The readers of before are over.</summary>
    public readonly Phase Alone = new();
}

/// <summary>mem_cgroup_id: kept by every swap record that names it.</summary>
[RefCounted]
public sealed class MemcgId;

/// <summary>css_set and its threadgroup lock.</summary>
public static class Threadgroup
{
    /// <summary>cgroup_threadgroup_rwsem: fork and exit take it for read.</summary>
    [LockClass("cgroup_threadgroup_rwsem")]
    public static readonly RwSem Rwsem = new("cgroup_threadgroup_rwsem");
}

/// <summary>What moves charges, and what must hold still meanwhile.</summary>
[NoLockAnalysis("stands for the charge mover of mm/memcontrol.c: only the contracts matter here")]
public static class Charges
{
    /// <summary>moving_account++.</summary>
    [Acquires("move.Announced"), NeverSleeps]
    public static void Announce(ChargeMove move)
    {
    }

    /// <summary>The grace period after the announcement.</summary>
    [MustHold("move.Announced"), Acquires("move.Alone"), WaitsForReaders("@rcu"), MaySleep]
    public static void WaitForFastReaders(ChargeMove move) => Rcu.Synchronize();

    /// <summary>Moves pages, then moving_account--.</summary>
    [Releases("move.Alone", "move.Announced"), MaySleep]
    public static void MoveAll(ChargeMove move)
    {
    }

    /// <summary>
    /// mem_cgroup_move_account since v6.3: the lock of the page table that maps the page keeps page_mapped() as it is.
    /// </summary>
    [MustHold("page.Lock", "page.Isolation", "mapping.Ptl"), NeverSleeps]
    public static void MoveAccount(Page page, PteTable mapping, MemCgroup from, MemCgroup to)
    {
    }

    /// <summary>Lowers the mapcount and the statistic that follows from it, which belong into one section.</summary>
    [MustHoldShared("page.MemcgLock"), NeverSleeps]
    public static void MapcountDec(Page page)
    {
    }

    /// <summary>__mod_lruvec_page_state of a mapped page.</summary>
    [MustHoldShared("page.MemcgLock"), NeverSleeps]
    public static void StatDec(Page page)
    {
    }

    /// <summary>The slow path of lock_page_memcg: answers whose lock it took.</summary>
    [Acquires("return.MoveLock"), SavesIrq("flags"), NeverSleeps]
    public static MemCgroup LockMoving(Page page, out ulong flags)
    {
        var memcg = page.MemCgroup!;
        memcg.MoveLock.LockIrqSave(out flags);
        return memcg;
    }

    /// <summary>mem_cgroup_id_get_many.</summary>
    [NeverSleeps]
    public static void IdGet([MustHoldRef, AcquiresRef] MemcgId id)
    {
    }

    /// <summary>swap_cgroup_record: from here on the record owns a reference on the id, and any swap free may drop it.</summary>
    [NeverSleeps]
    public static void SwapRecord(SwpEntry entry, [ReleasesRef] MemcgId id)
    {
    }

    /// <summary>Waits for work on every CPU. Its threads may have to be forked first.</summary>
    [MustNotHold("@cgroup_threadgroup_rwsem"), MaySleep]
    public static void DrainEverywhere() => Lru.LruAddDrainAll();
}
