using System.Collections.Generic;
using MmLock;
using static MmKernel.PageFlags;
using static MmKernel.PageLock;

namespace MmKernel;

/// <summary>The first system: the per-memcg lru_lock, with everything that moves pages between lists at once.</summary>
public sealed class LruWorkload : Workload
{
    private AddressSpace[] _files = [];
    private MemCgroup[] _groups = [];

    /// <inheritdoc/>
    public override string Name => "per-memcg lru_lock";

    /// <inheritdoc/>
    public override IReadOnlyList<Race> Races { get; } =
    [
        Race.LruClaimLost, Race.RelockOther, Race.GetPageUnlessZeroFailed, Race.FreezeFailed, Race.TrylockPageFailed,
        Race.PageLockContended, Race.SlotChanged, Race.SlotTaken, Race.MappingChanged, Race.MemcgChanged, Race.FreedWhileIsolated,
        Race.DirtiedWhileReclaimed, Race.CompactContended, Race.BecameCompound, Race.SplitBusy,
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<AddressSpace> Mappings => _files;

    /// <inheritdoc/>
    public override void SetUp(int seed)
    {
        _groups = new MemCgroup[5];
        for (int i = 0; i < _groups.Length; i++)
        {
            var parent = i < 3 ? Memcontrol.RootMemCgroup : _groups[0];
            _groups[i] = Cgroup.CgroupMkdir(parent)!;
        }
        _files = new AddressSpace[4];
        for (int i = 0; i < _files.Length; i++)
            _files[i] = new AddressSpace($"file {i}", 96);
    }

    /// <inheritdoc/>
    public override void Check()
    {
        foreach (var group in _groups)
            Demand(group.Charged >= 0, $"{group} has a negative charge");
    }

    /// <inheritdoc/>
    protected override void Operation(TaskStruct task)
    {
        var random = task.Random;
        var file = _files[random.Next(_files.Length)];
        int index = random.Next(file.Size);
        var group = _groups[random.Next(_groups.Length)];
        int nid = random.Next(MemMap.Zones.Length);
        switch (random.Next(100))
        {
            case < 30:
                Populate(file, index, group, nid, read: random.Next(4) == 0);
                break;
            case < 55:
                Access(file, index);
                break;
            case < 65:
                Dirty(file, index);
                break;
            case < 70:
                Write(file, index);
                break;
            case < 76:
                Truncate(file, index);
                break;
            case < 80:
                Vmscan.ShrinkLruvec(group.Nodes[nid].Lruvec);
                break;
            case < 85:
                Compact(random.Next(MemMap.Pages.Length / 32) * 32, random.Next(2) == 0);
                break;
            case < 87:
                PopulateHuge(file, index & ~(HugeMemory.HpageNr - 1), group, nid);
                break;
            case < 90:
                Split(file, index);
                break;
            case < 91:
                Mlock.MunlockRange(file, index, 12);
                break;
            case < 93:
                Pin(file, index, random.Next(2) == 0);
                break;
            case < 96:
                Deactivate(file, index);
                break;
            case < 97:
                var other = _groups[random.Next(_groups.Length)];
                if (other != group)
                    Memcontrol.MoveChargeOfFile(file, index, 16, group, other);
                break;
            case < 98:
                if (random.Next(8) == 0)
                    Lru.LruAddDrainAll();
                break;
            default:
                Lru.LruAddDrain();
                break;
        }
    }

    [MaySleep]
    private static void Populate(AddressSpace file, int index, MemCgroup group, int nid, bool read)
    {
        Page? page = Filemap.PagecacheGetPage(file, index, group, 0, nid);
        if (page == null)
            return;
        if (!PageUptodate(page) && read)
        {
            BlockDevice.SubmitRead(page, file);
            Filemap.WaitOnPageLocked(page);
        }
        else
        {
            SetPageUptodate(page);
            UnlockPage(page);
        }
        Lru.PutPage(page);
    }

    [MaySleep]
    private static void PopulateHuge(AddressSpace file, int index, MemCgroup group, int nid)
    {
        Page? page = Filemap.PagecacheGetPage(file, index, group, HugeMemory.HpageOrder, nid);
        if (page == null)
            return;
        SetPageUptodate(page);
        UnlockPage(page);
        Lru.PutPage(page);
    }

    private static void Access(AddressSpace file, int index)
    {
        Page? page = Filemap.FindGetPage(file, index);
        if (page == null)
            return;
        Lru.MarkPageAccessed(page);
        Lru.PutPage(page);
    }

    [MaySleep]
    private static void Dirty(AddressSpace file, int index)
    {
        Page? page = Filemap.FindLockPage(file, index);
        if (page == null)
            return;
        if (!PageHead(page))
            PageWritebackOps.SetPageDirty(page, file);
        UnlockPage(page);
        Lru.PutPage(page);
    }

    [MaySleep]
    private static void Write(AddressSpace file, int index)
    {
        Page? page = Filemap.FindLockPage(file, index);
        if (page == null)
            return;
        if (PageWriteback(page) || Vmscan.PageOut(page, file) != PageOutResult.Success)
            UnlockPage(page);
        Lru.PutPage(page);
    }

    [MaySleep]
    private static void Truncate(AddressSpace file, int index)
    {
        file.IRwsem.DownWrite();
        file.InvalidateLock.DownWrite();
        Page? page = Filemap.FindLockPage(file, index);
        if (page != null)
        {
            Filemap.TruncateInodePage(page, file);
            UnlockPage(page);
            Lru.PutPage(page);
        }
        file.InvalidateLock.UpWrite();
        file.IRwsem.UpWrite();
    }

    [MaySleep]
    private static void Compact(int pfn, bool asynchronous)
    {
        var cc = new CompactControl { Async = asynchronous };
        Compaction.ResetIsolationSuitable();
        Compaction.IsolateMigratepagesBlock(cc, pfn, pfn + 64 < MemMap.Pages.Length ? pfn + 64 : MemMap.Pages.Length);
        Compaction.PutbackMovablePages(cc.MigratePages);
    }

    [MaySleep]
    private static void Split(AddressSpace file, int index)
    {
        Page? page = Filemap.FindLockPage(file, index);
        if (page == null)
            return;
        HugeMemory.SplitHugePageToList(page);
        UnlockPage(page);
        Lru.PutPage(page);
    }

    [MaySleep]
    private static void Pin(AddressSpace file, int index, bool pin)
    {
        Page? page = Filemap.FindLockPage(file, index);
        if (page == null)
            return;
        if (pin && !PageHead(page))
            Mlock.MlockPage(page);
        else
            Mlock.MunlockPage(page);
        UnlockPage(page);
        Lru.PutPage(page);
    }

    private static void Deactivate(AddressSpace file, int index)
    {
        Page? page = Filemap.FindGetPage(file, index);
        if (page == null)
            return;
        Lru.DeactivateFilePage(page);
        Lru.PutPage(page);
    }
}
