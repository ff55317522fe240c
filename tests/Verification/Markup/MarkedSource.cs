using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis.Text;

namespace MmLock.Verification;

/// <summary>A source as the compiler gets it, and what its marks said.</summary>
internal sealed record MarkedSource(
    string Path, string Text, ImmutableArray<SpanMark> Spans, ImmutableArray<LineMark> Lines)
{
    /// <summary>The text with positions; made once, because every expectation and every caret asks for lines.</summary>
    public SourceText Source { get; } = SourceText.From(Text);

    /// <summary>Reads the marks of a source. Line endings become <c>\n</c>, so that no test depends on a checkout.</summary>
    public static MarkedSource Parse(string path, string marked)
    {
        var (unlined, lines) = LineMarks.Parse(path, marked.Replace("\r\n", "\n"));
        var (text, spans) = SpanMarkup.Parse(path, unlined);
        return new MarkedSource(path, text, spans, lines);
    }

    /// <summary>The place with this number, or null.</summary>
    public SpanMark? Numbered(int number) => Spans.FirstOrDefault(mark => mark.Number == number);
}
