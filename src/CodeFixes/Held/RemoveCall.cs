using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Diagnostics;
using MmLock.CodeFixes.Editing;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Held;

/// <summary>Removes the second acquisition together with its release, or the release of what is not held.</summary>
internal sealed class RemoveCall : RepairPlan
{
    private const int MostReleases = 4;

    public override ImmutableArray<string> Keys(string id) => id == RuleIds.DoubleAcquire ? [FixKeys.RemoveCall, FixKeys.ReleaseOnExits] : [FixKeys.RemoveCall];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        var edits = new StatementEdits(site);
        if (site.Diagnostic.Id == RuleIds.DoubleAcquire && Guard(site, edits) is { } withoutGuard)
            yield return site.Change("Remove the second guard", FixKeys.RemoveCall, withoutGuard);
        if (site.Diagnostic.Id == RuleIds.WrongMode)
        {
            // Up or down where it has nowhere to go; a release is another story.
            if (LockCallSite.Of(site.Node, site) is null && site.Node.FirstAncestorOrSelf<ExpressionStatementSyntax>() is { } change)
                yield return site.Change($"Remove '{change.Expression}'", FixKeys.RemoveCall, edits.Remove(change));
            yield break;
        }

        if (LockCallSite.Of(site.Node, site) is not { Statement: { } statement } call)
            yield break;
        if (site.Diagnostic.Id == RuleIds.ReleaseNotHeld)
        {
            yield return site.Change($"Remove '{call.Call}'", FixKeys.RemoveCall, edits.Remove(statement));
            yield break;
        }

        // The first of all is this one, a round before.
        if (call.Release() is { } letGo && site.Places(LocationRole.AcquiredAt).All(place => place.Span.IntersectsWith(call.Call.Span))
            && ReleaseInFinally.Of(call, letGo, site) is { } inRound)
        {
            yield return site.Change($"Release with '{letGo}' in every round", FixKeys.ReleaseOnExits, inRound);
        }

        foreach (var first in site.Places(LocationRole.AcquiredAt).Select(place => LockCallSite.Of(place, site)).OfType<LockCallSite>())
        {
            if (first.Statement is { } weaker && weaker != statement && first.Clause?.Mode < call.Clause?.Mode)
                yield return site.Change($"Remove the weaker '{first.Call}'", FixKeys.RemoveCall, edits.Remove(weaker));
        }

        var title = $"Remove the second '{call.Call}'";
        var body = call.Call.Ancestors().First(static node => node is MemberDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax);
        var releases = LockCallSite.In(body, site)
            .Where(other => other.IsRelease && other.LockKey == call.LockKey && other.Statement is not null && other.Call.SpanStart > call.Call.SpanStart);
        foreach (var release in releases.Take(MostReleases))
        {
            var removal = release.Statement!.Parent is BlockSyntax { Statements.Count: 1, Parent: FinallyClauseSyntax { Parent: TryStatementSyntax { Catches.Count: 0 } attempt } }
                ? new StatementUnwrapper(site).Unwrap(attempt, attempt.Block)
                : edits.Remove(release.Statement);
            yield return site.Change(title, FixKeys.RemoveCall, edits.Remove(statement).Concat(removal));
        }

        yield return site.Change(title, FixKeys.RemoveCall, edits.Remove(statement));
    }

    /// <summary>A guard of what is held already governs nothing.</summary>
    private static IEnumerable<TextChange>? Guard(FindingSite site, StatementEdits edits) => site.Node.FirstAncestorOrSelf<StatementSyntax>() switch
    {
        UsingStatementSyntax { Statement: BlockSyntax block, Expression: { } guard } statement when guard.Span.Contains(site.Span) =>
            new StatementUnwrapper(site).Unwrap(statement, block),
        UsingStatementSyntax { Expression: { } guard } statement when guard.Span.Contains(site.Span) =>
            [new TextChange(TextSpan.FromBounds(statement.SpanStart, statement.Statement.SpanStart), "")],
        LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0, Declaration.Variables.Count: 1 } local => edits.Remove(local),
        ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax made } } } temporary
            when made.Span.IntersectsWith(site.Span) && site.Model.GetTypeInfo(made).Type is { } type && site.Contracts.IsScopedGuard(type) => edits.Remove(temporary),
        _ => null,
    };
}
