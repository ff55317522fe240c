using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B63: a stack grows under mmap_lock held for read.
/// </summary>
/// <remarks>
/// <para>What happened: Growing a stack changes the bounds of its VMA, and since VMAs stand in a tree of their own also
/// that tree. Done under the shared lock, other readers walked over nodes that were freed.</para>
/// <para>Source: fixed by 8d7071af8907 (v6.5).</para>
/// <para>Repaired: <see cref="Memory.Mmap"/> has the lock for write.</para>
/// </remarks>
public static class Bug063_StackGrownUnderReadLock
{
    /// <summary>expand_stack.</summary>
    public static void ExpandStack(VmaRange vma)
    {
        vma.Mm.MmapLock.DownRead();
        vma.Start -= 4096; //~ MML2004
        vma.Mm.MmapLock.UpRead();
    }
}
