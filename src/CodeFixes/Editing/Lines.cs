using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace MmLock.CodeFixes.Editing;

/// <summary>Questions about the lines of a text.</summary>
internal static class Lines
{
    /// <summary>The white space that the line of a position begins with.</summary>
    public static string Indentation(SourceText text, int position)
    {
        var line = text.Lines.GetLineFromPosition(position);
        var end = line.Start;
        while (end < line.End && char.IsWhiteSpace(text[end]))
            end++;
        return text.ToString(TextSpan.FromBounds(line.Start, end));
    }

    /// <summary>Nothing but white space comes before it on its line.</summary>
    public static bool IsFirst(SourceText text, int position)
    {
        for (var i = position - 1; i >= text.Lines.GetLineFromPosition(position).Start; i--)
        {
            if (!char.IsWhiteSpace(text[i]))
                return false;
        }

        return true;
    }

    /// <summary>Nothing but white space or a comment comes after the token on its line.</summary>
    public static bool IsLast(SourceText text, SyntaxToken token)
    {
        var line = text.Lines.GetLineFromPosition(token.Span.End);
        var next = token.GetNextToken(includeZeroWidth: true);
        return next.SpanStart > line.End || next.RawKind == (int)Microsoft.CodeAnalysis.CSharp.SyntaxKind.EndOfFileToken;
    }

    public static bool AreOnOneLine(SourceText text, TextSpan span) =>
        text.Lines.IndexOf(span.Start) == text.Lines.IndexOf(span.End);

    /// <summary>The end of the text on the line of a position, comments included.</summary>
    public static int End(SourceText text, int position) => text.Lines.GetLineFromPosition(position).End;

    public static int Start(SourceText text, int position) => text.Lines.GetLineFromPosition(position).Start;

    /// <summary>
    /// Moves lines one step to the right. Lines that begin inside a token, a string over several lines, are left alone, and
    /// so are directives and empty lines.
    /// </summary>
    public static IEnumerable<TextChange> Indent(SourceText text, SyntaxNode root, TextSpan span, string unit)
    {
        var first = text.Lines.IndexOf(span.Start);
        var last = text.Lines.IndexOf(span.End);
        for (var i = first; i <= last; i++)
        {
            var line = text.Lines[i];
            var content = line.Start;
            while (content < line.End && char.IsWhiteSpace(text[content]))
                content++;
            if (content == line.End || text[content] == '#')
                continue;
            var token = root.FindToken(line.Start);
            if (token.SpanStart < line.Start && line.Start < token.Span.End)
                continue;
            yield return new TextChange(new TextSpan(line.Start, 0), unit);
        }
    }
}
