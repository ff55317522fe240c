using MmKernel;
using MmLock;
using static MmKernel.Filemap;

namespace HistoricBugs;

/// <summary>
/// B19: the end of a write wakes waiters of a page that may be gone.
/// </summary>
/// <remarks>
/// <para>What happened: PG_writeback keeps the page alive until it is cleared. The wake came after, without a reference:
/// truncation could free the page in between, and the wake hit its next life.</para>
/// <para>Source: fixed by 073861ed77b6 (v5.10).</para>
/// <para>Repaired: <see cref="PageWritebackOps.EndPageWriteback"/> takes a reference first and drops it after the
/// wake.</para>
/// </remarks>
public static class Bug019_WakeAfterWritebackEnded
{
    /// <summary>The completion; the hold that PG_writeback stands for is its own to give up.</summary>
    public static void EndPageWriteback([ReleasesRef] Page page)
    {
        PageWaits.ClearWriteback(page);
        WakeUpPageBit(page, PageFlag.Writeback); //~ MML5001
    }
}
