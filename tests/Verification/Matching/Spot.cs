namespace MmLock.Verification;

/// <summary>
/// A place as a test names it: the number of a mark in the source, or a path with lines and columns counted from one.
/// </summary>
public readonly record struct Spot
{
    internal int? Number { get; private init; }

    internal string? Path { get; private init; }

    internal (int Line, int Column, int EndLine, int EndColumn) Position { get; private init; }

    /// <summary>The place marked <c>{|#number:x|}</c>.</summary>
    public static implicit operator Spot(int number) => new() { Number = number };

    /// <summary>A place by lines and columns, for files that cannot bear marks.</summary>
    public static Spot At(string path, int line, int column, int endLine, int endColumn)
        => new() { Path = path, Position = (line, column, endLine, endColumn) };
}
