using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B08, variant 1h: the reference on a memcg id is taken after a swap record names it.
/// </summary>
/// <remarks>
/// <para>What happened: A charge move switched swap records to the new group one by one and took the references on its id
/// in one go at the end. Swap slots freed in between dropped references that did not exist yet: the count reached zero, and
/// saturated.</para>
/// <para>Source: the first thread; fixed by 8d22a9351035 (v5.8).</para>
/// <para>Repaired: the reference comes first, and the record takes it over.</para>
/// </remarks>
public static class Bug008_IdReferenceAfterPublication
{
    /// <summary>Moves the records of two slots.</summary>
    public static void MoveSwapRecords(SwpEntry entry, MemcgId to)
    {
        Charges.SwapRecord(entry, to); //~ MML5002
        Charges.IdGet(to);
    } //~ MML5003
}
