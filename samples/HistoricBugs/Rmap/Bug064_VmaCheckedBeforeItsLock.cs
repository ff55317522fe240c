using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B64: a VMA is checked before its lock is taken, and not after.
/// </summary>
/// <remarks>
/// <para>What happened: A fault found the VMA under RCU, saw its anon_vma and then took the VMA's lock. Between the two the
/// VMA could be changed; what had been checked was not what was used.</para>
/// <para>Source: fixed by 657b5146955e (v6.5).</para>
/// <para>Repaired: <see cref="Rmap.AnonVmaPrepare"/> looks again under the lock.</para>
/// </remarks>
public static class Bug064_VmaCheckedBeforeItsLock
{
    /// <summary>Locks a VMA for a fault.</summary>
    public static bool LockForFault(VmaRange vma)
    {
        var tree = vma.AnonVma;
        if (tree == null || !vma.Lock.DownReadTrylock())
            return false;
        tree.Rwsem.DownRead(); //~ MML2015
        tree.Rwsem.UpRead();
        vma.Lock.UpRead();
        return true;
    }
}
