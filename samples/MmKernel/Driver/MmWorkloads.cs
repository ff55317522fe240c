using System.Collections.Generic;
using MmLock;
using static MmKernel.PageFlags;
using static MmKernel.PageLock;

namespace MmKernel;

/// <summary>
/// What the three systems with processes have in common: address spaces, and the audit of their page tables.
/// </summary>
public abstract class MmWorkload : Workload
{
    /// <summary>The processes.</summary>
    protected MmStruct[] Mms { get; private set; } = [];

    /// <summary>Their groups.</summary>
    protected MemCgroup[] Groups { get; private set; } = [];

    /// <summary>All address spaces of all workloads, for the audit.</summary>
    public static List<MmStruct> AllMms { get; } = [];

    /// <summary>Makes processes in groups of their own, each with one range.</summary>
    protected void MakeProcesses(int count, AddressSpace? file, int length)
    {
        Groups = new MemCgroup[count];
        Mms = new MmStruct[count];
        for (int i = 0; i < count; i++)
        {
            Groups[i] = Cgroup.CgroupMkdir(Memcontrol.RootMemCgroup)!;
            Mms[i] = new MmStruct(Groups[i]);
            Memory.Mmap(Mms[i], file, 0, length);
            AllMms.Add(Mms[i]);
        }
    }

    /// <summary>Audits the page tables of this workload.</summary>
    [NoLockAnalysis("the world stands still")]
    protected void CheckPageTables()
    {
        foreach (var mm in Mms)
        {
            foreach (var vma in mm.Vmas)
            {
                for (int i = 0; i < vma.Length; i++)
                    CheckPte(vma, i, vma.Table.Ptes[i]);
            }
        }
    }

    [NoLockAnalysis("the world stands still")]
    private void CheckPte(Vma vma, int index, Pte pte)
    {
        Demand(pte.Kind != PteKind.Migration, $"a migration entry for {pte.Page} is left behind");
        var tlb = vma.Tlb[index];
        Demand(tlb == null || (pte.Kind == PteKind.Present && pte.Page == tlb.Page && (pte.Writable || !tlb.Writable)),
            $"the TLB still maps {tlb?.Page} where the page table says {pte.Kind} {pte.Page}");
        if (pte.Kind == PteKind.Swap)
            Demand(Swapfile.SwapCount(pte.Entry) > 0, $"slot {pte.Entry.Offset} is in a page table but has no user");
        if (pte.Kind != PteKind.Present)
            return;
        Page page = pte.Page!;
        Demand(page.MapCount > 0, $"{page} is in a page table but not mapped");
        long expected = vma.File == null ? vma.Expected[index] : vma.File.Expected[vma.Pgoff + index];
        Demand(page.Data == expected, $"{page} reads as {page.Data} but {expected} was written last");
    }

    /// <summary>How many page-table entries of all processes map each page.</summary>
    [NoLockAnalysis("the world stands still")]
    internal static Dictionary<Page, int> CountMappings(Dictionary<int, int> swap)
    {
        var mapped = new Dictionary<Page, int>();
        foreach (var mm in AllMms)
        {
            foreach (var vma in mm.Vmas)
            {
                foreach (var pte in vma.Table.Ptes)
                {
                    if (pte.Kind == PteKind.Present)
                        mapped[pte.Page!] = mapped.GetValueOrDefault(pte.Page!) + 1;
                    if (pte.Kind == PteKind.Swap)
                        swap[pte.Entry.Offset] = swap.GetValueOrDefault(pte.Entry.Offset) + 1;
                }
            }
        }
        return mapped;
    }

    /// <summary>Reclaims a little from one of the groups.</summary>
    [MaySleep]
    protected void Reclaim(TaskStruct task)
    {
        var group = Groups[task.Random.Next(Groups.Length)];
        Vmscan.ShrinkLruvec(group.Nodes[task.Random.Next(MemMap.Zones.Length)].Lruvec);
    }
}

/// <summary>The second system: faults wait for migrations, and the migrations have to succeed all the same.</summary>
public sealed class MigrateWorkload : MmWorkload
{
    private readonly AddressSpace _file = new("file of the migrated", 32);

    /// <inheritdoc/>
    public override string Name => "put_and_wait_on_page_locked";

    /// <inheritdoc/>
    public override IReadOnlyList<Race> Races { get; } = [Race.MigrationMet, Race.MigrationBusy, Race.FaultLost];

    /// <inheritdoc/>
    public override IReadOnlyList<AddressSpace> Mappings => [_file];

    /// <inheritdoc/>
    public override void SetUp(int seed)
    {
        MakeProcesses(2, null, 40);
        foreach (var mm in Mms)
            Memory.Mmap(mm, _file, 0, 32);
    }

    /// <inheritdoc/>
    public override void Check() => CheckPageTables();

    /// <inheritdoc/>
    protected override void Operation(TaskStruct task)
    {
        var random = task.Random;
        var mm = Mms[random.Next(Mms.Length)];
        switch (random.Next(40))
        {
            case 0:
                int start = random.Next(MemMap.Pages.Length / 16) * 16;
                MemoryHotplug.OfflinePages(start, 16);
                break;
            case < 4:
                CompactAndMigrate(random.Next(MemMap.Pages.Length / 32) * 32);
                break;
            default:
                int vma = random.Next(2);
                for (int i = 0; i < 8; i++)
                    Memory.Touch(mm, vma, random.Next(vma == 0 ? 40 : 32), random.Next(2) == 0);
                break;
        }
    }

    [MaySleep]
    private static void CompactAndMigrate(int pfn)
    {
        var cc = new CompactControl();
        Compaction.ResetIsolationSuitable();
        Compaction.IsolateMigratepagesBlock(cc, pfn, pfn + 32);
        Migrate.MigratePages(cc.MigratePages, 0);
    }
}

/// <summary>The third system: processes throw memory away while it is on its way from and to swap.</summary>
public sealed class SwapWorkload : MmWorkload
{
    private const int Length = 80;

    /// <inheritdoc/>
    public override string Name => "swap freeing at zap";

    /// <inheritdoc/>
    public override IReadOnlyList<Race> Races { get; } =
        [Race.SwapPageLeftBehind, Race.SwapFull, Race.SwapSlotBusy, Race.SwapPageChanged, Race.FaultRetried];

    /// <inheritdoc/>
    public override IReadOnlyList<AddressSpace> Mappings => [];

    /// <inheritdoc/>
    public override void SetUp(int seed) => MakeProcesses(3, null, Length);

    /// <inheritdoc/>
    [NoLockAnalysis("the world stands still")]
    public override void Check()
    {
        CheckPageTables();
        var users = new Dictionary<int, int>();
        CountMappings(users);
        int inUse = 0;
        Rcu.ReadLock();
        for (int slot = 1; slot <= Swapfile.Device.Slots; slot++)
        {
            var cluster = Swapfile.Device.ClusterOf(new SwpEntry(slot));
            byte map = cluster.Map[(slot - 1) % SwapCluster.Size];
            inUse += map != 0 ? 1 : 0;
            Demand((map & ~Swapfile.SwapHasCache) == users.GetValueOrDefault(slot),
                $"slot {slot} counts {map & ~Swapfile.SwapHasCache} users but {users.GetValueOrDefault(slot)} entries name it");
            Demand((map & Swapfile.SwapHasCache) != 0 == (Swapfile.SwapCache.Load(slot) != null),
                $"slot {slot} and the swap cache disagree");
        }
        Rcu.ReadUnlock();
        Demand(inUse == Swapfile.Device.InUse, $"{Swapfile.Device.InUse} slots are counted but {inUse} in use");
    }

    /// <inheritdoc/>
    protected override void Operation(TaskStruct task)
    {
        var random = task.Random;
        int process = random.Next(Mms.Length);
        switch (random.Next(20))
        {
            case 0:
                int start = random.Next(Length);
                Memory.ZapPageRange(Mms[process], 0, start, System.Math.Min(Length, start + 1 + random.Next(24)));
                break;
            case < 5:
                Reclaim(task);
                break;
            case 5:
                Swapfile.CountSwapPages();
                break;
            default:
                for (int i = 0; i < 4; i++)
                    Memory.Touch(Mms[process], 0, random.Next(Length), random.Next(2) == 0);
                break;
        }
    }
}

/// <summary>The fifth system: processes map and unmap a file, write it back, and move from group to group.</summary>
public sealed class RmapWorkload : MmWorkload
{
    private const int Length = 48;
    private readonly AddressSpace _file = new("file of the mapped", Length);

    /// <inheritdoc/>
    public override string Name => "delayed rmap, lock_page_memcg";

    /// <inheritdoc/>
    public override IReadOnlyList<Race> Races { get; } = [Race.MemcgChanged, Race.MmapLockBusy, Race.FaultLost, Race.MappingChanged];

    /// <inheritdoc/>
    public override IReadOnlyList<AddressSpace> Mappings => [_file];

    /// <inheritdoc/>
    public override void SetUp(int seed)
    {
        MakeProcesses(3, _file, Length);
        foreach (var mm in Mms)
            Memory.Mmap(mm, null, 0, 16);
    }

    /// <inheritdoc/>
    [NoLockAnalysis("the world stands still")]
    public override void Check()
    {
        CheckPageTables();
        foreach (var (page, count) in CountMappings([]))
            Demand(page.MapCount == count, $"{page} counts {page.MapCount} mappings but {count} entries map it");
        var dirty = new HashSet<int>();
        foreach (var mm in Mms)
        {
            for (int i = 0; i < Length; i++)
            {
                var pte = mm.Vmas[0].Table.Ptes[i];
                if (pte.Kind == PteKind.Present && (pte.Dirty || pte.Writable))
                    dirty.Add(i);
            }
        }
        Rcu.ReadLock();
        for (int i = 0; i < Length; i++)
        {
            Page? page = _file.Load(i);
            if (page == null || (PageUptodate(page) && !PageDirty(page) && !dirty.Contains(i)))
                Demand(_file.Disk[i] == _file.Expected[i], $"page {i} of the file is clean, but a write of {_file.Expected[i]} never reached the disk");
        }
        Rcu.ReadUnlock();
    }

    /// <inheritdoc/>
    protected override void Operation(TaskStruct task)
    {
        var random = task.Random;
        var mm = Mms[random.Next(Mms.Length)];
        switch (random.Next(24))
        {
            case 0:
                Memcontrol.MemCgroupMoveCharge(mm, Groups[random.Next(Groups.Length)]);
                break;
            case < 4:
                int start = random.Next(Length);
                Memory.ZapPageRange(mm, 0, start, System.Math.Min(Length, start + 1 + random.Next(20)));
                break;
            case < 8:
                Write(random.Next(Length));
                break;
            case 8:
                Truncate(random.Next(Length));
                break;
            case 9:
                Reclaim(task);
                break;
            case 10:
                Memory.ZapPageRange(mm, 1, 0, 16);
                break;
            default:
                for (int i = 0; i < 4; i++)
                {
                    int vma = random.Next(4) == 0 ? 1 : 0;
                    Memory.Touch(mm, vma, random.Next(vma == 0 ? Length : 16), random.Next(2) == 0);
                }
                break;
        }
    }

    [MaySleep]
    private void Write(int index)
    {
        Page? page = Filemap.FindLockPage(_file, index);
        if (page == null)
            return;
        if (PageWriteback(page) || Vmscan.PageOut(page, _file) != PageOutResult.Success)
            UnlockPage(page);
        Lru.PutPage(page);
    }

    [MaySleep]
    private void Truncate(int index)
    {
        _file.IRwsem.DownWrite();
        _file.InvalidateLock.DownWrite();
        Page? page = Filemap.FindLockPage(_file, index);
        if (page != null)
        {
            Filemap.TruncateInodePage(page, _file);
            UnlockPage(page);
            Lru.PutPage(page);
        }
        _file.InvalidateLock.UpWrite();
        _file.IRwsem.UpWrite();
    }
}
