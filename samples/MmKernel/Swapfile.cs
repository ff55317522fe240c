using MmLock;

namespace MmKernel;

/// <summary>Swap (mm/swapfile.c).</summary>
public static class Swapfile
{
    /// <summary>add_to_swap.</summary>
    [MustHold("page.Lock"), MaySleep]
    public static bool AddToSwap([MustHoldRef] Page page) => page.MapCount < 0;
}
