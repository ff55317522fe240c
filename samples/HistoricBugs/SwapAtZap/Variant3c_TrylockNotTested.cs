using MmKernel;
using static MmKernel.PageLock;

namespace HistoricBugs;

/// <summary>
/// 3C: the page is unlocked whether its lock was won or not.
/// </summary>
/// <remarks>
/// <para>What happened: The trylock can fail, that is why it is one. Unlocking all the same opens the page to everybody
/// while its real owner is at work.</para>
/// <para>Source: the third thread, a variant discussed.</para>
/// <para>Repaired: <see cref="Swapfile.TryToReclaimSwap"/> goes on only with the lock.</para>
/// </remarks>
public static class Variant3c_TrylockNotTested
{
    /// <summary>Frees the swap of a page.</summary>
    public static void TryToFreeSwap(Page page)
    {
        TryLockPage(page); //~ MML2010
        UnlockPage(page); //~ MML2005
    }
}
