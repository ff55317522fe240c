using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace MmLock.Verification;

/// <summary>Where a finding stands. Lines and columns count from zero inside, and from one in every text.</summary>
internal readonly record struct Place(string Path, LinePosition Start, LinePosition End)
{
    /// <summary>A finding without a place, or one in a compiled assembly.</summary>
    public static Place Nowhere => new("", default, default);

    public bool IsNowhere => Path.Length == 0;

    public static Place Of(Location location)
    {
        if (!location.IsInSource)
            return Nowhere;
        var lines = location.GetLineSpan();
        return new Place(lines.Path, lines.StartLinePosition, lines.EndLinePosition);
    }

    public static Place Of(MarkedSource source, TextSpan span)
    {
        var lines = source.Source.Lines.GetLinePositionSpan(span);
        return new Place(source.Path, lines.Start, lines.End);
    }

    public override string ToString() => IsNowhere
        ? "no place in source"
        : $"{Path}({Start.Line + 1},{Start.Character + 1})-({End.Line + 1},{End.Character + 1})";
}
