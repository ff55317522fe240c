namespace MmLock.Analyzers.Model;

/// <summary>How a lock is held, weakest first: a stronger mode satisfies a weaker requirement.</summary>
internal enum LockMode
{
    /// <summary>Beside other readers.</summary>
    Shared,
    /// <summary>Beside readers, with the right to upgrade (<c>ReaderWriterLockSlim</c>).</summary>
    Upgradeable,
    /// <summary>Alone.</summary>
    Exclusive,
}
