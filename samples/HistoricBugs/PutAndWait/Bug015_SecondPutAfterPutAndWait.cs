using MmKernel;
using MmLock;
using static MmKernel.Lru;
using static MmKernel.Filemap;

namespace HistoricBugs;

/// <summary>
/// B15, variant 2c: put_page after put_and_wait_on_page_locked.
/// </summary>
/// <remarks>
/// <para>What happened: The reference was given up by the wait. Giving it up again takes somebody else's: the page is freed
/// while it is in use.</para>
/// <para>Source: constructed.</para>
/// <para>Repaired: <see cref="Filemap.PutAndWaitOnPageLocked"/> is the put.</para>
/// </remarks>
public static class Bug015_SecondPutAfterPutAndWait
{
    /// <summary>Waits and cleans up once too often.</summary>
    public static void WaitAndPut([ReleasesRef] Page page)
    {
        PutAndWaitOnPageLocked(page);
        PutPage(page); //~ MML5001
    }
}
