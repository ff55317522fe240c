namespace MmLock.Analyzers.Diagnostics;

/// <summary>What an additional location shows.</summary>
internal enum LocationRole
{
    /// <summary>Where the (other) lock was taken.</summary>
    AcquiredAt,
    /// <summary>Where it was released.</summary>
    ReleasedAt,
    /// <summary>Where a section was opened or an interrupt state saved.</summary>
    OpenedAt,
    /// <summary>The declaration that is violated: the attribute, the hierarchy, the guarded field.</summary>
    Declaration,
    /// <summary>A call on the way to what the finding is about, outermost first.</summary>
    Call,
    /// <summary>What a callee does at the end of the chain.</summary>
    Inner,
    /// <summary>Where a value was read that is stale now.</summary>
    ReadAt,
    /// <summary>Where a reference was taken or given up.</summary>
    ReferenceAt,
    /// <summary>Another edge of a ring.</summary>
    RingEdge,
}
