using HistoricBugs;
using MmKernel;

namespace Reproductions;

/// <summary>
/// <see cref="Bug041_RmapRemovedBeforeTheFlush"/>: the page is out of rmap and still in a TLB. Writeback finds no mapping to wait for and
/// cleans it; the user writes once more; nobody writes that to disk.
/// </summary>
public sealed class RmapRemovedBeforeTheFlush : Reproduction
{
    /// <inheritdoc/>
    public override string Name => "Bug041";

    /// <inheritdoc/>
    public override string Title => "what a user wrote is lost";

    /// <inheritdoc/>
    public override void Run()
    {
        var file = new AddressSpace("file", 4);
        MmStruct mm = null!, other = null!;
        Page page = null!;
        Do("set up", () =>
        {
            var memcg = Cgroup.CgroupMkdir(Memcontrol.RootMemCgroup)!;
            page = MakePage(file, 0, memcg);
            mm = new MmStruct(memcg);
            other = new MmStruct(memcg);
            Memory.Mmap(mm, file, 0, 1);
            Memory.Mmap(other, file, 0, 1);
            Memory.Touch(mm, 0, 0, write: true);
        });
        var vma = mm.Vmas[0];
        Do("zap", () => Bug041_RmapRemovedBeforeTheFlush.ZapPte(new MmuGather(), vma.Table, 0, page, file));
        Step($"the zap clears the entry, marks {page} dirty and takes it out of rmap; the flush is still to come");
        Do("writeback", () =>
        {
            PageLock.LockPage(page);
            if (Vmscan.PageOut(page, file) != PageOutResult.Success)
                PageLock.UnlockPage(page);
        });
        Do("wait", () => Filemap.WaitOnPageWriteback(page));
        Step("writeback finds nothing mapped, does not wait for the page-table lock, and writes the page out: it is clean now");
        Do("user", () => Bug.On(!Mmu.Access(vma, 0, write: true), "the TLB entry is gone"));
        Step("the user writes through the entry that its TLB still has");
        Do("reclaim", () =>
        {
            // The flush, and with it the gather's reference.
            Lru.PutPage(page);
            Lru.PutPage(page);
            Lru.LruAddDrainAll();
            for (int round = 0; round < 10; round++)
                Vmscan.ShrinkLruvec(mm.Memcg.Nodes[0].Lruvec);
        });
        Step("the TLB is flushed, and reclaim throws the clean page away");
        TaskStruct.Start("other process", 1, () => Memory.Touch(other, 0, 0, write: false)).Join();
        Step("another process reads the file");
    }
}
