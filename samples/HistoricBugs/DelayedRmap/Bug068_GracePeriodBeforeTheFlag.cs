using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B68: the grace period comes before the flag that it is meant to follow.
/// </summary>
/// <remarks>
/// <para>What happened: Readers take the short way as long as moving_account is zero. Waiting for them first and raising it
/// second waits for readers that do not matter, and starts the move among readers that do.</para>
/// <para>Source: constructed.</para>
/// <para>Repaired: <see cref="Memcontrol.MemCgroupMoveCharge"/> raises the flag, then waits.</para>
/// </remarks>
public static class Bug068_GracePeriodBeforeTheFlag
{
    /// <summary>Moves the charges of an mm.</summary>
    public static void MoveCharge(ChargeMove move)
    {
        Charges.WaitForFastReaders(move); //~ MML2001
        Charges.Announce(move);
        Charges.MoveAll(move);
    }
}
