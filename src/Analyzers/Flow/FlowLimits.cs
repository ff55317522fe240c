namespace MmLock.Analyzers.Flow;

/// <summary>Every bound of the engine. Reaching one is said by MML9006, never hidden.</summary>
internal static class FlowLimits
{
    /// <summary>Worlds kept at one point of a body.</summary>
    public const int Worlds = 64;

    /// <summary>Worlds with equal holdings that are kept apart by contradicting facts, where a point has other holdings too.</summary>
    public const int Alternatives = 4;

    /// <summary>Worlds carried through one block before the body is given up.</summary>
    public const int VisitsPerBlock = 400;

    /// <summary>Worlds carried through all blocks of one body, per block on average and at least.</summary>
    public const int VisitsPerBody = 20_000;

    /// <summary>Height of a value's tree: members walked, operators nested.</summary>
    public const int ValueDepth = 12;

    /// <summary>How many rounds back the value of one site is still told apart.</summary>
    public const int Previous = 3;

    /// <summary>
    /// Rounds of a loop that may each take one section or reentrant lock once more; beyond them the count is "many". What is nested
    /// without a loop is counted however deep it goes.
    /// </summary>
    public const int Count = 6;

    /// <summary>Bodies inlined into one another: immediate lambdas in immediate lambdas.</summary>
    public const int Inlining = 8;

    /// <summary>Blocks of one body.</summary>
    public const int Blocks = 20_000;

    /// <summary>Rounds over a ring of private members that call each other.</summary>
    public const int SummaryRounds = 4;

    /// <summary>Alternatives of one statement.</summary>
    public const int Choices = 64;

    /// <summary>Calls in a chain that a message names.</summary>
    public const int ChainLength = 8;
}
