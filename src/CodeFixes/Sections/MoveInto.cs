using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Analyzers.Model;
using MmLock.CodeFixes.Editing;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Sections;

/// <summary>
/// What needs a lock happens where it is held: before it is let go or made weaker, or after it is taken or made stronger, if
/// nothing ties the statement to its place.
/// </summary>
internal sealed class MoveInto : RepairPlan
{
    private const int MostPlaces = 4;

    public override ImmutableArray<string> Keys(string id) => [FixKeys.MoveInto];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        if (site.Node.FirstAncestorOrSelf<StatementSyntax>(static s => s is not BlockSyntax) is not { } statement)
            yield break;
        foreach (var text in MissingLocks.Of(site))
        {
            var key = LockNames.Key(text, site.Position, site);
            var calls = Calls(key, site).OrderBy(call => System.Math.Abs(call.Node.SpanStart - statement.SpanStart)).Take(MostPlaces).ToList();
            foreach (var (call, stronger) in calls)
            {
                if (!stronger && call.SpanStart < statement.SpanStart && call.FirstAncestorOrSelf<StatementSyntax>() is { } end
                    && MoveOut.Pair(end, statement) is (var first, var moved) && MovedStatements.Of(moved, first, site)?.MoveBefore(first, first) is { } before)
                {
                    yield return site.Change($"Do it while '{text}' is held", FixKeys.MoveInto, before);
                }

                if (stronger && call.SpanStart > statement.SpanStart && call.FirstAncestorOrSelf<StatementSyntax>() is { } start && start.Parent == statement.Parent
                    && MovedStatements.Of(statement, start, site)?.MoveAfter(start, start) is { } after)
                {
                    yield return site.Change($"Do it while '{text}' is held", FixKeys.MoveInto, after);
                }
            }
        }
    }

    private static IEnumerable<(SyntaxNode Node, bool Stronger)> Calls(string key, FindingSite site)
    {
        var body = ChangeForm.Body(site.Node);
        foreach (var call in LockCallSite.In(body, site).Where(call => call.LockKey == key))
            yield return (call.Call, call.IsAcquire);
        foreach (var call in body.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (call.Expression is MemberAccessExpressionSyntax access && site.Model.GetSymbolInfo(call).Symbol is IMethodSymbol method
                && site.Contracts.Method(method).Clauses.FirstOrDefault(static c => c.Kind is ClauseKind.Upgrades or ClauseKind.Downgrades) is { } change
                && LockNames.Key(access.Expression.ToString(), call.SpanStart, site) == key)
            {
                yield return (call, change.Kind == ClauseKind.Upgrades);
            }
        }
    }
}
