using MmKernel;
using static MmKernel.Lru;

namespace HistoricBugs;

/// <summary>
/// B72: isolate_lru_page is called with interrupts off.
/// </summary>
/// <remarks>
/// <para>What happened: It uses the irq form, which turns interrupts on at its end whatever they were before. The caller's
/// section is over without its knowledge, and what it protects is open to handlers.</para>
/// <para>Source: constructed; the function is documented for callers with interrupts on.</para>
/// <para>Repaired: <see cref="Memcontrol.MoveChargePage"/> calls it with interrupts on.</para>
/// </remarks>
public static class Bug072_IsolateWithInterruptsOff
{
    /// <summary>Isolates one page inside a section of its own.</summary>
    public static void Requeue(Page page)
    {
        Irq.Save(out ulong flags);
        int error = IsolateLruPage(page); //~ MML2002
        Irq.Restore(flags);
        if (error == 0)
            PutbackLruPage(page);
    }
}
