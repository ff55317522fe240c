using MmKernel;
using MmLock;

namespace HistoricBugs;

/// <summary>
/// B91: two page-table locks are taken in the opposite order.
/// </summary>
/// <remarks>
/// <para>What happened: Moving entries takes the lock of the old table and that of the new one inside. A second path took
/// the two the other way round.</para>
/// <para>Source: constructed.</para>
/// <para>Repaired: old outside, new inside, everywhere.</para>
/// </remarks>
public static class Bug091_TwoPtlsInTheWrongOrder
{
    /// <summary>The two sides of a move.</summary>
    public sealed class Move
    {
        /// <summary>The lock of the old table.</summary>
        [LockClass("ptl_old"), AcquiredBefore("New")]
        public readonly SpinLock Old = new("ptl_old");

        /// <summary>The lock of the new table, taken inside.</summary>
        [LockClass("ptl_new")]
        public readonly SpinLock New = new("ptl_new");
    }

    /// <summary>Moves back.</summary>
    public static void MoveBack(Move move)
    {
        move.New.Lock();
        move.Old.Lock(); //~ MML1001
        move.Old.Unlock();
        move.New.Unlock();
    }
}
