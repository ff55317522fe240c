using MmKernel;
using MmLock;

namespace HistoricBugs;

/// <summary>
/// B58: the root anon_vma goes before the child that needs it.
/// </summary>
/// <remarks>
/// <para>What happened: The lock of a whole tree of anon_vmas is the root's. The reference on the root was put first, and
/// then the child was torn down, which takes that lock.</para>
/// <para>Source: fixed by 624483f3ea82 (v3.15).</para>
/// <para>Repaired: child first, root last.</para>
/// </remarks>
public static class Bug058_RootFreedBeforeItsChild
{
    /// <summary>The end of an anon_vma.</summary>
    public static void PutAnonVma([ReleasesRef] AnonVmaTree child, [ReleasesRef] AnonVmaTree root)
    {
        AnonVmas.Put(root);
        AnonVmas.FlushLockers(root); //~ MML5001
        AnonVmas.Put(child);
    }
}
