using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.CodeFixes.Editing;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Sections;

/// <summary>Statements that can change places with others, because no local, no field and no jump ties them together.</summary>
internal sealed class MovedStatements
{
    private readonly ImmutableArray<StatementSyntax> _moved;
    private readonly FindingSite _site;

    private MovedStatements(ImmutableArray<StatementSyntax> moved, FindingSite site) => (_moved, _site) = (moved, site);

    public int Count => _moved.Length;

    /// <summary>The statement, with all up to the release where it takes something itself; null when it cannot move.</summary>
    /// <param name="toward">Where it is to go, which it must not reach.</param>
    public static MovedStatements? Of(StatementSyntax statement, StatementSyntax toward, FindingSite site)
    {
        if (statement is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } or LabeledStatementSyntax || statement.Parent is not (BlockSyntax or SwitchSectionSyntax))
            return null;
        ImmutableArray<StatementSyntax> moved = [statement];
        if (LockCallSite.Of(statement, site) is { IsAcquire: true, LockKey: { } key, Statement: { } alone } && alone == statement)
        {
            var rest = StatementRegion.Siblings(statement).SkipWhile(s => s != statement).ToList();
            var end = rest.FindIndex(s => LockCallSite.Of(s, site) is { IsRelease: true, Statement: { } release } call && release == s && call.LockKey == key);
            if (end > 0 && !rest.Take(end + 1).Contains(toward))
                moved = [.. rest.Take(end + 1)];
        }

        return moved.Any(Jumps) || !moved.All(s => Lines.IsFirst(site.Text, s.SpanStart) && Lines.IsLast(site.Text, s.GetLastToken())) ? null : new MovedStatements(moved, site);
    }

    /// <summary>To the front of a statement; null when something between them has to come first.</summary>
    /// <param name="from">The first statement that is passed.</param>
    /// <param name="form">A lock to take around what moves.</param>
    public IEnumerable<TextChange>? MoveBefore(StatementSyntax target, StatementSyntax? from, LockForm? form = null)
    {
        var siblings = StatementRegion.Siblings(_moved[0]);
        var passed = from is null ? [] : siblings.Skip(System.Math.Max(0, siblings.IndexOf(from))).TakeWhile(s => s != _moved[0]).ToList();
        return IsFree(passed) ? Taken(new TextSpan(Lines.Start(_site.Text, target.GetFirstToken().SpanStart), 0), target, form) : null;
    }

    /// <summary>Behind a statement; null when something between them has to come later.</summary>
    /// <param name="to">The last statement that is passed.</param>
    /// <param name="form">A lock to take around what moves.</param>
    public IEnumerable<TextChange>? MoveAfter(StatementSyntax target, StatementSyntax? to, LockForm? form = null)
    {
        var siblings = StatementRegion.Siblings(_moved[0]);
        var passed = siblings.SkipWhile(s => s != _moved[_moved.Length - 1]).Skip(1).ToList();
        if (to is not null && passed.Contains(to))
            passed = [.. passed.TakeWhile(s => s != to), to];
        return IsFree(passed) ? Taken(new TextSpan(_site.Text.Lines.GetLineFromPosition(target.Span.End).EndIncludingLineBreak, 0), target, form) : null;
    }

    /// <summary>Whole lines move, with the comments above and beside them.</summary>
    private IEnumerable<TextChange> Taken(TextSpan place, StatementSyntax target, LockForm? form)
    {
        var text = _site.Text;
        var (old, wanted) = (Lines.Indentation(text, _moved[0].SpanStart), Lines.Indentation(text, target.SpanStart));
        var gone = TextSpan.FromBounds(
            Lines.Start(text, FirstComment(_moved[0])), text.Lines.GetLineFromPosition(_moved[_moved.Length - 1].Span.End).EndIncludingLineBreak);
        var inner = form is null ? wanted : wanted + _site.Style.Unit;
        var (head, tail) = (new LineWriter(_site.Style), new LineWriter(_site.Style));
        var content = text.ToString(gone);
        // What the braces would hide is declared before them.
        if (form is not null && _moved is [LocalDeclarationStatementSyntax { Declaration: { Variables: [{ Initializer: not null } variable] } declaration }])
        {
            head.Line(wanted, $"{new RegionWrapper(_site).TypeOf(declaration, variable)} {variable.Identifier.Text};");
            content = content.Remove(declaration.Type.SpanStart - gone.Start, variable.Identifier.SpanStart - declaration.Type.SpanStart);
        }

        var lines = content.Split('\n').Select(line => line.StartsWith(old, System.StringComparison.Ordinal) ? inner + line.Substring(old.Length) : line);
        if (form is not null)
        {
            new RegionWrapper(_site).Head(head, form, wanted);
            new RegionWrapper(_site).Tail(tail, form, wanted);
        }

        return [new TextChange(place, head + string.Join("\n", lines) + tail), new TextChange(gone, "")];
    }

    private int FirstComment(StatementSyntax statement)
    {
        foreach (var trivia in statement.GetLeadingTrivia())
        {
            if (trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia && Lines.IsFirst(_site.Text, trivia.SpanStart))
                return trivia.SpanStart;
        }

        return statement.SpanStart;
    }

    private bool IsFree(IReadOnlyList<StatementSyntax> passed)
    {
        if (passed.Any(Jumps) || passed.Any(static s => s is LocalFunctionStatementSyntax or LabeledStatementSyntax))
            return false;
        foreach (var one in _moved)
        {
            foreach (var other in passed)
            {
                if (Analyze(one) is not { Succeeded: true } mine || Analyze(other) is not { Succeeded: true } theirs
                    || Meet(mine.WrittenInside, theirs.ReadInside) || Meet(mine.WrittenInside, theirs.WrittenInside) || Meet(mine.ReadInside, theirs.WrittenInside)
                    || Fields(one, writes: true).Intersect(Fields(other, writes: false)).Any() || Fields(other, writes: true).Intersect(Fields(one, writes: false)).Any())
                {
                    return false;
                }
            }
        }

        return true;
    }

    private DataFlowAnalysis? Analyze(StatementSyntax statement) => _site.Model.AnalyzeDataFlow(statement);

    private static bool Meet(ImmutableArray<ISymbol> one, ImmutableArray<ISymbol> other) => one.Any(s => s is not IParameterSymbol { IsThis: true } && other.Contains(s, SymbolEqualityComparer.Default));

    /// <summary>The names of members that a statement touches.</summary>
    private static IEnumerable<string> Fields(StatementSyntax statement, bool writes)
    {
        var targets = statement.DescendantNodes().Select(static node => node switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left,
            PrefixUnaryExpressionSyntax { OperatorToken.Text: "++" or "--" } prefix => prefix.Operand,
            PostfixUnaryExpressionSyntax { OperatorToken.Text: "++" or "--" } postfix => postfix.Operand,
            ArgumentSyntax { RefKindKeyword.RawKind: not 0 } argument => argument.Expression,
            _ => null,
        }).OfType<ExpressionSyntax>();
        return (writes ? targets : statement.DescendantNodes().OfType<SimpleNameSyntax>()).Select(
            static node => node is MemberAccessExpressionSyntax access ? access.Name.Identifier.ValueText : node is SimpleNameSyntax simple ? simple.Identifier.ValueText : node.ToString());
    }

    private static bool Jumps(StatementSyntax statement) =>
        statement.DescendantNodesAndSelf(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(
            static node => node is ReturnStatementSyntax or BreakStatementSyntax { Parent: not SwitchSectionSyntax } or ContinueStatementSyntax or GotoStatementSyntax or YieldStatementSyntax
                or ThrowStatementSyntax);
}
