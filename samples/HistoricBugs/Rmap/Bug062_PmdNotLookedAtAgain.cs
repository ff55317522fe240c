using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B62: a lockless walk follows an upper entry that it does not check again.
/// </summary>
/// <remarks>
/// <para>What happened: Fast get_user_pages walks with interrupts off and without locks, and pins what it finds. It
/// compared the lowest entry after pinning, not the one above: a collapse could have detached the whole table
/// meanwhile.</para>
/// <para>Source: fixed by 70cbc3cc78a9 (v6.0).</para>
/// <para>Repaired: both entries are compared after the pin; <see cref="Filemap.FindGetPage"/> shows the pattern.</para>
/// </remarks>
public static class Bug062_PmdNotLookedAtAgain
{
    /// <summary>How many entries are there below?</summary>
    public static int Entries(UpperTable upper)
    {
        Irq.Disable();
        var table = upper.Below;
        int entries = table == null ? 0 : table.Ptes.Length; //~ MML2015
        Irq.Enable();
        return entries;
    }
}
