using System;

namespace MmLock.Verification;

/// <summary>What a verification of a fix looks at beyond the fixed text.</summary>
[Flags]
public enum FixChecks
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>Fix-all in a document, a project and the solution gives the text that fixing one by one gives.</summary>
    FixAll = 1,

    /// <summary>
    /// Fix-all without a key works where only some findings of a rule have a fix: <c>dotnet format</c> asks so when the
    /// first finding that it meets has none.
    /// </summary>
    DotnetFormat = 2,

    /// <summary>Comments above and behind the fixed line survive.</summary>
    Comments = 4,

    /// <summary>Under a cancelled token the fix throws <see cref="OperationCanceledException"/> and nothing else.</summary>
    Cancellation = 8,

    /// <summary>All of it.</summary>
    All = FixAll | DotnetFormat | Comments | Cancellation,
}
