using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Editing;

/// <summary>Statements that stand under a lock already, in a form that this file would be given too.</summary>
/// <param name="First">The acquisition, or the statement itself.</param>
/// <param name="Statement">The statement with the braces.</param>
/// <param name="Head">The lines up to and with the opening brace.</param>
/// <param name="Tail">The lines from the closing brace on.</param>
internal sealed record LockedRegion(StatementSyntax First, StatementSyntax Statement, TextSpan Head, TextSpan Tail)
{
    /// <summary>The region that a statement closes, if it has the form.</summary>
    public static LockedRegion? At(IReadOnlyList<StatementSyntax> siblings, int index, LockForm form, SourceText text)
    {
        var statement = siblings[index];
        if (Block(statement, form) is not { Statements.Count: > 0 } block || !Sames(siblings, index, form, out var first))
            return null;
        if (form.Prelude.Length >= block.Statements.Count
            || !form.Prelude.Zip(block.Statements, static (line, inside) => IsSame(line, inside)).All(static same => same))
        {
            return null;
        }

        // Only lines can be moved; what shares its line with something else stays.
        if (!Lines.IsFirst(text, first.SpanStart) || !Lines.IsFirst(text, block.CloseBraceToken.SpanStart)
            || !Lines.IsLast(text, statement.GetLastToken()))
        {
            return null;
        }

        var headEnd = form.Prelude.IsEmpty ? block.OpenBraceToken : block.Statements[form.Prelude.Length - 1].GetLastToken();
        return !Lines.IsLast(text, headEnd)
            ? null
            : new LockedRegion(
                first, statement,
                TextSpan.FromBounds(Lines.Start(text, first.SpanStart), EndOfLine(text, headEnd.Span.End)),
                TextSpan.FromBounds(Lines.Start(text, block.CloseBraceToken.SpanStart), EndOfLine(text, statement.Span.End)));
    }

    private static int EndOfLine(SourceText text, int position) => text.Lines.GetLineFromPosition(position).EndIncludingLineBreak;

    private static BlockSyntax? Block(StatementSyntax statement, LockForm form) => statement switch
    {
        LockStatementSyntax { Statement: BlockSyntax block } locked when $"lock ({locked.Expression})" == form.Opener => block,
        UsingStatementSyntax { Statement: BlockSyntax block, Expression: { } guard } when $"using ({guard})" == form.Opener => block,
        TryStatementSyntax { Catches.Count: 0, Finally: { } end } attempt
            when form.Opener == "try" && Plain(string.Join(" ", form.Cleanup)) == Plain(string.Join(" ", end.Block.Statements)) => attempt.Block,
        _ => null,
    };

    private static bool Sames(IReadOnlyList<StatementSyntax> siblings, int index, LockForm form, out StatementSyntax first)
    {
        var start = index - form.Setup.Length;
        first = start < 0 ? siblings[index] : siblings[start];
        return start >= 0 && Enumerable.Range(0, form.Setup.Length).All(i => IsSame(form.Setup[i], siblings[start + i]));
    }

    private static bool IsSame(string line, StatementSyntax statement) => Plain(line) == Plain(statement.ToString());

    /// <summary>Without the numbers that keep the names of flags apart, and without layout.</summary>
    private static string Plain(string code) =>
        Regex.Replace(Regex.Replace(code, @"\b(flags|lockTaken)\d*\b", "$1"), @"\s+", " ").Trim();
}
