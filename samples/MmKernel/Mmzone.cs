using MmLock;

namespace MmKernel;

/// <summary>enum lru_list.</summary>
public enum LruListKind
{
    /// <summary>Anonymous pages not used lately.</summary>
    InactiveAnon,

    /// <summary>Anonymous pages in use.</summary>
    ActiveAnon,

    /// <summary>File pages not used lately.</summary>
    InactiveFile,

    /// <summary>File pages in use.</summary>
    ActiveFile,

    /// <summary>Pages that reclaim leaves alone.</summary>
    Unevictable,
}

/// <summary>
/// struct lruvec: the LRU lists of one memcg on one node, with the lock that guards them (per lruvec since v5.11,
/// before that one per node). Which lruvec a page belongs to follows from the page's memcg: so the way to the right
/// lock goes through a field that has to be kept from changing first.
/// </summary>
public sealed class Lruvec
{
    /// <summary>Number of lists.</summary>
    public const int NrLruLists = 5;

    /// <summary>Makes the lists of one memcg on one node.</summary>
    public Lruvec(MemCgroup memcg, int nid)
    {
        Memcg = memcg;
        Nid = nid;
        Lists = new LruList[NrLruLists];
        for (int i = 0; i < NrLruLists; i++)
            Lists[i] = new LruList();
    }

    /// <summary>Whose pages these are.</summary>
    public MemCgroup Memcg { get; }

    /// <summary>On which node.</summary>
    public int Nid { get; }

    /// <summary>
    /// lru_lock. Interrupts take it (the end of a write rotates the page), so it is never taken with interrupts on; two
    /// of them are never held at once.
    /// </summary>
    [LockClass(LockClasses.LruLock, TakenIn = IrqContext.Hardirq)]
    public readonly SpinLock LruLock = new(LockClasses.LruLock);

    /// <summary>The lists.</summary>
    [PointeeGuardedBy("LruLock")]
    internal readonly LruList[] Lists;

    /// <summary>lru_zone_size: base pages per list; a racy look is good enough for reclaim's decisions.</summary>
    [WriteGuardedBy("LruLock")]
    internal LruSizes Sizes = default;

    /// <summary>How much reclaim of anonymous pages has cost.</summary>
    [GuardedBy("LruLock")]
    public long AnonCost;

    /// <summary>How much reclaim of file pages has cost.</summary>
    [GuardedBy("LruLock")]
    public long FileCost;

    /// <summary>Base pages on one list, at a glance.</summary>
    public long Size(LruListKind lru) => Sizes[lru];

    /// <inheritdoc/>
    public override string ToString() => $"lruvec of {Memcg} on node {Nid}";
}

/// <summary>Sizes of the five lists.</summary>
internal struct LruSizes
{
    private long _inactiveAnon, _activeAnon, _inactiveFile, _activeFile, _unevictable;

    public long this[LruListKind lru]
    {
        readonly get => lru switch
        {
            LruListKind.InactiveAnon => _inactiveAnon,
            LruListKind.ActiveAnon => _activeAnon,
            LruListKind.InactiveFile => _inactiveFile,
            LruListKind.ActiveFile => _activeFile,
            _ => _unevictable,
        };
        set
        {
            switch (lru)
            {
                case LruListKind.InactiveAnon: _inactiveAnon = value; break;
                case LruListKind.ActiveAnon: _activeAnon = value; break;
                case LruListKind.InactiveFile: _inactiveFile = value; break;
                case LruListKind.ActiveFile: _activeFile = value; break;
                default: _unevictable = value; break;
            }
        }
    }
}

/// <summary>struct zone: the free pages of one node.</summary>
public sealed class Zone
{
    /// <summary>zone->lock. Pages are freed from interrupts, so it is taken with interrupts off.</summary>
    [LockClass(LockClasses.ZoneLock, TakenIn = IrqContext.Hardirq)]
    public readonly SpinLock Lock = new(LockClasses.ZoneLock);

    /// <summary>Free or not, by frame of the node.</summary>
    [PointeeGuardedBy("Lock")]
    internal readonly bool[] Free;

    /// <summary>Number of free frames; a racy look is good enough for the watermarks.</summary>
    [WriteGuardedBy("Lock")]
    internal int NrFree;

    /// <summary>Where the next search begins.</summary>
    [GuardedBy("Lock")]
    internal int Cursor;

    /// <summary>First frame of the range that is being taken offline, by index in the zone.</summary>
    [GuardedBy("Lock")]
    internal int IsolatedStart;

    /// <summary>Length of that range; zero when there is none.</summary>
    [GuardedBy("Lock")]
    internal int IsolatedCount;

    /// <summary>The zone of one node.</summary>
    public Zone(int nid, int start, int frames)
    {
        Nid = nid;
        Start = start;
        Free = new bool[frames];
        NrFree = frames;
        System.Array.Fill(Free, true);
    }

    /// <summary>Node.</summary>
    public int Nid { get; }

    /// <summary>First frame.</summary>
    public int Start { get; }

    /// <summary>Number of frames.</summary>
    public int Frames => Free.Length;
}

/// <summary>All memory: the frames and the nodes.</summary>
public static class MemMap
{
    /// <summary>Every frame, by number. Frames are never freed as objects.</summary>
    public static Page[] Pages { get; private set; } = [];

    /// <summary>One zone per node.</summary>
    public static Zone[] Zones { get; private set; } = [];

    /// <summary>Boots a machine of some nodes with some frames each.</summary>
    public static void Boot(int nodes, int framesPerNode)
    {
        Pages = new Page[nodes * framesPerNode];
        Zones = new Zone[nodes];
        for (int nid = 0; nid < nodes; nid++)
        {
            Zones[nid] = new Zone(nid, nid * framesPerNode, framesPerNode);
            for (int i = 0; i < framesPerNode; i++)
                Pages[(nid * framesPerNode) + i] = new Page((nid * framesPerNode) + i, nid);
        }
    }

    /// <summary>pfn_to_page: finds a frame in whatever life it is, hence without a reference.</summary>
    [return: Unreferenced]
    public static Page PfnToPage(int pfn) => Pages[pfn];
}
