using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Diagnostics;
using MmLock.CodeFixes.Editing;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Order;

/// <summary>
/// Takes the lock that the declared order puts outside first: two <c>lock</c> or <c>using</c> statements change their locks,
/// two calls their places, and their releases too where these stand side by side.
/// </summary>
internal sealed class SwapAcquisitions : RepairPlan
{
    public override ImmutableArray<string> Keys(string id) => [FixKeys.SwapAcquisitions];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        foreach (var place in site.Places(LocationRole.AcquiredAt))
        {
            if (Heads(place, site.Node) is var (outerHead, innerHead))
            {
                yield return site.Change(
                    $"Take '{innerHead}' before '{outerHead}'", FixKeys.SwapAcquisitions,
                    [new TextChange(outerHead.Span, innerHead.ToString()), new TextChange(innerHead.Span, outerHead.ToString())]);
            }

            if (Declared(place) is { } outer && Declared(site.Node) is { } inner && outer.Parent == inner.Parent && Next(outer) == inner)
                yield return site.Change($"Take '{inner.Declaration.Variables[0].Initializer!.Value}' first", FixKeys.SwapAcquisitions, Swap(outer, inner));

            if (LockCallSite.Of(place, site) is { IsAcquire: true, Statement: { } first } held
                && LockCallSite.Of(site.Node, site) is { IsAcquire: true, Statement: { } second } taken
                && first.Parent == second.Parent && first.SpanStart < second.SpanStart)
            {
                foreach (var changes in Moves(site, held, first, taken, second))
                    yield return site.Change($"Take '{taken.LockText}' before '{held.LockText}'", FixKeys.SwapAcquisitions, changes);
            }
        }
    }

    /// <summary>The <c>using</c> declaration that makes a guard.</summary>
    private static LocalDeclarationStatementSyntax? Declared(SyntaxNode place) =>
        place.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is { UsingKeyword.RawKind: not 0, Declaration.Variables: [{ Initializer: not null }] } declared ? declared : null;

    /// <summary>What stands in the parentheses of two nested statements.</summary>
    private static (ExpressionSyntax, ExpressionSyntax)? Heads(SyntaxNode held, SyntaxNode taken)
    {
        var (outer, inner) = (Head(held), Head(taken));
        return outer is not null && inner is not null && outer.Value.Statement.GetType() == inner.Value.Statement.GetType()
            && inner.Value.Statement.Ancestors().Contains(outer.Value.Statement)
                ? (outer.Value.Expression, inner.Value.Expression)
                : null;
    }

    private static (StatementSyntax Statement, ExpressionSyntax Expression)? Head(SyntaxNode place) =>
        place.FirstAncestorOrSelf<StatementSyntax>(static s => s is LockStatementSyntax or UsingStatementSyntax) switch
        {
            LockStatementSyntax statement when statement.Expression.Span.IntersectsWith(place.Span) => (statement, statement.Expression),
            UsingStatementSyntax { Expression: { } expression } statement when expression.Span.IntersectsWith(place.Span) => (statement, expression),
            _ => null,
        };

    private static IEnumerable<IEnumerable<TextChange>> Moves(
        FindingSite site, LockCallSite held, StatementSyntax first, LockCallSite taken, StatementSyntax second)
    {
        var siblings = StatementRegion.Siblings(first);
        var body = first.FirstAncestorOrSelf<MemberDeclarationSyntax>() as SyntaxNode ?? site.Root;
        var releases = LockCallSite.In(body, site).Where(static call => call is { IsRelease: true, Statement: not null }).ToList();
        // Side by side, releases follow: the last taken is the first let go.
        var pairs = releases.Where(call => call.LockKey == taken.LockKey)
            .Select(call => (Inner: call.Statement!, Outer: Next(call.Statement!)))
            .Where(pair => releases.Any(call => call.Statement == pair.Outer && call.LockKey == held.LockKey)).ToList();
        var swaps = pairs.SelectMany(static pair => Swap(pair.Inner, pair.Outer!)).ToList();
        if (siblings.IndexOf(second) == siblings.IndexOf(first) + 1)
        {
            yield return Swap(first, second).Concat(swaps);
            yield return Swap(first, second);
        }

        var edits = new StatementEdits(site);
        yield return edits.Before(first, second.ToString()).Concat(edits.Remove(second));
    }

    private static StatementSyntax? Next(StatementSyntax statement) =>
        StatementRegion.Siblings(statement).SkipWhile(s => s != statement).Skip(1).FirstOrDefault();

    private static IEnumerable<TextChange> Swap(SyntaxNode one, SyntaxNode other) =>
        [new TextChange(one.Span, other.ToString()), new TextChange(other.Span, one.ToString())];
}
