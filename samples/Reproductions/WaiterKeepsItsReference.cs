using System;
using System.Threading;
using HistoricBugs;
using MmKernel;

namespace Reproductions;

/// <summary>
/// <see cref="Bug012_WaiterKeepsItsReference"/>: each attempt to migrate a page meets a fault that waits for the migration, with a
/// reference that makes it fail. The waiters of the model do not.
/// </summary>
public sealed class WaiterKeepsItsReference : Reproduction
{
    private const int Attempts = 5;
    private readonly AddressSpace _file = new("file", 4);
    private int _movedWithTheBug;
    private int _movedWithout;

    /// <inheritdoc/>
    public override string Name => "Bug012";

    /// <inheritdoc/>
    public override string Title => "those who wait for a migration make it fail, so they wait again";

    /// <inheritdoc/>
    public override void Run()
    {
        MmStruct mm = null!;
        Do("set up", () =>
        {
            var memcg = Cgroup.CgroupMkdir(Memcontrol.RootMemCgroup)!;
            Lru.PutPage(MakePage(_file, 0, memcg));
            mm = new MmStruct(memcg);
            Memory.Mmap(mm, _file, 0, 1);
            Memory.Touch(mm, 0, 0, write: false);
        });
        var table = mm.Vmas[0].Table;
        for (int attempt = 1; attempt <= Attempts; attempt++)
        {
            _movedWithTheBug += Attempt(table, page => Bug012_WaiterKeepsItsReference.MigrationEntryWait(table, 0, page.Pfn));
            Step($"attempt {attempt}, with a waiter that keeps its reference: {_movedWithTheBug} pages moved");
        }
        _movedWithout = Attempt(table, _ =>
        {
            table.Ptl.Lock();
            Migrate.MigrationEntryWait(table, 0);
        });
        Step($"one attempt with the waiter of the model: {_movedWithout} page moved");
    }

    /// <inheritdoc/>
    public override string? Harm() => base.Harm() ?? (_movedWithTheBug == 0 && _movedWithout == 1
        ? $"migration makes no progress: {Attempts} attempts, each undone by a task that waited for it with a reference"
        : null);

    /// <summary>One migration, held up between the migration entry and the freeze until the waiter sleeps.</summary>
    private int Attempt(PteTable table, Action<Page> wait)
    {
        bool held = false, asleep = false;
        int moved = 0;
        var holder = TaskStruct.Start("holder", 1, () =>
        {
            _file.IPages.LockIrqSave(out ulong flags);
            Volatile.Write(ref held, true);
            Until(() => Volatile.Read(ref asleep));
            _file.IPages.UnlockIrqRestore(flags);
        });
        Until(() => Volatile.Read(ref held));

        Page page = null!;
        bool found = false;
        var migration = TaskStruct.Start("migration", 2, () =>
        {
            page = Filemap.FindGetPage(_file, 0)!;
            Bug.On(Lru.IsolateLruPage(page) != 0, "the page is not on its list");
            var list = new PageList();
            list.AddIsolated(page);
            Lru.PutPage(page);
            Volatile.Write(ref found, true);
            moved = Migrate.MigratePages(list, 1);
        });
        Until(() => Volatile.Read(ref found) && table.Ptes[0].Kind == PteKind.Migration);

        TaskStruct? waiter = null;
        var fault = TaskStruct.Start("fault", 3, () =>
        {
            waiter = TaskStruct.Current;
            wait(page);
        });
        Until(() => Volatile.Read(ref waiter)?.WaitingFor == "a page bit");
        Volatile.Write(ref asleep, true);
        holder.Join();
        migration.Join();
        fault.Join();
        Do("drain", Lru.LruAddDrainAll);
        return moved;
    }
}
