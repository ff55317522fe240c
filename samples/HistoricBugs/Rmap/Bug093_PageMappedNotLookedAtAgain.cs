using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B93: the anon_vma of a page is believed after its lock was waited for.
/// </summary>
/// <remarks>
/// <para>What happened: anon_vmas are reused under RCU: the memory stays an anon_vma, but of another tree. After the lock
/// the page has to be asked again whether it still belongs there.</para>
/// <para>Source: constructed.</para>
/// <para>Repaired: <see cref="Rmap.TryToUnmap"/> has the page lock, which keeps the field.</para>
/// </remarks>
public static class Bug093_PageMappedNotLookedAtAgain
{
    /// <summary>Locks the tree of a page.</summary>
    public static void WalkTree(Page page)
    {
        var tree = page.AnonVma;
        if (tree == null)
            return;
        tree.Rwsem.DownRead(); //~ MML2015
        tree.Rwsem.UpRead();
    }
}
