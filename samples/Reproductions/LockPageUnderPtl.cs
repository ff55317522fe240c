using System.Threading;
using HistoricBugs;
using MmKernel;

namespace Reproductions;

/// <summary>
/// <see cref="Bug022_LockPageUnderPtl"/>: a zap holds the page-table lock and waits for the page lock; reclaim holds the page lock and
/// spins for the page-table lock.
/// </summary>
public sealed class LockPageUnderPtl : Reproduction
{
    private bool _zapped;
    private bool _unmapped;

    /// <inheritdoc/>
    public override string Name => "Bug022";

    /// <inheritdoc/>
    public override string Title => "a zap and reclaim wait for each other for ever";

    /// <inheritdoc/>
    public override void Run()
    {
        var file = new AddressSpace("file", 4);
        MmStruct mm = null!;
        Page page = null!;
        Do("set up", () =>
        {
            var memcg = Cgroup.CgroupMkdir(Memcontrol.RootMemCgroup)!;
            page = MakePage(file, 0, memcg);
            mm = new MmStruct(memcg);
            Memory.Mmap(mm, file, 0, 2);
            Memory.Touch(mm, 0, 0, write: false);
        });
        var table = mm.Vmas[0].Table;
        bool locked = false;
        TaskStruct? zap = null;
        TaskStruct.Start("reclaim", 1, () =>
        {
            PageLock.LockPage(page);
            Step($"reclaim locks {page}");
            Volatile.Write(ref locked, true);
            Until(() => Volatile.Read(ref zap)?.WaitingFor != null);
            Step("reclaim walks to the page's page table and wants its lock");
            Rmap.TryToUnmap(page);
            Volatile.Write(ref _unmapped, true);
        });
        Until(() => Volatile.Read(ref locked));
        TaskStruct.Start("zap", 2, () =>
        {
            zap = TaskStruct.Current;
            Step("the zap takes the page-table lock, and waits for the page lock under it");
            Bug022_LockPageUnderPtl.FreeSwapAndCache(table, 1, page);
            Volatile.Write(ref _zapped, true);
        });
        Until(() => Volatile.Read(ref _zapped) || Volatile.Read(ref _unmapped), seconds: 3);
    }

    /// <inheritdoc/>
    public override string? Harm() => base.Harm() ?? (_zapped || _unmapped
        ? null
        : "deadlock: the zap sleeps for the page lock under the page-table lock, reclaim has the page lock and spins for the other");
}
