using MmKernel;
using MmLock;

namespace HistoricBugs;

/// <summary>
/// 5F: a charge is moved without any page-table lock.
/// </summary>
/// <remarks>
/// <para>What happened: Without the lock of the page table that maps it a page can be mapped or unmapped between the
/// mover's test and its update, and the statistic goes to the wrong group.</para>
/// <para>Source: the fifth thread, a variant discussed.</para>
/// <para>Repaired: <see cref="Memcontrol.MemCgroupMoveCharge"/> holds the page-table lock of the entry that maps the
/// page.</para>
/// </remarks>
public static class Variant5f_MoveAccountWithoutPtl
{
    /// <summary>Moves the charge of a page.</summary>
    [MustHold("page.Lock", "page.Isolation")]
    public static void Move(Page page, PteTable mapping, MemCgroup from, MemCgroup to)
    {
        Charges.MoveAccount(page, mapping, from, to); //~ MML2001
    }
}
