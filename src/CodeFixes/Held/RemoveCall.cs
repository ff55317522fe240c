using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
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
        if (LockCallSite.Of(site.Node, site) is not { Statement: { } statement } call)
            yield break;
        var edits = new StatementEdits(site);
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
                ? new StatementUnwrapper(site).Unwrap(attempt)
                : edits.Remove(release.Statement);
            yield return site.Change(title, FixKeys.RemoveCall, edits.Remove(statement).Concat(removal));
        }

        yield return site.Change(title, FixKeys.RemoveCall, edits.Remove(statement));
    }
}
