using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MmLock.CodeFixes.Editing;

/// <summary>Takes the braces of a <c>try</c> or <c>using</c> away and moves what is in them to the left.</summary>
internal sealed class StatementUnwrapper(FindingSite site)
{
    /// <param name="statement">The statement that goes.</param>
    /// <param name="block">The statements in it, which stay.</param>
    public IEnumerable<TextChange> Unwrap(StatementSyntax statement, BlockSyntax block)
    {
        var text = site.Text;
        if (block.Statements.Count == 0 || !Lines.IsFirst(text, block.CloseBraceToken.SpanStart) || !Lines.IsLast(text, block.OpenBraceToken))
        {
            yield return new TextChange(TextSpan.FromBounds(statement.SpanStart, block.OpenBraceToken.Span.End), "{");
            yield return new TextChange(TextSpan.FromBounds(block.CloseBraceToken.Span.End, statement.Span.End), "");
            yield break;
        }

        yield return Gone(statement.SpanStart, block.OpenBraceToken.Span.End, statement);
        var first = text.Lines.IndexOf(block.OpenBraceToken.Span.End) + 1;
        var last = text.Lines.IndexOf(block.CloseBraceToken.SpanStart) - 1;
        for (var i = first; i <= last; i++)
        {
            var line = text.Lines[i];
            if (text.ToString(line.Span).StartsWith(Lines.Indentation(text, statement.SpanStart) + site.Style.Unit))
                yield return new TextChange(new TextSpan(line.Start, site.Style.Unit.Length), "");
        }

        yield return Gone(block.CloseBraceToken.SpanStart, statement.Span.End, statement);
    }

    /// <summary>Lines that go; what is commented on them stays.</summary>
    private TextChange Gone(int start, int end, StatementSyntax statement)
    {
        var lines = TextSpan.FromBounds(Lines.Start(site.Text, start), site.Text.Lines.GetLineFromPosition(end).EndIncludingLineBreak);
        var indent = Lines.Indentation(site.Text, statement.SpanStart);
        var comments = site.Root.DescendantTrivia(lines).Where(trivia => lines.Contains(trivia.Span)
            && trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia);
        return new TextChange(lines, string.Concat(comments.Select(comment => indent + comment + site.Style.NewLine)));
    }
}
