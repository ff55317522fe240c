using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B83: a pointer read for a comparison is followed.
/// </summary>
/// <remarks>
/// <para>What happened: rcu_access_pointer needs no reader because its result is only compared. Followed, it is a read
/// without protection.</para>
/// <para>Source: constructed.</para>
/// <para>Repaired: <see cref="Memcontrol.MemCgroupIter"/> dereferences inside a reader.</para>
/// </remarks>
public static class Bug083_PeekedPointerFollowed
{
    /// <summary>Where does the walk stand?</summary>
    public static int PositionId(ReclaimIter iter)
    {
        var position = Rcu.AccessPointer(ref iter.Position);
        if (position == null)
            return 0;
        return position.Id; //~ MML3008
    }
}
