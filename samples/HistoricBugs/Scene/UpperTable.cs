using MmKernel;
using MmLock;

namespace HistoricBugs;

/// <summary>An entry one level above a page table, which the model does not have.</summary>
public sealed class UpperTable
{
    /// <summary>The lock of the upper level.</summary>
    [LockClass(LockClasses.Ptl)]
    public readonly SpinLock Ptl = new(LockClasses.Ptl);

    /// <summary>The page table below. Walkers without the lock have to look twice.</summary>
    [StableUnder("Ptl", Optimistic = true)]
    public PteTable? Below;
}
