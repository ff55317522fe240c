using MmKernel;

namespace HistoricBugs;

/// <summary>
/// B56: the buffers of a page move after private_lock was dropped.
/// </summary>
/// <remarks>
/// <para>What happened: Migration checked under private_lock that nobody uses the buffers, dropped the lock and moved them.
/// find_get_block found a buffer in between, on the page that was given up.</para>
/// <para>Source: fixed by ebdf4de5642f (v5.3).</para>
/// <para>Repaired: the lock stays until the buffers have moved.</para>
/// </remarks>
public static class Bug056_PrivateLockDroppedTooEarly
{
    /// <summary>Moves buffers to another page.</summary>
    public static bool MoveBuffers(PageBuffers buffers, Page target)
    {
        buffers.Mapping.PrivateLock.Lock();
        bool busy = buffers.Users > 0;
        buffers.Mapping.PrivateLock.Unlock();
        if (busy)
            return false;
        buffers.Owner = target; //~ MML2004
        return true;
    }
}
