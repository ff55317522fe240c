using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B31, variant 4a: the cached group is used after the reader ended, without a reference.
/// </summary>
/// <remarks>
/// <para>What happened: The walk read the cached position under RCU, left the reader and went on with the pointer. RCU kept
/// the group only as long as the reader lasted; a removal in between freed it.</para>
/// <para>Source: the fourth thread (March 2021); the class of be2657752e9e and 54a83d6bcbf8.</para>
/// <para>Repaired: <see cref="Memcontrol.MemCgroupIter"/> takes a reference inside the reader, with css_tryget.</para>
/// </remarks>
public static class Bug031_PositionUsedAfterTheReader
{
    /// <summary>Where does the walk stand?</summary>
    public static int PositionId(ReclaimIter iter)
    {
        Rcu.ReadLock();
        var position = Rcu.Dereference(ref iter.Position);
        Rcu.ReadUnlock();
        if (position == null)
            return 0;
        return position.Id; //~ MML3005
    }
}
