using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B57: a large folio is copied under private_lock.
/// </summary>
/// <remarks>
/// <para>What happened: The fix of the bug before kept private_lock over the copy as well. Copying a large folio makes room
/// for others on the way: it may sleep, under a spinlock.</para>
/// <para>Source: follow-up reports, 2025.</para>
/// <para>Repaired: the copy comes after the lock.</para>
/// </remarks>
public static class Bug057_CopyUnderPrivateLock
{
    /// <summary>Migrates a folio with buffers.</summary>
    public static void MigrateFolio(AddressSpace mapping, Page to, Page from)
    {
        mapping.PrivateLock.Lock();
        Copying.FolioCopy(to, from); //~ MML4001
        mapping.PrivateLock.Unlock();
    }
}
