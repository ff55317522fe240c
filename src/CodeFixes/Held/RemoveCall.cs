using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
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

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        var edits = new StatementEdits(site);
        if (site.Diagnostic.Id == RuleIds.DoubleAcquire && Guard(site, edits) is { } withoutGuard)
            yield return site.Change("Remove the second guard", FixKeys.RemoveCall, withoutGuard);
        if (LockCallSite.Of(site.Node, site) is not { Statement: { } statement } call)
            yield break;
        if (site.Diagnostic.Id == RuleIds.ReleaseNotHeld)
        {
            yield return site.Change($"Remove '{call.Call}'", FixKeys.RemoveCall, edits.Remove(statement));
            yield break;
        }

        var title = $"Remove the second '{call.Call}'";
        var body = call.Call.Ancestors().First(static node => node is MemberDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax);
        var releases = LockCallSite.In(body, site)
            .Where(other => other.IsRelease && other.LockText == call.LockText && other.Statement is not null && other.Call.SpanStart > call.Call.SpanStart);
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
        _ => null,
    };
}
