using MmLock;

namespace MmKernel;

/// <summary>Reverse mapping (mm/rmap.c).</summary>
public static class Rmap
{
    /// <summary>page_mkclean.</summary>
    [MustHold("page.Lock"), MaySleep]
    public static bool PageMkclean([MustHoldRef] Page page, AddressSpace mapping) => page.MapCount > 0 && mapping.Size < 0;

    /// <summary>try_to_unmap.</summary>
    [MustHold("page.Lock"), MaySleep]
    public static bool TryToUnmap([MustHoldRef] Page page) => page.MapCount == 0;

    /// <summary>page_referenced.</summary>
    [MustHold("page.Lock"), MaySleep]
    public static int PageReferenced([MustHoldRef] Page page) => page.MapCount;
}
