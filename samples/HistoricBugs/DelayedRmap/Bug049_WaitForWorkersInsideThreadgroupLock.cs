using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B49: the charge move waits for workers that need fork.
/// </summary>
/// <remarks>
/// <para>What happened: The move ran inside cgroup_threadgroup_rwsem and waited for work on every CPU. When a worker thread
/// had to be forked for that work, the fork waited for the rwsem, and the move for the fork.</para>
/// <para>Source: fixed by 264a0ae164bc (v4.6): the move runs after the rwsem is dropped.</para>
/// <para>Repaired: <see cref="Memcontrol.MemCgroupMoveCharge"/> drains before it takes anything that a worker could
/// want.</para>
/// </remarks>
public static class Bug049_WaitForWorkersInsideThreadgroupLock
{
    /// <summary>Attaches a task and moves its charges.</summary>
    public static void AttachAndMove()
    {
        Threadgroup.Rwsem.DownWrite();
        Charges.DrainEverywhere(); //~ MML2002
        Threadgroup.Rwsem.UpWrite();
    }
}
