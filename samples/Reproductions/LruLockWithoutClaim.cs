using System.Threading;
using HistoricBugs;
using MmKernel;

namespace Reproductions;

/// <summary>
/// <see cref="Bug001_LruLockWithoutClaim"/>: the batch finds the lruvec of memcg A and waits for its lock; meanwhile the charge of
/// the page moves to B, and the page to B's list. When the batch gets A's lock it is the wrong one.
/// </summary>
public sealed class LruLockWithoutClaim : Reproduction
{
    /// <inheritdoc/>
    public override string Name => "Bug001";

    /// <inheritdoc/>
    public override string Title => "a batch edits the LRU list of one memcg under the lru_lock of another";

    /// <inheritdoc/>
    public override void Run()
    {
        MemCgroup a = null!, b = null!;
        Page page = null!;
        Do("set up", () =>
        {
            a = Cgroup.CgroupMkdir(Memcontrol.RootMemCgroup)!;
            b = Cgroup.CgroupMkdir(Memcontrol.RootMemCgroup)!;
            page = MakePage(new AddressSpace("file", 4), 0, a);
        });
        var wrong = a.Nodes[page.Nid].Lruvec;
        bool isolated = false, waiting = false, moved = false;

        var mover = TaskStruct.Start("mover", 1, () =>
        {
            PageLock.LockPage(page);
            Bug.On(Lru.IsolateLruPage(page) != 0, "the mover lost PG_lru");
            Step($"the mover isolates {page} from the list of {a}");
            Volatile.Write(ref isolated, true);
            Until(() => Volatile.Read(ref waiting));
            Memcontrol.MemCgroupMoveAccount(page, a, b);
            Lru.PutbackLruPage(page);
            Lru.LruAddDrain();
            PageLock.UnlockPage(page);
            Step($"the mover charges it to {b} and puts it on that list");
            Volatile.Write(ref moved, true);
        });
        Until(() => Volatile.Read(ref isolated));

        bool held = false;
        var holder = TaskStruct.Start("holder", 2, () =>
        {
            wrong.LruLock.LockIrqSave(out ulong flags);
            Volatile.Write(ref held, true);
            Until(() => Volatile.Read(ref moved));
            wrong.LruLock.UnlockIrqRestore(flags);
        });
        Until(() => Volatile.Read(ref held));

        var batch = TaskStruct.Start("batch", 3, () =>
        {
            var pvec = new Pagevec();
            pvec.Add(page);
            LruPvecs.Lock.Lock();
            Step($"the batch looks up the lruvec of {page}, without a claim, and waits for the lru_lock of {a}");
            Bug001_LruLockWithoutClaim.PagevecLruMoveFn(pvec);
            LruPvecs.Lock.Unlock();
        });
        // It has nothing to do but spin, once it has looked up: give it the time to get there.
        Thread.Sleep(300);
        Volatile.Write(ref waiting, true);
        mover.Join();
        holder.Join();
        batch.Join();
        Step($"the batch has the lru_lock of {a} and goes to work");
    }
}
