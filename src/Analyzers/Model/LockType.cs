namespace MmLock.Analyzers.Model;

/// <summary>What one type says about its instances as locks.</summary>
/// <param name="Kind">The kind of capability.</param>
/// <param name="Reentrant">Its holder may take it again.</param>
/// <param name="ThreadAffine">It may not be held across a suspension.</param>
/// <param name="IsAnnotated">Said by <c>[LockType]</c>; false for the locks of .NET.</param>
internal sealed record LockType(LockKind Kind, bool Reentrant, bool ThreadAffine, bool IsAnnotated)
{
    /// <summary>The monitor that every object of reference type carries.</summary>
    public static LockType Monitor { get; } = new(LockKind.Mutex, Reentrant: true, ThreadAffine: true, IsAnnotated: false);

    /// <summary>
    /// A private lock of another assembly: its contracts name it, but nobody here sees what it is. What would hold for some
    /// locks only is not claimed of it.
    /// </summary>
    public static LockType Hidden { get; } = new(LockKind.Token, Reentrant: true, ThreadAffine: false, IsAnnotated: true);

    /// <summary>A class that is only a name, with no lock object: entering reclaim. Nobody enters it twice.</summary>
    public static LockType NameOnly { get; } = new(LockKind.Mutex, Reentrant: false, ThreadAffine: true, IsAnnotated: true);

    /// <summary>The predefined contexts of the contract.</summary>
    public static LockType Section { get; } = new(LockKind.Context, Reentrant: true, ThreadAffine: true, IsAnnotated: true);
}
