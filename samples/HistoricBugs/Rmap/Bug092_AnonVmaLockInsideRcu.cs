using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B92: the anon_vma lock is slept on inside RCU.
/// </summary>
/// <remarks>
/// <para>What happened: The anon_vma of a page is found under RCU, and its lock is a sleeping one. Waiting for it in the
/// reader holds up every grace period, and is forbidden.</para>
/// <para>Source: constructed; page_lock_anon_vma_read tries, or pins and leaves the reader first.</para>
/// <para>Repaired: a try inside the reader, a wait only outside.</para>
/// </remarks>
public static class Bug092_AnonVmaLockInsideRcu
{
    /// <summary>Locks a tree found under RCU.</summary>
    public static void LockInside(AnonVma tree)
    {
        Rcu.ReadLock();
        tree.Rwsem.DownRead(); //~ MML4001
        Rcu.ReadUnlock();
        tree.Rwsem.UpRead();
    }
}
