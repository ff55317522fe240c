namespace MmLock.Analyzers.Diagnostics;

/// <summary>
/// Keys of a diagnostic's property bag: the data that a finding hands to its code fix. Values are strings.
/// </summary>
internal static class DiagnosticProperties
{
    /// <summary>The lock as code at the place of the finding would name it: <c>lruvec.LruLock</c>.</summary>
    public const string Lock = nameof(Lock);

    /// <summary>The lock as a lock expression on the enclosing member would name it; absent when it cannot.</summary>
    public const string LockExpression = nameof(LockExpression);

    /// <summary>The display name of the lock's class.</summary>
    public const string LockClass = nameof(LockClass);

    /// <summary>Locks of which one is enough, as code at the place would name them, one a line; absent when it is not so.</summary>
    public const string Alternatives = nameof(Alternatives);

    /// <summary>The second lock of the finding: the one held, the one in conflict.</summary>
    public const string OtherLock = nameof(OtherLock);

    /// <summary>The mode that is needed or used: a member name of <c>LockMode</c>.</summary>
    public const string Mode = nameof(Mode);

    /// <summary>The mode in which the lock is held: a member name of <c>LockMode</c>.</summary>
    public const string HeldMode = nameof(HeldMode);

    /// <summary>The kind of the lock: a member name of <c>LockKind</c>.</summary>
    public const string Kind = nameof(Kind);

    /// <summary>The lock is a plain .NET lock: <see cref="True"/>, or absent.</summary>
    public const string IsDotNetLock = nameof(IsDotNetLock);

    /// <summary>The attribute that would answer the finding, without brackets: <c>MustHold("this.LruLock")</c>.</summary>
    public const string RequiredClause = nameof(RequiredClause);

    /// <summary>The member, field or class that a fix would annotate, by documentation-comment id.</summary>
    public const string Target = nameof(Target);

    /// <summary>The nearest name that is known, for what names nothing.</summary>
    public const string NearestName = nameof(NearestName);

    /// <summary>How sure the finding is: <see cref="AllPaths"/> or <see cref="SomePaths"/>.</summary>
    public const string Certainty = nameof(Certainty);

    /// <summary>Value of <see cref="Certainty"/>: so on every path.</summary>
    public const string AllPaths = nameof(AllPaths);

    /// <summary>Value of <see cref="Certainty"/>: so on some paths.</summary>
    public const string SomePaths = nameof(SomePaths);

    /// <summary>The value of a property that is present or absent.</summary>
    public const string True = "true";

    /// <summary>
    /// Prefix of the keys that find an additional location by its role: <c>Location.AcquiredAt</c> = <c>0,2</c>. Locations
    /// that cannot be reported are dropped, so an index means nothing without this key.
    /// </summary>
    public const string LocationPrefix = "Location.";
}
