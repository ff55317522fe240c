using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace MmLock.Verification;

/// <summary>
/// Puts a comment above and behind every line that the fix works on and looks for them afterwards. A replaced node drops
/// its trivia unless the fix takes care, and no test has comments everywhere.
/// </summary>
internal static class CommentSurvival
{
    public static async Task Check(
        Solution original, ImmutableArray<Offer> offers, Func<Solution, Task<(Solution Solution, int Rounds)>> fix, FixSession session)
    {
        var solution = original;
        var comments = new List<string>();
        foreach (var inDocument in offers.Where(offer => session.Wanted(offer) is not null).GroupBy(offer => offer.Document.Id))
        {
            var document = original.GetDocument(inDocument.Key)!;
            var root = (await document.GetSyntaxRootAsync())!;
            var text = await document.GetTextAsync();
            var changes = inDocument
                .Select(offer => text.Lines.GetLineFromPosition(offer.Diagnostic.Location.SourceSpan.Start))
                .DistinctBy(line => line.LineNumber)
                .SelectMany(line => Around(line, root, comments))
                .ToArray();
            solution = solution.WithDocumentText(document.Id, text.WithChanges(changes));
        }

        var (changed, _) = await fix(solution);
        var texts = await Task.WhenAll(changed.Projects.SelectMany(project => project.Documents).Select(document => document.GetTextAsync()));
        foreach (var comment in comments)
            if (!texts.Any(text => text.ToString().Contains(comment)))
                throw new VerificationException(
                    $"the fix loses a comment: {comment} is gone\n{string.Join("\n", texts.Select(text => text.ToString()))}");
    }

    private static IEnumerable<TextChange> Around(TextLine line, SyntaxNode root, List<string> comments)
    {
        if (IsBetweenTokens(root, line.Start))
            yield return new TextChange(new TextSpan(line.Start, 0), Comment("above") + "\n");
        if (IsBetweenTokens(root, line.End))
            yield return new TextChange(new TextSpan(line.End, 0), " " + Comment("behind"));

        string Comment(string where)
        {
            comments.Add($"/* {where} line {line.LineNumber + 1} */");
            return comments[^1];
        }
    }

    // Inside a token (a string over several lines) or a directive a comment would be none.
    private static bool IsBetweenTokens(SyntaxNode root, int position)
    {
        var token = root.FindToken(position);
        var insideToken = token.SpanStart < position && position < token.Span.End;
        return !insideToken && !root.FindTrivia(position).IsDirective;
    }
}
