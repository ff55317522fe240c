using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B55: the mapcounts of a huge page are summed before anybody holds it.
/// </summary>
/// <remarks>
/// <para>What happened: The sum was to tell whether somebody pins the page, and decided whether it is worth isolating.
/// Without a reference the page can be freed, split and used again while the sum is under way.</para>
/// <para>Source: constructed; the same test also counted wrongly, 829ae0f81ce0.</para>
/// <para>Repaired: <see cref="MemoryHotplug.OfflinePages"/> takes the reference before any test that looks inside.</para>
/// </remarks>
public static class Bug055_MapcountSummedWithoutReference
{
    /// <summary>Is the frame pinned?</summary>
    public static bool LooksPinned(int pfn)
    {
        Page page = MemMap.PfnToPage(pfn);
        return page.RefCount > AnonVmas.TotalMapcount(page); //~ MML5002
    }
}
