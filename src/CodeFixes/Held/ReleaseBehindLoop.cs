using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Analyzers.Diagnostics;
using MmLock.CodeFixes.Editing;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Held;

/// <summary>A lock taken before a loop is let go in its rounds: it is let go once, behind the loop.</summary>
internal sealed class ReleaseBehindLoop : RepairPlan
{
    public override ImmutableArray<string> Keys(string id) => 
        id is RuleIds.ReleaseNotHeld or RuleIds.RequiredLockNotHeld or RuleIds.GuardedReadUnlocked or RuleIds.GuardedWriteUnlocked
            ? [FixKeys.ReleaseBehindLoop] : [];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        var keys = site.Diagnostic.Id == RuleIds.ReleaseNotHeld ? [] : MissingLocks.Of(site).Select(text => LockNames.Key(text, site.Position, site)).ToList();
        var releases = site.Diagnostic.Id == RuleIds.ReleaseNotHeld
            ? new[] { LockCallSite.Of(site.Node, site) }.OfType<LockCallSite>()
            : LockCallSite.In(ChangeForm.Body(site.Node), site).Where(call => call.LockKey is { } key && keys.Contains(key));
        foreach (var release in releases.Where(static call => call is { IsRelease: true, Statement: not null }).ToList())
        {
            if (release.Statement!.Ancestors().FirstOrDefault(
                static node => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax) is StatementSyntax loop)
            {
                var edits = new StatementEdits(site);
                yield return site.Change(
                    $"Release with '{release.Call}' behind the loop", FixKeys.ReleaseBehindLoop,
                    edits.Remove(Conditions.WithItsOwn(release.Statement)).Concat(edits.Follow(loop, release.Statement.ToString())));
            }
        }
    }
}
