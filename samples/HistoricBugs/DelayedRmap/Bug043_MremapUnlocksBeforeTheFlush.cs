using MmKernel;
using MmLock;

namespace HistoricBugs;

/// <summary>
/// B43: mremap drops the old page-table lock before it flushes.
/// </summary>
/// <remarks>
/// <para>What happened: The entry moved to its new place and the lock of the old one was dropped; the flush came after.
/// Reclaim could unmap and free the page through the new place while another CPU still reached it through the old
/// one.</para>
/// <para>Source: fixed by eb66ae030829 (v4.19).</para>
/// <para>Repaired: <see cref="Memory.ZapPteRange"/> flushes before it unlocks; the model moves no page tables.</para>
/// </remarks>
public static class Bug043_MremapUnlocksBeforeTheFlush
{
    /// <summary>Moves an entry.</summary>
    [Acquires("tlb.Flushed")]
    public static void MoveEntry(MmuGather tlb, PteTable old, PteTable target, int index)
    {
        old.Ptl.Lock();
        var pte = old.Ptes[index];
        old.Ptes[index] = default;
        old.Ptl.Unlock();
        target.Ptl.Lock();
        target.Ptes[index] = pte;
        target.Ptl.Unlock();
        Tlb.FlushMmuTlbonly(tlb, old); //~ MML2001
    }
}
