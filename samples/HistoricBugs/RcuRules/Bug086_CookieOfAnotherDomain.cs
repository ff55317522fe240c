using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B86: an SRCU cookie goes back to another domain.
/// </summary>
/// <remarks>
/// <para>What happened: Each domain counts its own readers. Ending the reader in the wrong one leaves the right one waiting
/// for ever, and ends somebody else's section in the other.</para>
/// <para>Source: constructed.</para>
/// <para>Repaired: the domain that gave the cookie.</para>
/// </remarks>
public static class Bug086_CookieOfAnotherDomain
{
    /// <summary>Reads in one domain.</summary>
    public static void Read(SrcuStruct vmas, SrcuStruct shrinkers)
    {
        int cookie = vmas.ReadLock();
        shrinkers.ReadUnlock(cookie); //~ MML2005
    } //~ MML2006
}
